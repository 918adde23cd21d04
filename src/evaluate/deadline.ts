import { BercailError } from '../error.ts';

type Named = { readonly id: string; readonly pack: string };

/** Told before each condition or message of a rule that is evaluated. */
export type OnRule = (rule: Named) => void;

/** Seconds that rules from outside may take, unless a run says otherwise. */
export const defaultDeadline = 300;

/**
 * Ends the judging once it took longer than `seconds`, and names the rule that took most of them. One evaluation is bounded
 * (`rule/cel/limit.ts`), so that looking between evaluations is enough; how many there are, nothing bounds. `elapsed` gives
 * milliseconds: whoever calls has a clock, evaluation has none.
 */
export function createDeadline(seconds: number, elapsed: () => number): OnRule {
  const spent = new Map<Named, number>();
  const start = elapsed();
  let since = start;
  let running: Named | null = null;
  return (rule) => {
    const now = elapsed();
    if (running !== null) spent.set(running, (spent.get(running) ?? 0) + now - since);
    since = now;
    running = rule;
    if (now - start <= seconds * 1000) return;
    const [slowest] = [...spent].reduce((a, b) => (b[1] > a[1] ? b : a), [rule, 0]);
    throw new BercailError('rule', {
      message: `judging took more than ${seconds} s, most of it the rule ${slowest.id} of the pack ${slowest.pack}`,
      hint: 'mend the rule, leave its pack out, or allow more with --deadline SECONDS',
    });
  };
}
