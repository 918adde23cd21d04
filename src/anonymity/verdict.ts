import type { Confidence, Identifier } from './identifier/detect.ts';
import type { PseudonymReport } from './identifier/pseudonym.ts';
import type { IdentifierKind } from './identifier/shape.ts';
import type { ClaimWord, Measures } from './types.ts';

/** The three questions of WP29 opinion 05/2014: true, it can be done; false, the measures say no; null, not decided. */
export interface Verdict {
  readonly singling_out: boolean | null;
  readonly linkability: boolean | null;
  readonly inference: boolean | null;
  readonly conclusion: Conclusion;
}

export type Conclusion = 'identified' | 'pseudonymised' | 'anonymised' | 'aggregated' | 'undecided';

/** Why an answer is what it is: a key of the sentences, with the numbers to fill in. */
export interface Reason {
  readonly question: 'singling_out' | 'linkability' | 'inference' | 'conclusion';
  readonly key: string;
  readonly values: { readonly [name: string]: string | number };
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

export interface Thresholds {
  readonly k: number;
  readonly l: number;
}

export interface Evidence {
  /** The worst of the modes; null when no quasi-identifier was given. */
  readonly measures: Measures | null;
  readonly identifiers: readonly Identifier[];
  /** Columns with a value of its own in nearly every row. */
  readonly keys: readonly string[];
  readonly pseudonyms: readonly PseudonymReport[];
  /** Values of a pseudonym that stand in the other file too; null where there is none. */
  readonly reused: number | null;
  readonly keyHeldBy: readonly string[];
  /** Columns that vary and that nobody gave a role. */
  readonly unjudged: readonly string[];
  /** Whether a part of the rows was left out of the count. */
  readonly partial: boolean;
  readonly thresholds: Thresholds;
}

const direct: ReadonlySet<IdentifierKind> = new Set(['ine', 'nir', 'name', 'email', 'phone', 'iban']);

/** Identifiers of a person, believed at least so much. An address or a school may be everybody's. */
export function directIdentifiers(
  identifiers: readonly Identifier[],
  least: Confidence = 'medium',
): readonly Identifier[] {
  const enough: readonly Confidence[] = least === 'low' ? ['low', 'medium', 'high'] : ['medium', 'high'];
  return identifiers.filter(({ kind, confidence }) => direct.has(kind) && enough.includes(confidence));
}

export function judge(evidence: Evidence): Judgement {
  const reasons = [singlingOut(evidence), linkability(evidence), inference(evidence)];
  const answers = reasons.map(({ answer }) => answer);
  const [singling_out = null, link = null, infer = null] = answers;
  const direct = directIdentifiers(evidence.identifiers);
  const [reason, conclusion] = conclude(evidence, answers, direct);
  return {
    verdict: { singling_out, linkability: link, inference: infer, conclusion },
    reasons: [...reasons.map((one) => one.reason), reason],
  };
}

interface Answer {
  readonly answer: boolean | null;
  readonly reason: Reason;
}

function say(
  question: Reason['question'],
  answer: boolean | null,
  key: string,
  values: Reason['values'] = {},
): Answer {
  return { answer, reason: { question, key: `${question}.${key}`, values } };
}

function singlingOut({ measures, identifiers, unjudged, thresholds, partial }: Evidence): Answer {
  const found = directIdentifiers(identifiers);
  const question = 'singling_out';
  if (found.length > 0) return say(question, true, 'identifiers', { columns: columnsOf(found) });
  if (measures === null || measures.k === null) return say(question, null, 'not_measured');
  const { k, unique, rows, below } = measures;
  if (k === 1) return say(question, true, 'unique', { unique, rows, share: unique / Math.max(rows, 1) });
  if (k < thresholds.k) return say(question, true, 'small', { k, threshold: thresholds.k, rows: below.rows });
  const weak = directIdentifiers(identifiers, 'low');
  if (weak.length > 0) return say(question, null, 'weak', { columns: columnsOf(weak) });
  if (unjudged.length > 0) return say(question, null, 'unjudged', { k, columns: unjudged.join(', ') });
  if (partial) return say(question, null, 'partial', { k });
  return say(question, false, 'safe', { k, threshold: thresholds.k });
}

function linkability({
  measures,
  identifiers,
  keys,
  pseudonyms,
  reused,
  unjudged,
  thresholds,
}: Evidence): Answer {
  const question = 'linkability';
  const found = directIdentifiers(identifiers);
  if (found.length > 0) return say(question, true, 'identifiers', { columns: columnsOf(found) });
  if (reused !== null && reused > 0) return say(question, true, 'reused', { count: reused });
  const lasting = [...new Set([...pseudonyms.map(({ column }) => column), ...keys])];
  if (lasting.length > 0) return say(question, true, 'pseudonym', { columns: lasting.join(', ') });
  if (measures === null || measures.k === null) return say(question, null, 'not_measured');
  if (measures.k < thresholds.k)
    return say(question, true, 'small', { k: measures.k, threshold: thresholds.k });
  if (unjudged.length > 0) return say(question, null, 'unjudged', { columns: unjudged.join(', ') });
  return say(question, false, 'safe', { k: measures.k });
}

function inference({ measures, thresholds }: Evidence): Answer {
  const question = 'inference';
  const l = measures?.l.distinct ?? null;
  if (measures === null || l === null) return say(question, null, 'not_measured');
  const values = { l, threshold: thresholds.l, t: measures.t ?? 0, alpha: measures.alpha ?? 0 };
  if (l < thresholds.l) return say(question, true, l === 1 ? 'certain' : 'few', values);
  return say(question, false, 'safe', values);
}

function conclude(
  { keyHeldBy }: Evidence,
  answers: readonly (boolean | null)[],
  direct: readonly Identifier[],
): readonly [Reason, Conclusion] {
  const reason = (key: Conclusion | 'key_held', values: Reason['values'] = {}): Reason => ({
    question: 'conclusion',
    key: `conclusion.${key}`,
    values,
  });
  if (direct.length > 0) return [reason('identified', { columns: columnsOf(direct) }), 'identified'];
  if (keyHeldBy.length > 0) return [reason('key_held', { holders: keyHeldBy.join(', ') }), 'pseudonymised'];
  if (answers.includes(true)) return [reason('pseudonymised'), 'pseudonymised'];
  if (answers.includes(null)) return [reason('undecided'), 'undecided'];
  return [reason('anonymised'), 'anonymised'];
}

function columnsOf(identifiers: readonly Identifier[]): string {
  return [...new Set(identifiers.map(({ column }) => column))].join(', ');
}

/** A published table: its small cells, and what its totals or another table give away. */
export interface TableEvidence {
  readonly cells: number;
  readonly small: number;
  readonly recovered: number;
  readonly differences: number;
}

/** Small cells single out, and single out by subtraction; what a cell says of all in it is not measured here. */
export function judgeTable({ cells, small, recovered, differences }: TableEvidence): Judgement {
  const disclosed = small + recovered + differences;
  const singled = cells === 0 ? null : disclosed > 0;
  const conclusion: Conclusion = singled === null || singled ? 'undecided' : 'aggregated';
  const values = { small, recovered, differences };
  return {
    verdict: {
      singling_out: singled,
      linkability: cells === 0 ? null : recovered + differences > 0,
      inference: null,
      conclusion,
    },
    reasons: [
      {
        question: 'singling_out',
        key: disclosed > 0 ? 'singling_out.cells' : 'singling_out.no_cells',
        values,
      },
      {
        question: 'conclusion',
        key: conclusion === 'aggregated' ? 'conclusion.aggregated' : 'conclusion.small_cells',
        values,
      },
    ],
  };
}

export interface ClaimResult {
  readonly claim: ClaimWord;
  /** Null: it cannot be decided. */
  readonly holds: boolean | null;
}

/** Whether a claim holds: true, false when it is contradicted, null when it cannot be decided. */
export function testClaim(
  claim: ClaimWord,
  { verdict }: Judgement,
  evidence: Evidence | null,
): boolean | null {
  const { conclusion, singling_out: singled } = verdict;
  if (claim === 'anonymised')
    return conclusion === 'anonymised' || conclusion === 'aggregated'
      ? true
      : conclusion === 'undecided' && singled !== true
        ? null
        : false;
  if (evidence === null)
    return claim === 'aggregated'
      ? conclusion === 'aggregated'
        ? true
        : singled === null
          ? null
          : false
      : null;
  if (claim === 'aggregated')
    return conclusion === 'undecided' ? null : conclusion === 'anonymised' ? null : false;
  // Pseudonymised: nothing in the data itself may name the person, nor give the pseudonym away.
  const { identifiers, pseudonyms } = evidence;
  if (conclusion === 'identified' || pseudonyms.some(({ hash }) => hash !== null)) return false;
  if (directIdentifiers(identifiers, 'low').length > 0 || evidence.partial) return null;
  return true;
}
