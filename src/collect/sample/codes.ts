import { allocateCodes, type Codes, type Column, type Sensitive } from '../../anonymity/measure/codes.ts';
import { BercailError } from '../../error.ts';
import type { Sample } from './read/open.ts';

/** A column as codes, with its distinct values where there are few enough to look at. */
export interface CodedColumn extends Column {
  readonly index: number;
  /** Distinct values that are not empty. */
  readonly distinct: number;
  /** Values by code; null where there are too many. The empty ones are ''. */
  readonly values: readonly string[] | null;
}

export interface Coded {
  readonly columns: readonly CodedColumn[];
  readonly sensitive: readonly Sensitive[];
  /** All of them, by their distinct values as written. */
  readonly all: readonly CodedColumn[];
}

const VALUES = 200_000;
/** Codes of several columns travel as one number each row, as long as it is exact. */
const EXACT = Number.MAX_SAFE_INTEGER;
/** Rows are kept in memory as numbers. */
const ROWS = 100_000_000;

interface Dictionary {
  readonly index: number;
  /** The column that is compared: the text, or the value in its own type. */
  readonly key: string;
  /** Distinct values, the null apart. */
  readonly size: number;
  readonly empties: readonly number[];
}

/** Reads columns as numbers: equal cells, equal codes; all empty cells share one. */
export async function readCodes(
  sample: Sample,
  quasi: readonly string[],
  sensitive: readonly string[],
): Promise<Coded> {
  if (sample.rows > ROWS)
    throw new BercailError('input', {
      message: `there are ${sample.rows} rows`,
      hint: `at most ${ROWS} are measured; --sample takes some of them`,
    });
  const names = [...new Set([...quasi, ...sensitive])];
  const dictionaries: Dictionary[] = [];
  for (const name of names) dictionaries.push(await createDictionary(sample, sample.columns.indexOf(name)));
  const codes = await pull(sample, dictionaries);
  const all: CodedColumn[] = [];
  const ranked: Sensitive[] = [];
  for (const [at, name] of names.entries()) {
    const [dictionary, raw] = [dictionaries[at], codes[at]];
    if (!dictionary || !raw) continue;
    if (sensitive.includes(name)) ranked.push(await rank(sample, name, raw, dictionary));
    all.push({
      ...mergeEmpties(name, raw, dictionary),
      index: dictionary.index,
      distinct: dictionary.size - dictionary.empties.length,
      values: await valuesOf(sample, dictionary),
    });
  }
  return { columns: all.filter(({ name }) => quasi.includes(name)), sensitive: ranked, all };
}

async function createDictionary({ engine, native }: Sample, index: number): Promise<Dictionary> {
  const key = native.includes(index) ? `n${index}` : `c${index}`;
  await engine.run(
    `CREATE TABLE d${index} AS SELECT w, v, CAST(row_number() OVER (ORDER BY v) - 1 AS INTEGER) AS code FROM (SELECT w, CAST(w AS VARCHAR) AS v FROM (SELECT DISTINCT ${key} AS w FROM src WHERE ${key} IS NOT NULL))`,
  );
  const size = Number((await engine.rows(`SELECT count(*) FROM d${index}`))[0]?.[0] ?? 0);
  const empties = await engine.rows(`SELECT code FROM d${index} WHERE regexp_full_match(v, '[\\s\\x{a0}]*')`);
  return { index, key, size, empties: empties.map(([code]) => Number(code)) };
}

