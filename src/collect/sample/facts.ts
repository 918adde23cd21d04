import { isDerived } from '../../anonymity/identifier/pseudonym.ts';
import type { Measurement } from '../../anonymity/report.ts';
import { columnsWith, type Roles } from '../../anonymity/role.ts';
import { directIdentifiers } from '../../anonymity/verdict.ts';
import type { Json } from '../../inventory/fact.ts';
import { measureFiles } from './measure.ts';
import { measureTable } from './table.ts';

export interface SampleRequest {
  readonly path: string;
  readonly roles: Roles;
  /** Other samples of the same dataset, in which pseudonyms are looked for. */
  readonly others: readonly string[];
  readonly signal: AbortSignal;
}

/** A fact as the observation carries it. */
type Fact =
  | { readonly state: 'known'; readonly value: Json }
  | { readonly state: 'error'; readonly note: string };

export interface SampleFacts {
  readonly facts: { readonly [name: string]: Fact };
  readonly sha256: string | null;
}

/** k and l as policies ask by default: they only colour the verdict here, never a fact. */
const thresholds = { k: 5, l: 2 };
/** Count below which a published cell is small (the policy's default). */
const SMALLEST_CELL = 11;

/** Measures a sample for the rules: facts by name, always the worst of the modes for empty cells. */
export async function measureSample({ path, roles, others, signal }: SampleRequest): Promise<SampleFacts> {
  const of = (role: string): readonly string[] => columnsWith(roles, role);
  const measurement = await measureFiles({
    paths: [path],
    lenient: true,
    quasi: of('quasi_identifier'),
    sensitive: of('sensitive'),
    pseudonyms: of('pseudonym'),
    ignored: [...of('identifier'), ...of('other')],
    mode: 'own_class',
    thresholds,
    against: others,
    signal,
  });
  const facts: { [name: string]: Fact } = {
    rows: known(measurement.rows),
    columns: known(measurement.columns),
    ...groupFacts(measurement, roles),
    identifiers: identifierFact(measurement),
    ...pseudonymFacts(measurement, roles, others),
    ...(roles.identifiability === 'aggregated' ? await cellFacts(path, measurement, signal) : {}),
  };
  return { facts, sha256: measurement.files[0]?.sha256 ?? null };
}

function groupFacts(
  { evidence, worst, absent, quasi, modes }: Measurement,
  roles: Roles,
): { readonly [name: string]: Fact } {
  const lost = absent.filter((name) => columnsWith(roles, 'quasi_identifier').includes(name));
  const { measures } = evidence;
  if (worst === null || measures === null || quasi.length === 0) {
    const why = missing(
      lost.length > 0
        ? `the sample has no column ${lost.join(', ')}`
        : 'no field of the sample is declared as a quasi-identifier',
    );
    return { k: why, unique: why, l: why, t: why };
  }
  const { k, unique, l, t, histogram } = measures;
  // With a column less, groups are only larger: what is already the worst stays it.
  const partial = missing(`the sample has no column ${lost.join(', ')}`);
  const measured = (value: number | null, lowest: number): Fact =>
    value === null
      ? missing('no sensitive column was measured')
      : lost.length > 0 && value !== lowest
        ? partial
        : known(value);
  const distance = Math.max(...Object.values(modes).map((mode) => mode?.t ?? 0));
  return {
    k: measured(k, 1),
    unique: lost.length > 0 ? partial : known(unique),
    l: measured(l.distinct, 1),
    t: t === null || lost.length > 0 ? measured(t, Number.NaN) : known(distance),
    quasi: known(quasi),
    histogram: lost.length > 0 ? partial : known(histogram.map((bin) => ({ ...bin }))),
  };
}

/** Weak matches alone are neither an identifier nor the lack of one. */
function identifierFact({ identifiers }: Measurement): Fact {
  const sure = identifiers.filter(({ confidence }) => confidence !== 'low');
  const doubtful = directIdentifiers(identifiers, 'low').filter((one) => !sure.includes(one));
  if (doubtful.length > 0 && directIdentifiers(sure).length === 0) {
    return missing(
      `values look like identifiers without proof, in ${[...new Set(doubtful.map(({ column, kind }) => `${column} (${kind})`))].join(', ')}`,
    );
  }
  return known(sure.map(({ column, kind, share, confidence }) => ({ column, kind, share, confidence })));
}

function pseudonymFacts(
  { pseudonyms, reused, absent }: Measurement,
  roles: Roles,
  others: readonly string[],
): { readonly [name: string]: Fact } {
  const declared = columnsWith(roles, 'pseudonym');
  if (declared.length === 0) return {};
  const lost = declared.filter((name) => absent.includes(name));
  const answers = pseudonyms.filter(({ column }) => declared.includes(column)).map(isDerived);
  const derived = answers.includes(true)
    ? known(true)
    : lost.length > 0
      ? missing(`the sample has no column ${lost.join(', ')}`)
      : answers.includes(null)
        ? missing('the pseudonym has the form of a digest of something that is not in the sample')
        : known(false);
  const again =
    reused !== null && reused > 0
      ? known(true)
      : others.length === 0
        ? null
        : lost.length > 0
          ? missing(`the sample has no column ${lost.join(', ')}`)
          : reused === null
            ? missing(
                'the two samples share no more pseudonyms than numbers as short as these share by chance',
              )
            : known(false);
  return { pseudonym_derived: derived, ...(again === null ? {} : { pseudonym_reused: again }) };
}

const counts =
  /^(?:effectifs?|nombre|nb|n|count|counts|total|headcount|eleves|élèves|pupils|population)(?:[_ ].*)?$/i;

/** A published table is measured by the column that counts, found by its name. */
async function cellFacts(
  path: string,
  { columns, rows }: Measurement,
  signal: AbortSignal,
): Promise<{ readonly small_cells: Fact; readonly smallest_cell: Fact }> {
  const count = columns.find((name) => counts.test(name));
  if (count === undefined || rows === 0) {
    const why = missing('no column of the sample is named as a count');
    return { small_cells: why, smallest_cell: why };
  }
  const table = await measureTable({ path, count, threshold: SMALLEST_CELL, signal });
  return {
    small_cells: known(table.small_cells + table.recovered),
    // Where every cell is suppressed and stays so, none is small.
    smallest_cell: known(table.smallest ?? Number.MAX_SAFE_INTEGER),
  };
}

function known(value: Json): Fact {
  return { state: 'known', value };
}

function missing(note: string): Fact {
  return { state: 'error', note };
}
