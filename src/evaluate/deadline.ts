import { BercailError } from '../error.ts';

type Named = { readonly id: string; readonly pack: string };

/** Told before each condition or message of a rule that is evaluated. */
export type OnRule = (rule: Named) => void;

/** Seconds that rules from outside may take, unless a run says otherwise. */
export const defaultDeadline = 300;

export interface Deadline {
  readonly onRule: OnRule;
  /** Runs a computation that calls `onRule`, and ends it wherever it is once the time is over. */
  readonly within: <T>(work: () => T) => T;
}

/** What took how long: `elapsed` gives milliseconds, for evaluation has no clock of its own. */
export interface Watch {
  readonly onRule: OnRule;
  /** The error that names the rule that took most of the time. */
  readonly passed: () => BercailError;
}

/** Ends the judging at the next rule once it took longer than `seconds`; a rule that never ends is its caller's to end. */
export function createWatch(seconds: number, elapsed: () => number): Watch {
  const spent = new Map<Named, number>();
  const start = elapsed();
  let since = start;
  let running: Named | null = null;
  const passed = (): BercailError => {
    const own = running === null ? [] : [[running, (spent.get(running) ?? 0) + elapsed() - since] as const];
    const [slowest] = [...spent, ...own].toSorted(([, a], [, b]) => b - a);
    const rule = slowest?.[0];
    return new BercailError('rule', {
      message: rule
        ? `judging took more than ${seconds} s, most of it the rule ${rule.id} of the pack ${rule.pack}`
        : `judging took more than ${seconds} s before any rule was evaluated`,
      hint: rule
        ? 'mend the rule, leave its pack out, or allow more with --deadline SECONDS'
        : 'judge fewer sources at once, or allow more with --deadline SECONDS',
    });
  };
  return {
    onRule: (rule) => {
      const now = elapsed();
      if (running !== null) spent.set(running, (spent.get(running) ?? 0) + now - since);
      since = now;
      running = rule;
      if (now - start > seconds * 1000) throw passed();
    },
    passed,
  };
}
