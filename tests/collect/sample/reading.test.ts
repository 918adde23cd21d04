import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Measurement } from '../../../src/anonymity/report.ts';
import { measureFiles } from '../../../src/collect/sample/measure.ts';
import { BercailError } from '../../../src/error.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bercail-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function measured(
  paths: string | readonly string[],
  more: { readonly sample?: number; readonly sensitive?: readonly string[] } = {},
): Promise<Measurement> {
  return measureFiles({
    paths: typeof paths === 'string' ? [paths] : paths,
    quasi: ['école', 'sex'],
    sensitive: ['score'],
    mode: 'own_class',
    thresholds: { k: 5, l: 2 },
    signal: new AbortController().signal,
    ...more,
  });
}

const rows = [
  ['Élan', 'f', '1,5'],
  ['Élan', 'f', '12,25'],
  ['Élan', 'm', '1,5'],
  ['Cœur', 'm', '7'],
  ['Cœur', 'm', '3'],
  ['Cœur', '', '3'],
];
const csv = (
  delimiter: string,
  end = '\n',
  quote = (cell: string): string => (cell.includes(delimiter) ? `"${cell}"` : cell),
): string =>
  [['école', 'sex', 'score'], ...rows].map((row) => row.map(quote).join(delimiter)).join(end) + end;
/** Latin letters are one byte; the ligature is the one that Windows-1252 has and ISO-8859-1 lacks. */
const latin = (text: string): Uint8Array =>
  Uint8Array.from(Array.from(text, (letter) => (letter === 'œ' ? 0x9c : letter.charCodeAt(0))));
const wide = (text: string, marked: boolean): Buffer =>
  Buffer.from(`${marked ? '\ufeff' : ''}${text}`, 'utf16le');

