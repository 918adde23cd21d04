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
    const whole = `CASE WHEN regexp_full_match(trim(c${index}), '\\d{1,15}(\\.0)?') THEN CAST(CAST(c${index} AS DOUBLE) AS BIGINT) END`;
    const [stats = []] = await engine.rows(
      `SELECT count(DISTINCT c${index}), count(c${index}), count(${whole}), CAST(min(${whole}) AS DOUBLE), CAST(max(${whole}) AS DOUBLE) FROM src WHERE trim(c${index}) <> ''`,
    );
    const [distinct, filled, numbers, low, high] = stats.map(Number);
    const found = await engine.rows(
      `SELECT ${cells.join(', ')} FROM src WHERE trim(c${index}) <> '' ORDER BY hash(c${index}), c${index} LIMIT ${ROWS}`,
    );
    reports.push(
      testPseudonym({
        column,
        distinct: distinct ?? 0,
        others,
        range: numbers === filled && (filled ?? 0) > 0 ? [low ?? 0, high ?? 0] : null,
        rows: found.map((row) => row.map(String)),
      }),
    );
  }
  return reports;
}

/** How many pseudonyms of these columns stand in the column of the same name, else in any one column, of other files. */
export async function countReused(
  paths: readonly string[],
  sample: Sample,
  columns: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  let reused = 0;
  for (const column of columns) {
    const values: string[] = [];
    const index = sample.columns.indexOf(column);
    await sample.engine.each(
      `SELECT DISTINCT c${index} FROM src WHERE trim(c${index}) <> '' ORDER BY 1`,
      ([value]) => values.push(String(value)),
    );
    for (const path of paths)
      reused += await withSample([path], { expected: [], signal }, async (other) => {
        const at = other.columns.indexOf(column);
        const targets = at >= 0 ? [at] : other.columns.map((_, any) => any);
        await other.engine.run('CREATE TABLE wanted (v VARCHAR)');
        for (let from = 0; from < values.length; from += 10_000) {
          await other.engine.run(
            `INSERT INTO wanted VALUES ${values
              .slice(from, from + 10_000)
              .map((value) => `(${text(value)})`)
              .join(', ')}`,
          );
        }
        let most = 0;
        for (const target of targets)
          most = Math.max(
            most,
            Number(
              (
                await other.engine.rows(`SELECT count(*) FROM wanted WHERE v IN (SELECT c${target} FROM src)`)
              )[0]?.[0] ?? 0,
            ),
          );
        return most;
      });
  }
  return reused;
}
