import type { Ask } from '../../call.ts';
import { EndpointFault } from './fault.ts';

/** Calls in a row that may run out of time before the endpoint is asked nothing more. */
const PATIENCE = 10;

/** Ends each call, with all its attempts, after so many seconds; and the whole, where an endpoint only makes wait. */
export function withPatience(ask: Ask, seconds: number): Ask {
  let late = 0;
  return (call, send) =>
    ask(call, async (signal) => {
      if (late >= PATIENCE) throw new EndpointFault('GaveUp');
      // A timer of one's own: the one of a signal would stay until its time has come, with all that it holds.
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), seconds * 1000);
      const deadline = abort.signal;
      try {
        const response = await Promise.race([send(AbortSignal.any([signal, deadline])), failOn(deadline)]);
        late = 0;
        return response;
      } catch (error) {
        if (!deadline.aborted) {
          late = 0;
          throw error;
        }
        late += 1;
        throw new EndpointFault('TimedOut');
      } finally {
        clearTimeout(timer);
      }
    });
}

function failOn(deadline: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    deadline.addEventListener('abort', () => reject(new EndpointFault('TimedOut')), { once: true });
  });
}
