import type { ResultContext } from '../result/context.ts';
import type { Finding, Result, Subject, UnknownGroup } from '../result/result.ts';
import { JsonList, longList } from './visible.ts';

/**
 * The keys of a JSON value in the order in which they are written. The compiler demands every key of the type, at
 * every depth; the published schema is tested against it.
 */
export type ShapeOf<T> = T extends readonly (infer E)[]
  ? readonly [ShapeOf<E>]
  : T extends object
    ? string extends keyof T
      ? true
      : { readonly [K in keyof T]-?: ShapeOf<NonNullable<T[K]>> }
    : true;

const subject: ShapeOf<Subject> = { type: true, id: true, label: true };

const finding: ShapeOf<Finding> = {
  id: true,
  rule: true,
  name: true,
  title: true,
  pack: true,
  outcome: true,
  severity: true,
  basis: true,
  mark: true,
  contested: true,
  subject,
  place: { provider: true, region: true, city: true, countries: [true] },
  message: true,
  why: true,
  missing: [{ fact: true, reason: true, permission: true }],
  path: [{ kind: true, from: true, to: true, evidence: true }],
  evidence: [{ source: true, ref: true, operation: true, at: true, sha256: true }],
  law: [{ id: true, label: true, url: true, basis: true, mark: true }],
  fix: true,
  waiver: { reason: true, approved_by: true, approved_on: true, expires: true, link: true },
};

const unknown: ShapeOf<UnknownGroup> = {
  subject,
  missing: [true],
  reason: true,
  how: true,
  rules: [true],
  severity: true,
};

const text = { fr: true, en: true } as const;

const context: ShapeOf<ResultContext> = {
  activities: [{ id: true, title: text, controller: true, datasets: [true] }],
  datasets: [
    {
      id: true,
      title: text,
      subjects: [true],
      categories: [true],
      population: true,
      unclassified: true,
    },
  ],
  categories: [{ id: true, label: text, dpv: true }],
  organisations: [
    {
      id: true,
      name: true,
      role: true,
      kind: true,
      seat: true,
      engaged_by: true,
      declared: true,
      owners: [{ name: true, country: true }],
      exposures: [{ law: true, label: text, reach: true, status: true }],
      mark: true,
      source: true,
      assets: true,
    },
  ],
  places: [
    {
      provider: true,
      region: true,
      city: true,
      countries: [true],
      complete: true,
      scope: true,
      reason: true,
      assets: true,
      stored: true,
      processed: true,
      copies: true,
      datasets: [true],
      operators: [true],
      subjects: [true],
    },
  ],
  stores: [
    {
      id: true,
      label: true,
      title: text,
      kind: true,
      assets: true,
      members: [true],
      place: true,
      operator: true,
      run_by: true,
      datasets: [true],
      declared: true,
      observed: true,
    },
  ],
  flows: [{ id: true, kind: true, from: true, to: true, datasets: [true], recipient: true, evidence: true }],
  claims: [
    {
      about: subject,
      by: true,
      on: true,
      source: true,
      ref: true,
      evidence: true,
      says: [{ field: true, value: true, agrees: true, facts: [{ by: true, name: true, value: true }] }],
      related: [true],
    },
  ],
  measures: [
    {
      dataset: true,
      quasi: [true],
      rows: true,
      unique: true,
      k: true,
      l: true,
      t: true,
      threshold: true,
      histogram: [{ from: true, to: true, classes: true, rows: true }],
      evidence: true,
      sha256: true,
    },
  ],
  countries: [{ id: true, name: text, in_eea: true, in_france: true, adequacy: true, decision: true }],
  cities: [{ id: true, name: text }],
  rules: [{ id: true, pack: true, title: text, basis: true }],
  declared: [{ type: true, id: true, datasets: [true], fields: true }],
  purposes: [{ id: true, label: text, dpv: true }],
};

export const resultShape: ShapeOf<Result> = {
  schema: true,
  tool: { name: true, version: true },
  run: {
    id: true,
    started_at: true,
    finished_at: true,
    as_of: true,
    language: true,
    policy: { name: true, sha256: true },
    packs: [{ name: true, sha256: true, rules: true }],
    catalog: { sha256: true, checked_on: true },
    sources: [{ kind: true, id: true, sha256: true }],
  },
  summary: {
    outcomes: { pass: true, fail: true, unknown: true, not_applicable: true, error: true },
    waived: true,
    fail_by_severity: { critical: true, high: true, medium: true, low: true, info: true },
    gate: { verdict: true, exit_code: true, fail_on: true, reason: true },
  },
  coverage: {
    assets: true,
    evaluated: true,
    not_applicable: true,
    inputs: [
      {
        source: true,
        file: true,
        defined: true,
        assets: true,
        left_out: [{ reason: true, count: true, names: [true] }],
        data_sources: true,
      },
    ],
    origins: { defined: true, declared: true, other: true, repeated: true },
    facts: { known: true, absent: true, denied: true, error: true, not_collected: true },
    gaps: [{ source: true, scope: true, operation: true, subject: true, reason: true, permission: true }],
  },
  findings: [finding],
  unknowns: [unknown],
  warnings: [true],
  context,
  inventory: true,
};

type Shape = true | readonly [Shape] | { readonly [key: string]: Shape };

/**
 * The same value with its keys in the order of the shape. Keys that it does not have stay away; a long list is arranged
 * while it is written.
 */
export function arrange(value: unknown, shape: Shape): unknown {
  if (shape === true || value === null || typeof value !== 'object') return value;
  if (isList(shape)) {
    const [item] = shape;
    if (!Array.isArray(value) || item === true) return value;
    return value.length > longList
      ? new JsonList({ [Symbol.iterator]: () => arrangeEach(value, item) })
      : value.map((one) => arrange(one, item));
  }
  const record = value as { readonly [key: string]: unknown };
  const arranged: { [key: string]: unknown } = {};
  for (const [key, of] of entriesOf(shape)) {
    const field = record[key];
    if (field !== undefined) arranged[key] = arrange(field, of);
  }
  return arranged;
}

function* arrangeEach(list: readonly unknown[], shape: Shape): Generator {
  for (const one of list) yield arrange(one, shape);
}

const known = new WeakMap<object, readonly (readonly [string, Shape])[]>();

function entriesOf(shape: { readonly [key: string]: Shape }): readonly (readonly [string, Shape])[] {
  const entries = known.get(shape) ?? Object.entries(shape);
  known.set(shape, entries);
  return entries;
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
