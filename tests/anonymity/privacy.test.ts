import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { reporterNames } from '../../src/report/names.ts';
import { type Folder, type Ran, scratchFolder, type } from '../setup/command-line.ts';

/** Cells that stand in every file below, in every role; none may come out anywhere. */
const planted = [
  'PLANTEDPUPIL',
  '1234567890V',
  'planted.pupil@ecole.fr',
  '253072B07300470',
  'PLANTEDPSEUDONYM',
  'PLANTEDSCHOOL',
  '2012-03-04',
  '918273645',
  'PLANTEDCOMMENT',
];

const columns = [
  'order_no',
  'nom',
  'ine',
  'courriel',
  'nir',
  'school_address',
  'naissance',
  'score',
  'commentaire',
];
const rows = Array.from({ length: 12 }, (_, at) => [
  `PLANTEDPSEUDONYM${at}`,
  'PLANTEDPUPIL',
  '1234567890V',
  'planted.pupil@ecole.fr',
  '253072B07300470',
  `${at} rue de PLANTEDSCHOOL 75005 Paris`,
  '2012-03-04',
  at === 0 ? '918273645' : String(at % 4),
  `Un PLANTEDCOMMENT pour Mme PLANTEDPUPIL ${at}`,
]);
const csv = (all: readonly (readonly string[])[], delimiter = ','): string =>
  all.map((row) => row.join(delimiter)).join('\n');
const table = csv([columns, ...rows]);

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
  const write = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(folder.path(name), content);
  await write('plain.csv', table);
  await write('wide.csv', Buffer.from(`\ufeff${table}`, 'utf16le'));
  await write('zipped.csv.gz', gzipSync(table));
  await write(
    'lines.jsonl',
    rows
      .map((row) => JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, row[at]]))))
      .join('\n'),
  );
  await write('headless.csv', csv(rows));
  await write('ragged.csv', `${table}\nPLANTEDPUPIL,PLANTEDCOMMENT`);
  await write('open-quote.csv', `${table}\n"PLANTEDPUPIL`);
  await write(
    'bad-bytes.csv.gz',
    Buffer.concat([gzipSync(table).subarray(0, 80), Buffer.from('PLANTEDPUPIL')]),
  );
  await write('twice.jsonl', '{"order_no":"PLANTEDPUPIL","order_no":"PLANTEDPSEUDONYM"}');
  await write('broken.jsonl', '{"order_no": PLANTEDPUPIL}');
  await write('broken.parquet', 'PAR1 PLANTEDPUPIL PAR1');
  await write(
    'counts.csv',
    csv([
      ['school', 'n'],
      ['PLANTEDSCHOOL', '12'],
      ['PLANTEDSCHOOL2', 'PLANTEDCOMMENT'],
    ]),
  );
  await write(
    'small.csv',
    csv([
      ['school', 'n'],
      ['PLANTEDSCHOOL', '3'],
      ['PLANTEDSCHOOL2', '40'],
    ]),
  );
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `COPY (SELECT * FROM read_csv('${folder.path('plain.csv')}', all_varchar = true)) TO '${folder.path('table.parquet')}' (FORMAT parquet)`,
  );
  connection.closeSync();
  await write('manifest.yaml', manifest);
  await mkdir(folder.path('audit'));
  await write(
    'audit/bercail.yaml',
    `bercail: config/v1\nmanifests: [../manifest.yaml]\nsources:\n  - sample: {path: ../plain.csv, dataset: results, asset: store}\n  - sample: {path: ../lines.jsonl, dataset: results}\n  - sample: {path: ../small.csv, dataset: published}\n`,
  );
});
afterAll(() => folder.remove());

const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  host: {name: Host, role: processor, engaged_by: men, seat: IE}
datasets:
  results:
    subjects: [pupil]
    categories: [education.results]
    identifiability: pseudonymised
    fields:
      - {name: order_no, role: pseudonym, derived_from: none}
      - {name: school_address, role: quasi_identifier}
      - {name: naissance, role: quasi_identifier}
      - {name: score, role: sensitive}
  published: {subjects: [pupil], categories: [education.results], identifiability: aggregated, published: public, fields: [{name: school, role: other}]}
assets:
  store: {kind: object_store, operator: host, place: {country: IE}, holds: [results, published]}
