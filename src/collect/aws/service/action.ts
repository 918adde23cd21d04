import type { ServiceCall } from './service.ts';

/** A line of a table of calls: most operations are allowed by the action of the same name. */
export function action(operation: string, more: Partial<Omit<ServiceCall, 'operation'>> = {}): ServiceCall {
  return { operation, permission: operation, ...more };
}
