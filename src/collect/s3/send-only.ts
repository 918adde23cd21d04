import type { Call } from '../call.ts';
import { EndpointFault } from './endpoint/fault.ts';

interface Stacked {
  readonly middlewareStack: {
    readonly add: (
      middleware: Middleware,
      options: { readonly step: 'initialize'; readonly name: string },
    ) => void;
  };
}

type Send = (args: object) => Promise<object>;
type Middleware = (next: Send, context: { readonly commandName?: string }) => Send;

/**
 * Lets a client of the SDK send the calls of a table and no other, whatever code it is handed to: a call that writes, or
 * hands out a secret, does not leave this machine even by a defect.
 */
export function sendOnly<C>(client: C, calls: readonly Call[]): C {
  const declared = new Set(calls.map(({ operation }) => operation.slice(operation.indexOf(':') + 1)));
  if (isStacked(client))
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (!declared.has(commandName.replace(/Command$/, ''))) throw new EndpointFault('NotDeclared');
          return next(args);
        },
      { step: 'initialize', name: 'bercailSendOnly' },
    );
  return client;
}

function isStacked(client: unknown): client is Stacked {
  return typeof client === 'object' && client !== null && 'middlewareStack' in client;
}
