import { runInNewContext } from 'node:vm';
import { createWatch, type Deadline, defaultDeadline } from '../evaluate/deadline.ts';
import { codeOf } from './file.ts';

/** The longest that a timer takes. */
const forever = 2 ** 31 - 1;

/**
 * From now on, by a clock that nobody sets back. Node ends a script that runs too long from a thread of its own, wherever
 * the script is, and what a script calls is part of it: nothing is copied, and nothing is started for runs without a
 * deadline. See docs/adr/0010.
 */
export function startDeadline(seconds = defaultDeadline): Deadline {
  const end = performance.now() + seconds * 1000;
  const { onRule, passed } = createWatch(seconds, () => performance.now());
  return {
    onRule,
    within: <T>(work: () => T): T => {
      const timeout = Math.ceil(Math.min(forever, Math.max(1, end - performance.now())));
      try {
        return runInNewContext('work()', { work }, { timeout }) as T;
      } catch (error) {
        throw codeOf(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? passed() : error;
      }
    },
  };
}