`;

/** What a reader of the bytes could find: archives opened, compressed streams inflated. */
function textIn(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (start === 'PK\u0003\u0004') return Object.values(unzipSync(bytes)).map(textIn).join('\n');
  if (start.startsWith('\u001f\u008b')) return textIn(gunzipSync(bytes));
  const text = Buffer.from(bytes).toString('utf8');
  if (start !== '%PDF') return text;
  const raw = Buffer.from(bytes).toString('latin1');
  const streams = [...raw.matchAll(/stream\r?\n/g)].map(({ index, 0: { length } }) => {
    const from = index + length;
    const packed = Buffer.from(raw.slice(from, raw.indexOf('endstream', from)), 'latin1');
    try {
      return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
    } catch {
      return '';
    }
  });
  return [text, ...streams].join('\n');
}

function plantedIn(text: string): readonly string[] {
  return planted.filter((value) => text.toLowerCase().includes(value.toLowerCase()));
}

function expectNothing(text: string): void {
  expect(plantedIn(text)).toEqual([]);
}

const roles = ['--quasi', 'school_address,naissance', '--sensitive', 'score', '--pseudonym', 'order_no'];

describe('no cell of the data comes out of', () => {
  test.each<[string, readonly string[]]>(
    ['plain.csv', 'wide.csv', 'zipped.csv.gz', 'lines.jsonl', 'table.parquet'].flatMap(
      (file): [string, readonly string[]][] => [
        [`a measure of ${file}`, [file, ...roles]],
        [
          `a measure of ${file} in JSON`,
          [
            file,
            ...roles,
            '--format',
            'json',
            '--claim',
            'anonymised',
            '--against',
            'plain.csv',
            '--all-values',
          ],
        ],
      ],
    ),
  )('%s', async (_name, words) => {
    const ran = await anonymity(words);
    expect(ran.out).toMatch(/k/);
    expectNothing(ran.out + ran.err);
  });

  test.each<[string, readonly string[]]>([
    ['a file without a header', ['headless.csv', ...roles]],
    ['a file without a header and without roles', ['headless.csv']],
    ['a row with too few cells', ['ragged.csv', ...roles]],
    ['a quote that does not end', ['open-quote.csv', ...roles]],
    ['an archive that is cut', ['bad-bytes.csv.gz', ...roles]],
    ['broken JSON', ['broken.jsonl', ...roles]],
    ['broken Parquet', ['broken.parquet', ...roles]],
    ['a column that is not there', ['plain.csv', '--quasi', 'school_addres']],
    ['files with other columns', ['plain.csv', 'small.csv', ...roles]],
    ['JSON with a key twice', ['twice.jsonl', ...roles]],
    ['counts that are none', ['counts.csv', '--table', 'n']],
    ['a table against a file of rows', ['small.csv', '--table', 'n', '--against', 'plain.csv']],
  ])('the error for %s', async (_name, words) => {
    const ran = await anonymity(words);
    expect(ran.code).toBe(2);
    expectNothing(ran.out + ran.err);
  });

  test('a published table', async () => {
    expectNothing((await anonymity(['small.csv', '--table', 'n', '--format', 'json'])).out);
    expectNothing((await anonymity(['small.csv', '--table', 'n'])).out);
  });

  test('an audit with samples: every format, its log, its bundle, and what is made of them', async () => {
    const out = folder.path('reports');
    const bundle = folder.path('evidence.zip');
    const common = ['--all', '--include-inventory', '--verbose', '--lang', 'fr'];
    const ran = await type([
      'audit',
      folder.path('audit'),
      '--format',
      reporterNames.join(','),
      '--out',
      out,
      '--bundle',
      bundle,
      ...common,
    ]);
    expectNothing(ran.out + ran.err);
    const written = await readdir(out, { recursive: true, withFileTypes: true });
    const files = written.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThanOrEqual(reporterNames.length);
    for (const { parentPath, name } of files)
      expect([name, plantedIn(textIn(await readFile(join(parentPath, name))))]).toEqual([name, []]);
    const held = textIn(await readFile(bundle));
    expect(held).toContain('"measured"');
    expectNothing(held);
    const result = join(out, 'bercail.json.json');
    for (const words of [
      ['verify', bundle],
      ['report', result, '--format', 'text'],
      ['explain', 'ANO-04'],
      ['diff', result, result],
    ]) {
      const more = await type(words);
      expect(more.out).not.toBe('');
      expectNothing(more.out + more.err);
    }
  }, 180_000);

  test('the snapshots that collect writes', async () => {
    const ran = await type(['collect', folder.path('audit'), '--out', folder.path('out')]);
    expectNothing(ran.out + ran.err);
    const names = (await readdir(folder.path('out'))).filter((name) => name.endsWith('.gz'));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const text = gunzipSync(await readFile(join(folder.path('out'), name))).toString('utf8');
      expect(text).toContain('"measured"');
      expectNothing(text);
    }
  });
});

function anonymity(words: readonly string[]): Promise<Ran> {
  return type([
    'anonymity',
    ...words.map((word) => (/\.(csv|gz|jsonl|parquet)$/.test(word) ? folder.path(word) : word)),
  ]);
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'a measure that %s ends leaves no file behind',
  async (signal) => {
    const own = folder.path(`tmp-${signal}`);
    await mkdir(own);
    const big = folder.path('big.csv');
    // Windows-1252, so that it is written again in the private folder.
    await writeFile(big, Buffer.from(`école,b\n${'é,PLANTEDPUPIL\n'.repeat(1_500_000)}`, 'latin1'));
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const child = spawn(process.execPath, [cli, 'anonymity', big, '--quasi', 'école'], {
      env: { ...process.env, TMPDIR: own },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const left = async (): Promise<readonly string[]> =>
      (await readdir(own)).filter((name) => name.startsWith('bercail-'));
    while ((await left()).length === 0 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await left()).toHaveLength(1);
    child.kill(signal);
    await ended;
    expect(await left()).toEqual([]);
  },
);