describe('the same table is read from', () => {
  const json = rows.map(([a, b, c]) =>
    JSON.stringify({ école: a, sex: b === '' ? null : b, score: Number(c?.replace(',', '.')) }),
  );
  test.each<[string, string | Uint8Array]>([
    ['commas.csv', csv(',')],
    ['semicolons.csv', csv(';')],
    ['tabs.tsv', csv('\t')],
    ['pipes.txt', csv('|')],
    ['all-quoted.csv', csv(',', '\n', (cell) => `"${cell}"`)],
    ['windows-lines.csv', csv(';', '\r\n')],
    ['old-mac-lines.csv', csv(';', '\r')],
    ['mixed-lines.csv', csv(';').replace('\n', '\r\n')],
    ['without-last-line-end.csv', csv(';').trimEnd()],
    ['blank-lines.csv', `${csv(';')}\n\n`],
    ['separator-line.csv', `sep=;\r\n${csv(';', '\r\n')}`],
    ['marked-utf8.csv', `\ufeff${csv(';')}`],
    ['utf16.csv', wide(csv(';'), true)],
    ['utf16-unmarked.csv', wide(csv(';').replace('école', 'école'), true)],
    ['utf16-big-endian.csv', wide(csv('\t'), true).swap16()],
    ['windows-1252.csv', latin(csv(';'))],
    ['zipped.csv.gz', gzipSync(csv(';'))],
    ['zipped-windows-1252.csv.gz', gzipSync(latin(csv(';')))],
    ['lines.jsonl', `${json.join('\n')}\n`],
    ['zipped.jsonl.gz', gzipSync(json.join('\n'))],
    ['array.json', `[${json.join(',\n')}]`],
    ['marked.jsonl', `\ufeff${json.join('\n')}`],
    ['utf16.jsonl', wide(json.join('\n'), true)],
    ['zipped-marked.jsonl.gz', gzipSync(`\ufeff${json.join('\n')}`)],
  ])('%s', async (name, content) => {
    const { rows: count, modes, numeric, columns } = await measured(await write(name, content));
    expect([count, columns, numeric]).toEqual([6, ['école', 'sex', 'score'], ['score']]);
    expect(modes.own_class).toMatchObject({ classes: 4, unique: 2, k: 1 });
    expect(modes.wildcard).toMatchObject({ k: 1, unique: 1 });
    expect(modes.exclude).toMatchObject({ rows: 5, classes: 3, k: 1 });
    // Among 1.5 3 7 12.25 (2 2 1 1 rows), the group that has only 1.5 is the furthest: (4 + 2 + 1) / 6 / 3.
    expect(modes.own_class?.t).toBeCloseTo(7 / 18, 9);
  });

  test('Parquet, typed columns and all', async () => {
    const path = join(folder, 'table.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const values = rows
      .map(([a, b, c]) => `('${a}', ${b === '' ? 'NULL' : `'${b}'`}, ${c?.replace(',', '.')})`)
      .join(', ');
    await connection.run(
      `COPY (SELECT * FROM (VALUES ${values}) AS t("école", sex, score)) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const { rows: count, modes } = await measured(path);
    expect(count).toBe(6);
    expect(modes.own_class?.t).toBeCloseTo(7 / 18, 9);
  });
});

describe('keys of JSON', () => {
  test('are told apart by case, and may hold anything', async () => {
    const names = ['École', 'a/b', 'a~c', '$d', '', 'q"t', 'a.b', 'école', 'sex', 'score'];
    const path = await write(
      'keys.jsonl',
      `${JSON.stringify(Object.fromEntries(names.map((name, at) => [name, at])))}\n{"école":7,"z":{"n":[1]}}\n`,
    );
    const { columns, modes } = await measured(path, { sensitive: ['$d'] });
    expect(columns).toEqual([...names, 'z']);
    expect(modes.own_class).toMatchObject({ classes: 2, k: 1 });
  });

  test('that stand twice in an object are an error', async () => {
    await expect(measured(await write('twice.jsonl', '{"école":"SECRET","école":2}\n'))).rejects.toThrow(
      /1 of 1 objects have the same key twice \(which of the two counts cannot be known\)$/,
    );
  });
});

test('a table of hundreds of columns is measured', async () => {
  const names = ['école', 'sex', 'score', ...Array.from({ length: 700 }, (_, at) => `q${at}`)];
  const lines = Array.from({ length: 300 }, (_, row) =>
    names.map((_name, at) => String((row * (at + 1)) % 7)).join(';'),
  );
  const { columns, modes } = await measured(await write('wide.csv', [names.join(';'), ...lines].join('\n')));
  expect([columns.length, modes.own_class?.classes]).toEqual([703, 7]);
});

describe('several files', () => {
  test('are one table, whatever the order of their columns', async () => {
    const first = await write('first.csv', csv(';'));
    const second = await write(
      'second.csv',
      `score,sex,école\n${rows.map(([a, b, c]) => `"${c}",${b},${a}`).join('\n')}\n`,
    );
    const { rows: count, modes, files } = await measured([first, second]);
    expect([count, modes.own_class?.k, files.length]).toEqual([12, 2, 2]);
  });

  test('that share most of their columns are refused by the names of the others', async () => {
    const first = await write('first.csv', csv(';'));
    const other = await write('other.csv', 'école,sex,note\nSECRET,f,1\n');
    await expect(measured([first, other])).rejects.toThrow(
      /the columns are not those of .*first\.csv: 1 missing \(score\), 1 more \(note\)/,
    );
  });

  test('that are named with what a terminal would obey are told in escapes', async () => {
    const other = await write('obeyed.csv', 'école\u001b[2J,seX\0,scorE\u202e\na,f,1\n');
    await expect(measured([other])).rejects.toThrow(
      String.raw`names none of the columns asked for (did you mean école\u{1b}[2J, seX\u{0}, scorE\u{202e}?)`,
    );
    const near = await write('near.csv', 'école,sex,score\0\na,f,1\n');
    await expect(measured([near])).rejects.toThrow(String.raw`has no column score (nearest: score\u{0}`);
  });

  test('with other columns are refused, and no cell is quoted', async () => {
    const first = await write('first.csv', csv(';'));
    const other = await write('other.csv', 'école,SECRET,MARTIN,PAUL\na,f,1,2\n');
    await expect(measured([first, other])).rejects.toThrow(
      /the columns are not those of .*first\.csv: 2 missing, 3 more \(files/,
    );
  });
});

test('a sample takes the same rows each time, and says of how many', async () => {
  const many = await write(
    'many.csv',
    `école,sex,score\n${Array.from({ length: 5000 }, (_, at) => `e${at % 50},${at % 2},${at}`).join('\n')}\n`,
  );
  const [a, b] = [await measured(many, { sample: 100 }), await measured(many, { sample: 100 })];
  expect([a.rows, a.of]).toEqual([100, 5000]);
  expect(b.modes).toEqual(a.modes);
  expect(a.judgement.verdict.conclusion).not.toBe('anonymised');
});

describe('a file that cannot be read as it is', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['too-many.csv', `${csv(',')}Élan,f,1,SECRET\n`, /:8:1: this row has 4 cells and the header 3$/],
    ['too-few.csv', `${csv(',')}SECRET,f\n`, /:8:1: this row has 2 cells and the header 3$/],
    ['both.csv', `${csv(',')}SECRET,f\nÉlan,f,1,SECRET\n`, /:8:1: this row has 2.*\n.*:9:1: this row has 4/],
    ['open-quote.csv', `${csv(',')}"SECRET,f,1\n`, /:8:1: a quoted cell does not end/],
    [
      'half-quote.csv',
      `${csv(',')}"SECRET" x,f,1\n`,
      /:8:1: a quoted cell does not end, or is not quoted as a whole/,
    ],
    ['twice.csv', 'école,sex,sex,score\nSECRET,f,f,1\n', /:1:1: columns 2 and 3 have the same name/],
    [
      'broken.jsonl',
      '{"école":"a","sex":"f","score":1}\n{"école":SECRET}\n',
      /broken\.jsonl:2:1: this is not well formed$/,
    ],
    ['empty.csv', '', /is empty/],
    [
      'headless.csv',
      'SECRET,2012-05-01,12\nSECRET,2012-05-02,13\n',
      /:1:1: the first line names none of the columns asked for \(expected a header line; there are 3 columns\)$/,
    ],
    [
      'other-names.csv',
      'SECRET,MARTIN\nDURAND,PETIT\n',
      /the first line names none of the columns asked for/,
    ],
    ['broken.parquet', 'PAR1SECRET', /broken\.parquet: this/],
    [
      'cut.csv.gz',
      gzipSync(csv(',').repeat(50)).subarray(0, 60),
      /cut\.csv\.gz is compressed with gzip, and cut/,
    ],
    [
      'accents.csv',
      'ecole,sexe\nSECRET,f\n',
      /the first line names none of the columns asked for \(did you mean ecole\?\)$/,
    ],
    ['sheet.xlsx', 'PK\u0003\u0004SECRET', /save the sheet as CSV/],
  ])('%s is told by place, and quotes no cell', async (name, content, message) => {
    const failure = await measured(await write(name, content)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BercailError);
    const text =
      failure instanceof BercailError
        ? `${failure.message}${failure.stack}${JSON.stringify(failure.problems)}`
        : '';
    expect(failure).toHaveProperty('message', expect.stringMatching(message));
    expect(text).not.toContain('SECRET');
  });

  test('a column that is not there is told with the nearest name', async () => {
    const path = await write('names.csv', csv(';'));
    await expect(measured(path, { sensitive: ['scor'] })).rejects.toThrow(
      /has no column scor \(nearest: score\)/,
    );
  });

  test('a file that does not exist is not found', async () => {
    await expect(measured(join(folder, 'nothing.csv'))).rejects.toThrow(/does not exist/);
  });
});

test('nothing is left behind, whether the measure ends or fails', async () => {
  const own = await mkdtemp(join(tmpdir(), 'bercail-own-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = own;
  try {
    await measured(await write('fine.csv', latin(csv(';'))));
    await measured(await write('bad.csv', `${csv(',')}a\n`)).catch(() => null);
    const stopped = new AbortController();
    stopped.abort();
    await measureFiles({
      paths: [await write('stopped.csv', csv(';'))],
      quasi: ['sex'],
      sensitive: [],
      mode: 'own_class',
      thresholds: { k: 5, l: 2 },
      signal: stopped.signal,
    }).catch(() => null);
    expect(await readdir(own)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await rm(own, { recursive: true });
  }
});
