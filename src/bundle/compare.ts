import { canonicalJson } from '../collect/canonical.ts';
import type { Json } from '../inventory/fact.ts';
import type { Finding, Result, UnknownGroup } from '../result/result.ts';

export type Difference =
  | {
      readonly kind: 'finding';
      readonly what: 'missing' | 'extra' | 'changed';
      readonly id: string;
      readonly rule: string;
      readonly subject: string;
      readonly fields: readonly string[];
    }
  | {
      readonly kind: 'unknown';
      readonly what: 'missing' | 'extra';
      readonly subject: string;
      readonly facts: readonly string[];
    }
  | { readonly kind: 'part'; readonly part: string };

/** Where a replay differs from the result that was kept: `missing` is in the result and not in the replay. */
export function compareResults(kept: Result, replayed: Result): readonly Difference[] {
  return [
    ...findingDifferences(kept, replayed),
    ...unknownDifferences(kept, replayed),
    ...partDifferences(kept, replayed),
  ];
}

function findingDifferences(kept: Result, replayed: Result): readonly Difference[] {
  const again = new Map(replayed.findings.map((one) => [one.id, one]));
  const before = new Set(kept.findings.map(({ id }) => id));
  const note = (
    what: 'missing' | 'extra' | 'changed',
    { id, rule, subject }: Finding,
    fields: readonly string[] = [],
  ): Difference => ({ kind: 'finding', what, id, rule, subject: subject.id, fields });
  const lost = kept.findings.flatMap((one): Difference[] => {
    const now = again.get(one.id);
    if (!now) return [note('missing', one)];
    const names = new Set([...Object.keys(one), ...Object.keys(now)]) as Set<keyof Finding>;
    const fields = [...names].filter((name) => plain(one[name]) !== plain(now[name]));
    return fields.length > 0 ? [note('changed', one, fields)] : [];
  });
  const twice =
    kept.findings.length !== before.size ? [{ kind: 'part', part: 'findings listed twice' } as const] : [];
  return [
    ...lost,
    ...replayed.findings.filter(({ id }) => !before.has(id)).map((one) => note('extra', one)),
    ...twice,
  ];
}

function unknownDifferences(kept: Result, replayed: Result): readonly Difference[] {
  const before = new Map(kept.unknowns.map((group) => [keyOf(group), group]));
  const again = new Map(replayed.unknowns.map((group) => [keyOf(group), group]));
  const note = (what: 'missing' | 'extra', { subject, missing }: UnknownGroup): Difference => ({
    kind: 'unknown',
    what,
    subject: subject.id,
    facts: missing,
  });
  return [
    ...[...before].filter(([key]) => !again.has(key)).map(([, group]) => note('missing', group)),
    ...[...again].filter(([key]) => !before.has(key)).map(([, group]) => note('extra', group)),
  ];
}

/** How to supply a fact is put in words by the installed version: it is not compared. */
function keyOf({ subject, missing, reason, rules, severity }: UnknownGroup): string {
  return plain({ subject, missing, reason, rules, severity });
}

function partDifferences(kept: Result, replayed: Result): readonly Difference[] {
  const parts: readonly (readonly [string, (result: Result) => unknown])[] = [
    ['run.id', ({ run }) => run.id],
    ['run.as_of', ({ run }) => run.as_of],
    ['run.policy', ({ run }) => run.policy],
    ['run.packs', ({ run }) => run.packs],
    ['run.catalog', ({ run }) => run.catalog],
    ['summary.outcomes', ({ summary }) => summary.outcomes],
    ['summary.waived', ({ summary }) => summary.waived],
    ['summary.fail_by_severity', ({ summary }) => summary.fail_by_severity],
    ['summary.gate', ({ summary: { gate } }) => [gate.verdict, gate.exit_code]],
    ['coverage', ({ coverage }) => coverage],
    ['context', ({ context }) => context],
    ['inventory', ({ inventory }) => inventory],
  ];
  return parts
    .filter(([, read]) => plain(read(kept)) !== plain(read(replayed)))
    .map(([part]) => ({ kind: 'part', part }));
}

/** One text for one meaning: keys sorted, what is undefined left out. */
function plain(value: unknown): string {
  return value === undefined ? '' : canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
}
