import type { ServiceCall } from './service.ts';

/** A line of a table of calls: most operations are allowed by the action of the same name. */
export function action(operation: string, more: Partial<Omit<ServiceCall, 'operation'>> = {}): ServiceCall {
  return { operation, permission: operation, ...more };
}

/**
 * A listing of a service that not every region has. Where it is not, its host has no name, and nothing can be there; a
 * name that could not be asked for is another error (`EAI_AGAIN`), and a gap.
 */
export function listing(operation: string, more: Partial<Omit<ServiceCall, 'operation'>> = {}): ServiceCall {
  return action(operation, { ...more, none: [...(more.none ?? []), 'ENOTFOUND'] });
}
