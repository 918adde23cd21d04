import { type PseudonymReport, testPseudonym } from '../../anonymity/identifier/pseudonym.ts';
import { text } from './read/engine.ts';
import { type Sample, withSample } from './read/open.ts';

/** Rows on which a pseudonym is compared with the other columns. */
const ROWS = 400;

export async function testPseudonyms(
  { engine, columns }: Sample,
  names: readonly string[],
): Promise<readonly PseudonymReport[]> {
  const reports: PseudonymReport[] = [];
  for (const column of names) {
    const index = columns.indexOf(column);
    const others = columns.filter((name) => name !== column);
    const cells = [index, ...others.map((name) => columns.indexOf(name))].map((at) => `coalesce(c${at}, '')`);
    // A number, or one after a beginning that every row shares: « 2018-000123 ».
    const number = `regexp_extract(trim(c${index}), '(\\d{1,15})(\\.0)?$', 1)`;
    const beginning = `regexp_replace(trim(c${index}), '\\d{1,15}(\\.0)?$', '')`;
    const whole = `TRY_CAST(nullif(${number}, '') AS BIGINT)`;
    const [stats = []] = await engine.rows(
      `SELECT count(DISTINCT c${index}), count(c${index}), count(${whole}), CAST(min(${whole}) AS DOUBLE), CAST(max(${whole}) AS DOUBLE), count(DISTINCT ${beginning}) FROM src WHERE trim(c${index}) <> ''`,
    );
    const [distinct, filled, numbers, low, high, beginnings] = stats.map(Number);
    const found = await engine.rows(
      `SELECT ${cells.join(', ')} FROM src WHERE trim(c${index}) <> '' ORDER BY hash(c${index}), c${index} LIMIT ${ROWS}`,
    );
    reports.push(
      testPseudonym({
        column,
        distinct: distinct ?? 0,
        others,
        range: numbers === filled && beginnings === 1 && (filled ?? 0) > 0 ? [low ?? 0, high ?? 0] : null,
        rows: found.map((row) => row.map(String)),
      }),
    );
  }
  return reports;
}

/**
 * How many pseudonyms of these columns stand in the column of the same name, else in any one column, of other files,
 * whatever their case. Null where there are no more than numbers as short as these share by chance.
 */
export async function countReused(
  paths: readonly string[],
  sample: Sample,
  columns: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  let [reused, undecided] = [0, false];
  for (const column of columns) {
    const cell = normal(sample.columns.indexOf(column));
    const values: string[] = [];
    await sample.engine.each(
      `SELECT DISTINCT ${cell} AS v FROM src WHERE ${cell} <> '' ORDER BY v`,
      ([value]) => values.push(String(value)),
    );
    for (const path of paths) {
      const { shared, among } = await countShared(path, column, values, signal);
      if (shared === 0) continue;
      if (shared <= (2 * values.length * among) / spaceOf(values) + CHANCE) undecided = true;
      else reused += shared;
    }
  }
  return reused === 0 && undecided ? null : reused;
}

/** Of so few in common nothing follows, where there can be some by chance. */
const CHANCE = 0.5;
const BATCH = 10_000;

function normal(index: number): string {
  return `lower(trim(c${index}))`;
}

/** How many values there could be of the form that these have: plain numbers of so many digits; others are long. */
function spaceOf(values: readonly string[]): number {
  const most = values.reduce((length, value) => Math.max(length, value.length), 0);
  return values.every((value) => /^\d+$/.test(value)) ? 10 ** most : 16 ** most;
}

async function countShared(
  path: string,
  column: string,
  values: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly shared: number; readonly among: number }> {
  return withSample([path], { expected: [], signal }, async ({ engine, columns }) => {
    const at = columns.indexOf(column);
    await engine.run('CREATE TABLE wanted (v VARCHAR)');
    for (let from = 0; from < values.length; from += BATCH) {
      const some = values.slice(from, from + BATCH).map((value) => `(${text(value)})`);
      await engine.run(`INSERT INTO wanted VALUES ${some.join(', ')}`);
    }
    let most = { shared: 0, among: 0 };
    for (const target of at >= 0 ? [at] : columns.keys()) {
      const [[shared, among] = []] = await engine.rows(
        `WITH there AS (SELECT DISTINCT ${normal(target)} AS v FROM src) SELECT (SELECT count(*) FROM wanted WHERE v IN (SELECT v FROM there)), (SELECT count(*) FROM there)`,
      );
      if (Number(shared) > most.shared) most = { shared: Number(shared), among: Number(among) };
    }
    return most;
  });
}