/** Codes by column: a null has the code after the last value. */
async function pull(
  { engine, rows }: Sample,
  dictionaries: readonly Dictionary[],
): Promise<readonly Codes[]> {
  const groups: Dictionary[][] = [];
  let bound = Infinity;
  for (const dictionary of dictionaries) {
    bound *= dictionary.size + 1;
    if (bound > EXACT) {
      groups.push([]);
      bound = dictionary.size + 1;
    }
    groups.at(-1)?.push(dictionary);
  }
  if (groups.length === 0) return [];
  const packed = groups.map(() => new Float64Array(rows));
  const terms = groups.map((group) => {
    const sum = group.reduce(
      (before, { index, size }) => `(${before} * ${size + 1} + coalesce(d${index}.code, ${size}))`,
      'CAST(0 AS BIGINT)',
    );
    return `CAST(${sum} AS DOUBLE)`;
  });
  const joins = dictionaries.map(({ index, key }) => `LEFT JOIN d${index} ON src.${key} = d${index}.w`);
  // A table first: the engine computes it with all threads, and a result that streams with one.
  await engine.run(
    `CREATE TEMP TABLE packed AS SELECT ${terms.map((term, at) => `${term} AS p${at}`).join(', ')} FROM src ${joins.join(' ')}`,
  );
  const filled = await engine.doubles('SELECT * FROM packed', packed);
  await engine.run('DROP TABLE packed');
  if (filled !== rows)
    throw new BercailError('internal', {
      message: `${rows} rows were counted and ${filled} read: a defect of Bercail`,
    });
  return groups.flatMap((group, at) => unpack(packed[at] ?? new Float64Array(), group));
}

function unpack(packed: Float64Array, group: readonly Dictionary[]): readonly Codes[] {
  const columns = group.map(({ size }) => allocateCodes(size + 1, packed.length));
  const sizes = group.map(({ size }) => size + 1);
  for (let row = 0; row < packed.length; row++) {
    let rest = packed[row] ?? 0;
    for (let at = columns.length - 1; at >= 0; at--) {
      const size = sizes[at] ?? 1;
      const next = Math.floor(rest / size);
      const column = columns[at];
      if (column) column[row] = rest - next * size;
      rest = next;
    }
  }
  return columns;
}

function mergeEmpties(name: string, raw: Codes, { size, empties }: Dictionary): Column {
  const hasNull = raw.includes(size);
  const empty = empties[0] ?? (hasNull ? size : null);
  if (empty === null) return { name, codes: raw, cardinality: size, empty };
  if (empties.length + (hasNull ? 1 : 0) > 1) {
    const all = new Set([...empties, size]);
    for (let row = 0; row < raw.length; row++) if (all.has(raw[row] ?? 0)) raw[row] = empty;
  }
  return { name, codes: raw, cardinality: size + 1, empty };
}

async function valuesOf(
  { engine }: Sample,
  { index, size, empties }: Dictionary,
): Promise<readonly string[] | null> {
  if (size > VALUES) return null;
  const found = (await engine.rows(`SELECT v FROM d${index} ORDER BY code`)).map(([value]) => String(value));
  for (const code of empties) found[code] = '';
  return [...found, ''];
}

/** Numbers in their order when every value is one, a decimal comma included; an empty cell comes before all. */
async function rank(
  { engine }: Sample,
  name: string,
  raw: Codes,
  { index, size, empties }: Dictionary,
): Promise<Sensitive> {
  const filled = `NOT regexp_full_match(v, '[\\s\\x{a0}]*')`;
  // A leading zero makes it a code (a département, a class), not a number.
  const number = `regexp_full_match(trim(v), '[+-]?(0|[1-9]\\d{0,14})([.,]\\d+)?([eE][+-]?\\d{1,3})?|[+-]?0?[.,]\\d+')`;
  const value = `TRY_CAST(replace(trim(v), ',', '.') AS DOUBLE)`;
  const [counts] = await engine.rows(
    `SELECT count(*) FILTER (${filled}), count(*) FILTER (${filled} AND ${number} AND ${value} IS NOT NULL) FROM d${index}`,
  );
  const numeric = Number(counts?.[0]) > 0 && counts?.[0] === counts?.[1];
  const order = numeric ? value : 'v';
  const ranks = new Float64Array(size);
  await engine.doubles(
    `SELECT CAST(CASE WHEN ${filled} THEN dense_rank() OVER (PARTITION BY ${filled} ORDER BY ${order}) ELSE 0 END AS DOUBLE) FROM d${index} ORDER BY code`,
    [ranks],
  );
  const last = ranks.reduce((most, one) => Math.max(most, one), 0);
  const codes = allocateCodes(last + 1, raw.length);
  for (let row = 0; row < raw.length; row++) {
    const code = raw[row] ?? 0;
    codes[row] = code < size ? (ranks[code] ?? 0) : 0;
  }
  return {
    name,
    codes,
    cardinality: last + 1,
    empty: empties.length > 0 || raw.includes(size) ? 0 : null,
    numeric,
  };
}
