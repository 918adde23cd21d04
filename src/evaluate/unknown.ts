import type { Reason } from '../inventory/fact.ts';
import { compare } from '../inventory/order.ts';
import {
  type FindingPlace,
  type Missing,
  type Severity,
  type Subject,
  severities,
  type UnknownFinding,
  type UnknownGroup,
} from '../result/result.ts';
import { bySubject } from './order.ts';
import type { Judged } from './view/scope.ts';

/** From what a source should have given to what nobody was asked. */
const order: readonly Reason[] = ['denied', 'error', 'not_collected', 'asked', 'not_asked'];

export type How = (missing: Missing, finding: UnknownFinding) => string;

/** The part of a subject's name that the words of `How` depend on: subjects that share it are told the same. */
export type Whose = (subject: Subject) => string;

/** What could not be decided of a subject: of one alone, or of all those that are alike. */
export type Undecided = Pick<UnknownFinding, 'rule' | 'severity' | 'missing'>;

/** How many unknowns there are of each severity, and how many of them a source of this run should have decided. */
export type UnknownTally = { readonly [severity in Severity]: { all: number; observed: number } };

/** What is not known of one subject. */
export interface Open {
  readonly undecided: readonly Undecided[];
  readonly subject: Subject;
  readonly judged: Judged;
  /** Puts facts that were found missing of another subject, which is alike, in this one's names. */
  readonly rename: Rename | null;
}

export type Rename = (fact: string) => string;

export interface Unknowns {
  /** Takes up what is not known of a subject. The same list for subjects that are alike costs little. */
  readonly add: (open: Open) => void;
  readonly tally: UnknownTally;
  /** By subject and missing facts, the gravest first. */
  readonly groups: () => readonly UnknownGroup[];
}

/** What subjects that are alike have in common. */
interface Alike {
  readonly tally: UnknownTally;
  /** By what the words of `How` depend on. */
  readonly groups: Map<string, readonly Shared[]>;
}

interface Shared extends Omit<UnknownGroup, 'subject'> {
  /** Its place among the groups of a subject. */
  readonly index: number;
  /** The groups of a subject, in its own names. */
  readonly of: (open: Open) => readonly Shared[];
}

export function createUnknowns(
  how: How,
  whose: Whose,
  placeOf: (judged: Judged) => FindingPlace | null,
): Unknowns {
  const tally = emptyTally();
  const bySeverity = new Map(severities.map((severity): [Severity, UnknownGroup[]] => [severity, []]));
  const known = new WeakMap<readonly Undecided[], Alike>();
  const groupsOf = (open: Open): readonly Shared[] =>
    group(open, how, placeOf).map((one, index) => ({ ...one, index, of: groupsOf }));
  return {
    tally,
    // Of one subject they come in order, and a sort leaves them so.
    groups: () => [...bySeverity.values()].flatMap((groups) => groups.sort(bySubjects)),
    add: (open) => {
      const { undecided, subject } = open;
      const alike = known.get(undecided) ?? { tally: tallyOf(undecided), groups: new Map() };
      known.set(undecided, alike);
      for (const severity of severities) {
        tally[severity].all += alike.tally[severity].all;
        tally[severity].observed += alike.tally[severity].observed;
      }
      const key = whose(subject);
      const shared = alike.groups.get(key) ?? groupsOf(open);
      alike.groups.set(key, shared);
      for (const one of shared) bySeverity.get(one.severity)?.push(new ReadGroup(open, one));
    },
  };
}

/** What subjects that are alike share is kept once; in the names of one, it is put when it is read. */
class ReadGroup implements UnknownGroup {
  readonly #open: Open;
  readonly #shared: Shared;

  constructor(open: Open, shared: Shared) {
    this.#open = open;
    this.#shared = shared;
  }

  get subject(): Subject {
    return this.#open.subject;
  }
  get missing(): readonly string[] {
    return this.#told.missing;
  }
  get reason(): Reason {
    return this.#shared.reason;
  }
  get how(): string {
    return this.#told.how;
  }
  get rules(): readonly string[] {
    return this.#shared.rules;
  }
  get severity(): Severity {
    return this.#shared.severity;
  }
  get #told(): Shared {
    const { index, of } = this.#shared;
    return this.#open.rename === null ? this.#shared : (of(this.#open)[index] ?? this.#shared);
  }

  toJSON(): UnknownGroup {
    const { subject, reason, rules, severity } = this;
    const { missing, how } = this.#told;
    return { subject, missing, reason, how, rules, severity };
  }
}

function emptyTally(): UnknownTally {
  const none = () => ({ all: 0, observed: 0 });
  return { critical: none(), high: none(), medium: none(), low: none(), info: none() };
}

function tallyOf(undecided: readonly Undecided[]): UnknownTally {
  const tally = emptyTally();
  for (const { severity, missing } of undecided) {
    tally[severity].all += 1;
    if (missing.some(isObserved)) tally[severity].observed += 1;
  }
  return tally;
}

function bySubjects(a: UnknownGroup, b: UnknownGroup): number {
  return bySubject(a.subject, b.subject);
}

/** Whether a source of this run should have given the fact. */
function isObserved({ reason }: Missing): boolean {
  return reason === 'denied' || reason === 'error' || reason === 'not_collected';
}

function group(
  { undecided, subject, judged, rename }: Open,
  how: How,
  placeOf: (judged: Judged) => FindingPlace | null,
): readonly Omit<UnknownGroup, 'subject'>[] {
  const place = placeOf(judged);
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
  const made = [...groups.values()].map((found) => {
    const [first] = found as [Undecided];
    const named = rename === null ? first.missing : renamed(first.missing, rename);
    const missing = named.toSorted(
      (a, b) => order.indexOf(a.reason) - order.indexOf(b.reason) || compare(a.fact, b.fact),
    );
    return {
      missing: missing.map(({ fact }) => fact),
      reason: missing[0]?.reason ?? 'error',
      how: [...new Set(missing.map((one) => how(one, { ...first, subject, place })))].join('\n'),
      rules: [...new Set(found.map(({ rule }) => rule))].sort(),
      severity: severities.find((one) => found.some(({ severity }) => severity === one)) ?? first.severity,
    };
  });
  return made.sort((a, b) => compare(a.missing.join(), b.missing.join()));
}

export function renamed(missing: readonly Missing[], rename: Rename): readonly Missing[] {
  return missing.map((lack) => ({ ...lack, fact: rename(lack.fact) }));
}
