import { type BreakingSets, findBreakingSets } from '../../anonymity/column/breaking.ts';
import { type Effects, findEffects } from '../../anonymity/column/effect.ts';
import type { Identifier } from '../../anonymity/identifier/detect.ts';
import { fullRows, pick } from '../../anonymity/measure/codes.ts';
import { combine, worstMode } from '../../anonymity/measure/combine.ts';
import { createCounter } from '../../anonymity/measure/count.ts';
import { measure } from '../../anonymity/measure/measure.ts';
import type { Measurement } from '../../anonymity/report.ts';
import type { EmptyMode, Measures } from '../../anonymity/types.ts';
import { type Evidence, judge, type Thresholds } from '../../anonymity/verdict.ts';
import { nearest } from '../../catalog/nearest.ts';
import { BercailError } from '../../error.ts';
import { type Coded, type CodedColumn, readCodes } from './codes.ts';
import { findIdentifiers, profileOf } from './identifiers.ts';
import { countReused, testPseudonyms } from './pseudonyms.ts';
import { namesIn, type Sample, withSample } from './read/open.ts';
import type { RemoteOptions } from './read/remote.ts';

export interface MeasureRequest {
  readonly paths: readonly string[];
  readonly quasi: readonly string[];
  readonly sensitive: readonly string[];
  readonly pseudonyms?: readonly string[];
  /** Columns that say nothing about a person. */
  readonly ignored?: readonly string[];
  readonly keyHeldBy?: readonly string[];
  readonly mode: EmptyMode;
  readonly thresholds: Thresholds;
  /** Rows to take instead of all. */
  readonly sample?: number;
  /** Files of other years or places, in which pseudonyms are looked for. */
  readonly against?: readonly string[];
  /** Columns that are not there are noted rather than refused. */
  readonly lenient?: boolean;
  /** Distinct values of a column that are looked at for identifiers; without it all of them. */
  readonly examine?: number;
  /** For paths like `s3://BUCKET/KEY`. */
  readonly remote?: RemoteOptions;
  readonly signal: AbortSignal;
}

/** Measures files as one table, where they lie. */
export async function measureFiles(asked: MeasureRequest): Promise<Measurement> {
  const { paths, signal } = asked;
  const expected = namesOf(asked);
  const options = {
    expected,
    signal,
    ...(asked.sample === undefined ? {} : { sample: asked.sample }),
    ...(asked.remote ? { remote: asked.remote } : {}),
  };
  return withSample(paths, options, async (sample) => {
    const absent = asked.lenient ? expected.filter((name) => !sample.columns.includes(name)) : [];
    const request = absent.length > 0 ? without(asked, absent) : asked;
    const { quasi, sensitive, pseudonyms = [], against = [] } = request;
    const named = namesOf(request);
    checkNames(sample, named, quasi, sensitive);
    const coded = await readCodes(sample, quasi, sensitive);
    const counted = count(sample, coded, request);
    const profile = await profileOf(sample, coded.all);
    const found = await findIdentifiers(sample, profile, coded.all, request.examine ?? Infinity);
    const keys = profile
      .filter(
        ({ name, distinct, filled }) => filled >= 10 && distinct >= filled * 0.9 && !named.includes(name),
      )
      .map(({ name }) => name);
    const tested = await testPseudonyms(sample, pseudonyms.length > 0 ? pseudonyms : keys);
    const reused =
      against.length === 0 || tested.length === 0
        ? null
        : await countReused(
            against,
            sample,
            tested.map(({ column }) => column),
            signal,
          );
    const unjudged = profile
      .filter(({ name, distinct }) => distinct > 1 && !named.includes(name) && !keys.includes(name))
      .map(({ name }) => name);
    const evidence: Evidence = {
      measures: counted.worst === null ? null : counted.modes[counted.worst],
      identifiers: found.identifiers,
      keys,
      pseudonyms: tested.filter(({ column }) => pseudonyms.includes(column)),
      reused,
      keyHeldBy: request.keyHeldBy ?? [],
      unjudged,
      partial: sample.of !== null && sample.of > sample.rows,
      thresholds: request.thresholds,
    };
    return {
      files: sample.files.map(({ name: path, bytes, sha256, format, encoding }) => ({
        path,
        bytes,
        sha256,
        format,
        encoding,
      })),
      rows: sample.rows,
      of: sample.of,
      columns: sample.columns,
      absent,
      quasi,
      sensitive,
      numeric: coded.sensitive.filter(({ numeric }) => numeric).map(({ name }) => name),
      mode: request.mode,
      ...counted,
      identifiers: sorted(found.identifiers),
      sampledColumns: found.sampled,
      pseudonyms: tested,
      reused,
      evidence,
      judgement: judge(evidence),
      thresholds: request.thresholds,
    };
  });
}

