import type { Reason } from '../inventory/fact.ts';
import { type Missing, severities, type UnknownFinding, type UnknownGroup } from '../result/result.ts';

/** From what a source should have given to what nobody was asked. */
const order: readonly Reason[] = ['denied', 'error', 'not_collected', 'asked', 'not_asked'];

/** Whether a source of this run should have given one of the facts. */
export function isObserved({ missing }: UnknownFinding): boolean {
  return missing.some(
    ({ reason }) => reason === 'denied' || reason === 'error' || reason === 'not_collected',
  );
}

export type How = (missing: Missing, finding: UnknownFinding) => string;

/** Groups unknown findings by subject and missing facts, the gravest first. */
export function groupUnknowns(findings: readonly UnknownFinding[], how: How): readonly UnknownGroup[] {
  const groups = new Map<string, UnknownFinding[]>();
  for (const finding of findings) {
    const facts = finding.missing
      .map(({ fact, reason }) => `${fact} ${reason}`)
      .sort()
      .join('\n');
    const key = `${finding.subject.type}\0${finding.subject.id}\0${facts}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()]
    .map((group) => groupOf(group, how))
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        text(a.subject.type, b.subject.type) ||
        text(a.subject.id, b.subject.id) ||
        text(a.missing.join(), b.missing.join()),
    );
}

function groupOf(group: readonly UnknownFinding[], how: How): UnknownGroup {
  const [first] = group as [UnknownFinding];
  const missing = [...first.missing].sort(
    (a, b) => order.indexOf(a.reason) - order.indexOf(b.reason) || text(a.fact, b.fact),
  );
  const severity =
    severities.find((one) => group.some((finding) => finding.severity === one)) ?? first.severity;
  return {
    subject: first.subject,
    missing: missing.map(({ fact }) => fact),
    reason: missing[0]?.reason ?? 'error',
    how: [...new Set(missing.map((one) => how(one, first)))].join('\n'),
    rules: [...new Set(group.map(({ rule }) => rule))].sort(),
    severity,
  };
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
