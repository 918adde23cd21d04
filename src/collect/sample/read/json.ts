import { BercailError } from '../../../error.ts';
import { type Engine, EngineError, text } from './engine.ts';
import type { Relation } from './relation.ts';
import { rewriteText } from './rewrite.ts';
import type { Survey } from './survey.ts';

/** More keys than this are values used as keys, not columns. */
const COLUMNS = 10_000;

/** One row an object, one column a key of any of them; a key is told from another by its case too. */
export async function openJson(
  engine: Engine,
  file: Survey,
  folder: string,
  index: number,
): Promise<Relation> {
  const { name, head } = file;
  // The engine reads UTF-8 alone, and no byte order mark.
  const plain = file.encoding !== 'utf-8' || file.hasMark;
  const path = plain ? await rewriteText(file, folder, `${index}.json`) : file.path;
  const source = `read_json(${text(path)}, format = '${file.format === 'json' ? 'array' : 'newline_delimited'}', records = false, columns = {j: 'JSON'}, maximum_object_size = 16777216, compression = '${file.gzip && !plain ? 'gzip' : 'uncompressed'}')`;
  const [counts = []] = await engine.rows(
    `SELECT count(*), count(*) FILTER (json_type(j) = 'OBJECT'), count(*) FILTER (len(json_keys(j)) <> len(list_distinct(json_keys(j)))) FROM ${source}`,
  );
  const [rows, objects, repeated] = counts.map(Number);
  if (rows !== objects) throw new EngineError({ kind: 'syntax', line: null });
  if ((repeated ?? 0) > 0)
    throw new BercailError('input', {
      message: `${name}: ${repeated} of ${rows} objects have the same key twice`,
      hint: 'which of the two counts cannot be known',
    });
  const keys = (await engine.rows(`SELECT DISTINCT unnest(json_keys(j)) AS k FROM ${source} ORDER BY k`)).map(
    ([key]) => String(key),
  );
  if (keys.length > COLUMNS)
    throw new BercailError('input', {
      message: `${name}: the objects have ${keys.length} different keys`,
      hint: `a table has at most ${COLUMNS} columns: are values used as keys?`,
    });
  const columns = [...new Set([...firstKeys(head).filter((key) => keys.includes(key)), ...keys])];
  if (columns.length === 0)
    throw new BercailError('input', { message: `${name} is empty`, hint: 'expected objects with keys' });
  const select = columns.map((key, column) => `j ->> ${text(pointerTo(key))} AS c${column}`).join(', ');
  await engine.run(`CREATE TABLE file${index} AS SELECT ${select} FROM ${source}`);
  return { file: name, columns, sql: `SELECT * FROM file${index}`, rows: rows ?? 0 };
}

/** RFC 6901, which has a form for every key. */
function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Keys in the order of the first object; those of the others follow in alphabetical order. */
function firstKeys(head: string): readonly string[] {
  const start = head.indexOf('{');
  let [depth, quoted] = [0, false];
  for (let at = start; at >= 0 && at < head.length; at++) {
    const letter = head[at];
    if (quoted && letter === '\\') at++;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '{') depth++;
    else if (!quoted && letter === '}' && --depth === 0) return keysOf(head.slice(start, at + 1));
  }
  return [];
}

function keysOf(text: string): readonly string[] {
  try {
    return Object.keys(JSON.parse(text) as object);
  } catch {
    return [];
  }
}