function namesOf({ quasi, sensitive, pseudonyms = [], ignored = [] }: MeasureRequest): readonly string[] {
  return [...new Set([...quasi, ...sensitive, ...pseudonyms, ...ignored])];
}

function without(request: MeasureRequest, absent: readonly string[]): MeasureRequest {
  const left = (names: readonly string[] = []): readonly string[] =>
    names.filter((name) => !absent.includes(name));
  return {
    ...request,
    quasi: left(request.quasi),
    sensitive: left(request.sensitive),
    pseudonyms: left(request.pseudonyms),
    ignored: left(request.ignored),
  };
}

interface Counted {
  readonly modes: { readonly [mode in EmptyMode]: Measures | null };
  readonly worst: EmptyMode | null;
  readonly breaking: BreakingSets;
  readonly effects: Effects;
}

/** Classes beyond which wildcards are not tried: comparing them would take longer than all the rest. */
const WILDCARD_CLASSES = 1_000_000;

function count(
  { rows }: Sample,
  { columns, sensitive }: Coded,
  { mode: asked, thresholds }: MeasureRequest,
): Counted {
  const nothing: Counted = {
    modes: { own_class: null, wildcard: null, exclude: null },
    worst: null,
    breaking: { sets: [], examined: 0, largest: 4, complete: true },
    effects: { single: [], enough: [], complete: true },
  };
  if (columns.length === 0) return nothing;
  const one = (mode: EmptyMode): Measures | null => {
    const all = (sensitive.length === 0 ? [null] : sensitive).map((of) =>
      measure({ rows, columns, sensitive: of, mode, threshold: thresholds.k }),
    );
    return combine(all.flatMap((of) => of ?? [])) ?? null;
  };
  const own = one('own_class');
  // Without an empty cell the three modes are one.
  const gaps = columns.some(({ empty }) => empty !== null);
  const isTooMany = (own?.classes ?? 0) > WILDCARD_CLASSES;
  const modes = {
    own_class: own,
    wildcard: gaps ? (isTooMany ? null : one('wildcard')) : own,
    exclude: gaps ? one('exclude') : own,
  };
  const keep = gaps && asked === 'exclude' ? fullRows(columns, rows) : null;
  const kept = keep === null ? columns : columns.map((column): CodedColumn => pick(column, keep));
  const counter = createCounter(kept, keep?.length ?? rows, thresholds.k);
  const unique = modes[asked === 'exclude' ? 'exclude' : 'own_class']?.unique ?? 0;
  return {
    modes,
    worst: worstMode(modes),
    breaking: unique > 0 ? findBreakingSets(counter) : nothing.breaking,
    effects: findEffects(counter, {
      threshold: thresholds.k,
      valuesOf: (index) => columns[index]?.values ?? null,
    }),
  };
}

/** Every name that is not a column, at once; near ones are told only where the header is known to be one. */
function checkNames(
  { columns, files }: Sample,
  named: readonly string[],
  quasi: readonly string[],
  sensitive: readonly string[],
): void {
  const file = files[0]?.name ?? '';
  const missing = [...new Set(named)].filter((name) => !columns.includes(name));
  const both = quasi.filter((name) => sensitive.includes(name));
  const problems = [
    ...missing.map((name) => {
      const near = nearest(name, columns);
      return {
        message: `${file} has no column ${name}`,
        ...(near.length > 0 ? { hint: `nearest: ${namesIn(near)}` } : {}),
      };
    }),
    ...both.map((name) => ({
      message: `${name} is both a quasi-identifier and sensitive`,
      hint: 'name it once',
    })),
  ];
  if (problems.length > 0) throw new BercailError('usage', problems);
}

function sorted(identifiers: readonly Identifier[]): readonly Identifier[] {
  const order = ['high', 'medium', 'low'];
  return [...identifiers].sort(
    (a, b) =>
      order.indexOf(a.confidence) - order.indexOf(b.confidence) ||
      b.share - a.share ||
      (a.column < b.column ? -1 : 1),
  );
}
