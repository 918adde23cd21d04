import { createDeadline, defaultDeadline, type OnRule } from '../evaluate/deadline.ts';

/** From now on, by a clock that nobody sets back. */
export function startDeadline(seconds = defaultDeadline): OnRule {
  return createDeadline(seconds, () => performance.now());
}
