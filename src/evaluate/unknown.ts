import type { Reason } from '../inventory/fact.ts';
import {
  type FindingPlace,
  type Missing,
  type Severity,
  type Subject,
  severities,
  type UnknownFinding,
  type UnknownGroup,
} from '../result/result.ts';

/** From what a source should have given to what nobody was asked. */
const order: readonly Reason[] = ['denied', 'error', 'not_collected', 'asked', 'not_asked'];

export type How = (missing: Missing, finding: UnknownFinding) => string;

/** The part of a subject's name that the words of `How` depend on: subjects that share it are told the same. */
export type Whose = (subject: Subject) => string;

/** What could not be decided of a subject: of one alone, or of all those that are alike. */
export type Undecided = Pick<UnknownFinding, 'rule' | 'severity' | 'missing'>;

/** How many unknowns there are of each severity, and how many of them a source of this run should have decided. */
export type UnknownTally = { readonly [severity in Severity]: { all: number; observed: number } };

export interface Unknowns {
  /** Takes up what is not known of a subject. The same list for subjects that are alike costs little. */
  readonly add: (undecided: readonly Undecided[], subject: Subject, place: FindingPlace | null) => void;
  readonly tally: UnknownTally;
  /** By subject and missing facts, the gravest first. */
  readonly groups: () => readonly UnknownGroup[];
}

export function createUnknowns(how: How, whose: Whose): Unknowns {
  const tally = Object.fromEntries(
    severities.map((severity) => [severity, { all: 0, observed: 0 }]),
  ) as UnknownTally;
  const groups: UnknownGroup[] = [];
  const known = new WeakMap<readonly Undecided[], Map<string, readonly Omit<UnknownGroup, 'subject'>[]>>();
  return {
    tally,
    groups: () => groups.sort(byGravity),
    add: (undecided, subject, place) => {
      for (const { severity, missing } of undecided) {
        tally[severity].all += 1;
        if (missing.some(isObserved)) tally[severity].observed += 1;
      }
      const alike = known.get(undecided) ?? new Map<string, readonly Omit<UnknownGroup, 'subject'>[]>();
      known.set(undecided, alike);
      const key = whose(subject);
      const grouped = alike.get(key) ?? group(undecided, subject, place, how);
      alike.set(key, grouped);
      for (const one of grouped) groups.push({ subject, ...one });
    },
  };
}

/** Whether a source of this run should have given the fact. */
function isObserved({ reason }: Missing): boolean {
  return reason === 'denied' || reason === 'error' || reason === 'not_collected';
}

function group(
  undecided: readonly Undecided[],
  subject: Subject,
  place: FindingPlace | null,
  how: How,
): readonly Omit<UnknownGroup, 'subject'>[] {
  const groups = new Map<string, Undecided[]>();
  for (const one of undecided) {
    const key = one.missing
      .map(({ fact, reason }) => `${fact} ${reason}`)
      .sort()
      .join('\n');
    const found = groups.get(key);
    if (found) found.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((found) => {
    const [first] = found as [Undecided];
    const missing = first.missing.toSorted(
      (a, b) => order.indexOf(a.reason) - order.indexOf(b.reason) || text(a.fact, b.fact),
    );
    return {
      missing: missing.map(({ fact }) => fact),
      reason: missing[0]?.reason ?? 'error',
      how: [...new Set(missing.map((one) => how(one, { ...first, subject, place })))].join('\n'),
      rules: [...new Set(found.map(({ rule }) => rule))].sort(),
      severity: severities.find((one) => found.some(({ severity }) => severity === one)) ?? first.severity,
    };
  });
}

function byGravity(a: UnknownGroup, b: UnknownGroup): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    text(a.subject.type, b.subject.type) ||
    text(a.subject.id, b.subject.id) ||
    text(a.missing.join(), b.missing.join())
  );
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
