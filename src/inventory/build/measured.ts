import type { Evidence, Fact, Json } from '../fact.ts';
import { isMissing } from '../fact.ts';
import type { Observation } from '../observation.ts';

type Facts = Map<string, Fact>;

/** How the measures of two samples of one dataset become one: always to the worse. */
const merges: { readonly [name: string]: (a: Json, b: Json) => Json } = {
  rows: sum,
  unique: sum,
  small_cells: sum,
  smallest_cell: least,
  k: least,
  l: least,
  t: most,
  identifiers: both,
  columns: union,
  quasi: union,
  histogram: sumBins,
  pseudonym_derived: either,
  pseudonym_reused: either,
};

/** Values that no other sample can make better: they stand although another sample did not tell. */
const certain: { readonly [name: string]: Json } = {
  k: 1,
  l: 1,
  pseudonym_derived: true,
  pseudonym_reused: true,
};

/** The measures of samples by dataset id, from the observations that carry them. */
export function measuredOf(
  observations: readonly Observation[],
): ReadonlyMap<string, ReadonlyMap<string, Fact>> {
  const measured = new Map<string, Facts>();
  for (const { source, about, at, sha256, ref } of observations) {
    const { dataset, measured: facts } = about ?? {};
    if (source !== 'sample' || typeof dataset !== 'string' || !isTree(facts)) continue;
    const evidence: Evidence = {
      source,
      ref: ref ?? null,
      operation: ref ? null : 'measure',
      at: at === '' ? null : at,
      sha256,
    };
    const known: Facts = measured.get(dataset) ?? new Map<string, Fact>();
    for (const [name, fact] of Object.entries(facts)) {
      const one = factOf(fact, evidence);
      const before = known.get(name);
      known.set(name, before === undefined ? one : merge(name, before, one));
    }
    measured.set(dataset, known);
  }
  return measured;
}

function factOf(written: Json, evidence: Evidence): Fact {
  const { state, value, note } = isTree(written) ? written : {};
  if (state === 'known' && value !== undefined) return { state, value, evidence };
  return { state: 'error', ...(typeof note === 'string' ? { note } : {}), evidence };
}

function merge(name: string, a: Fact, b: Fact): Fact {
  const settled = [a, b].find((fact) => fact.state === 'known' && fact.value === certain[name]);
  if (settled) return settled;
  if (isMissing(a) || a.state === 'absent') return a;
  if (isMissing(b) || b.state === 'absent') return b;
  return { ...b, value: merges[name]?.(a.value, b.value) ?? b.value };
}

function isTree(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function sum(a: Json, b: Json): Json {
  return Number(a) + Number(b);
}

function least(a: Json, b: Json): Json {
  return Math.min(Number(a), Number(b));
}

function most(a: Json, b: Json): Json {
  return Math.max(Number(a), Number(b));
}

function both(a: Json, b: Json): Json {
  return [...list(a), ...list(b)];
}

function union(a: Json, b: Json): Json {
  return [...new Set([...list(a), ...list(b)])];
}

/** Bins of two samples, counted apart: the same sizes in the same order. */
function sumBins(a: Json, b: Json): Json {
  return list(a).map((bin, at) => {
    const [one, other] = [bin, list(b)[at]].map((each) => (isTree(each) ? each : {}));
    return {
      ...one,
      classes: sum(one?.['classes'] ?? 0, other?.['classes'] ?? 0),
      rows: sum(one?.['rows'] ?? 0, other?.['rows'] ?? 0),
    };
  });
}

function either(a: Json, b: Json): Json {
  return a === true || b === true;
}
