import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { measureFiles } from '../../src/collect/sample/measure.ts';
import { measurementText } from '../../src/command/anonymity/text.ts';
import { type Folder, type Ran, scratchFolder, type } from '../setup/command-line.ts';

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures/anonymity', name);
const students = [
  fixture('StudentsMath_Score.csv'),
  '--quasi',
  'Teacher,Gender,Ethnic,Freeredu,wesson',
  '--sensitive',
  'Score',
];

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
  // Forty rows of eight alike, in five classes with four scores each: nothing to hold against it.
  const safe = Array.from({ length: 40 }, (_, at) => `c${at % 5},${10 + (Math.floor(at / 5) % 4)}`);
  await folder.write('safe.csv', `class,score\n${safe.join('\n')}\n`);
  await folder.write(
    'with-number.csv',
    `order_no,class,score\n${safe.map((row, at) => `${(at * 7919) % 100003}x,${row}`).join('\n')}\n`,
  );
  await folder.write(
    'with-born.csv',
    `class,score,town\n${safe.map((row, at) => `${row},t${at % 3}`).join('\n')}\n`,
  );
  await folder.write(
    'with-mail.csv',
    `class,score,login\n${safe.map((row, at) => `${row},p${at}@ecole.fr`).join('\n')}\n`,
  );
  await folder.write('table.csv', 'school;sex;effectif\na;girls;40\na;boys;s\nb;girls;30\nb;boys;4\n');
  await folder.write('totals.csv', 'school;effectif\na;45\nb;34\n');
  await folder.write('manifest.yaml', manifest);
});
afterAll(() => folder.remove());

const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
datasets:
  results:
    subjects: [pupil]
    categories: [education.results]
    population: 800000
    fields:
      - {name: order_no, role: pseudonym, key_held_by: men}
      - {name: class, role: quasi_identifier, distinct: 35000}
      - {name: score, role: sensitive}
assets:
  store: {kind: object_store, operator: men, place: {country: FR}, holds: [results]}
`;

interface Told {
  readonly k: number | null;
  readonly t: number | null;
  readonly breaking_sets: readonly (readonly string[])[];
  readonly verdict: { readonly [question: string]: unknown };
  readonly [key: string]: unknown;
}

const anonymity = (...words: string[]): Promise<Ran> => type(['anonymity', ...words]);
const told = ({ out }: Ran): Told => JSON.parse(out) as Told;

describe('--format json', () => {
  test('prints every key of the interface', async () => {
    const ran = await anonymity(...students, '--format', 'json');
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(told(ran)).toMatchObject({
      rows: 216,
      classes: 46,
      unique: 1,
      k: 1,
      l: { distinct: 1, entropy: 1 },
      alpha: 1,
      beta: 71,
      risk: { prosecutor: 1 },
      breaking_sets: [['Teacher', 'Gender', 'Ethnic', 'Freeredu']],
      identifiers: [],
      verdict: { singling_out: true, linkability: true, inference: true, conclusion: 'pseudonymised' },
    });
    expect(told(ran).t).toBeCloseTo(0.4165919952210274, 9);
  });

  test('has null for what is not defined without a sensitive column', async () => {
    const { l, t, alpha, verdict } = told(
      await anonymity(fixture('hospital.csv'), '--quasi', 'age,gender', '--format', 'json'),
    );
    expect({ l, t, alpha, inference: verdict['inference'] }).toEqual({
      l: { distinct: null, entropy: null },
      t: null,
      alpha: null,
      inference: null,
    });
  });

  test('has null for k without a quasi-identifier', async () => {
    expect(
      told(await anonymity(fixture('hospital.csv'), '--sensitive', 'disease', '--format', 'json')),
    ).toMatchObject({ rows: 13, classes: null, k: null });
  });

  test('gives the measures of the mode asked at the top, and all three below', async () => {
    const path = await folder.write('gaps.csv', `a,b\n${['1,x', '1,x', ',x', '2,'].join('\n')}\n`);
    const of = async (mode: string): Promise<Told> =>
      told(await anonymity(path, '--quasi', 'a,b', '--empty', mode, '--format', 'json'));
    expect(
      [await of('own_class'), await of('wildcard'), await of('exclude')].map(({ rows, k, unique, worst }) => [
        rows,
        k,
        unique,
        worst,
      ]),
    ).toEqual([
      [4, 1, 2, 'own_class'],
      [4, 2, 0, 'own_class'],
      [2, 2, 0, 'own_class'],
    ]);
    expect((await of('exclude'))['modes']).toMatchObject({
      own_class: { k: 1 },
      wildcard: { k: 2 },
      exclude: { k: 2, rows: 2 },
    });
  });
});

describe('a claim', () => {
  test.each<[string, string, string, number]>([
    ['anonymised', 'safe.csv', 'holds', 0],
    ['anonymised', 'with-number.csv', 'is contradicted by a number of its own for each row', 1],
    ['anonymised', 'with-born.csv', 'is not decided while a column has no role', 3],
    ['anonymised', 'with-mail.csv', 'is contradicted by an identifier', 1],
    ['pseudonymised', 'with-number.csv', 'holds', 0],
    ['pseudonymised', 'with-mail.csv', 'is contradicted by an identifier', 1],
    ['aggregated', 'with-number.csv', 'is contradicted by rows of persons', 1],
  ])('%s of %s %s', async (claim, file, _is, code) => {
    expect(
      (await anonymity(folder.path(file), '--quasi', 'class', '--sensitive', 'score', '--claim', claim)).code,
    ).toBe(code);
  });

  test('of anonymity is not decided without a sensitive column', async () => {
    expect(
      (
        await anonymity(
          folder.path('safe.csv'),
          '--quasi',
          'class',
          '--ignore',
          'score',
          '--claim',
          'anonymised',
        )
      ).code,
    ).toBe(3);
  });

  test('of anonymity is contradicted whatever k is when somebody keeps the key', async () => {
    const ran = await anonymity(
      folder.path('with-number.csv'),
      '--manifest',
      folder.path('manifest.yaml'),
      '--dataset',
      'results',
      '--claim',
      'anonymised',
    );
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('Pseudonymised, whatever k is: the key is kept by men');
  });

  test('of aggregates is contradicted by a small cell, and holds without one', async () => {
    const table = (...more: string[]): Promise<Ran> =>
      anonymity(
        folder.path('table.csv'),
        '--table',
        'effectif',
        '--claim',
        'aggregated',
        '--format',
        'json',
        ...more,
      );
    expect(await table()).toMatchObject({ code: 1 });
    expect(await table('--smallest-cell', '4')).toMatchObject({ code: 0 });
    // With the totals of the schools, the suppressed cell of 5 comes back.
    expect(await table('--smallest-cell', '6', '--against', folder.path('totals.csv'))).toMatchObject({
      code: 1,
    });
    expect(told(await table('--against', folder.path('totals.csv')))).toMatchObject({
      cells: 4,
      suppressed: 1,
      small_cells: 1,
      differencing: { recovered: 1 },
    });
  });
});

describe('the text', () => {
  test('shows the picture, what breaks k, what mends it, and the verdict', async () => {
    const { out } = await anonymity(...students);
    expect(out).toContain('         3–4 │███████████████ 47 (21.8%)\n');
    expect(out).toContain('  Teacher + Gender + Ethnic + Freeredu → 1 unique row\n');
    expect(out).toContain('  without Ethnic: k = 8, 0 unique rows, 0 rows would stay under the threshold\n');
    expect(out).toContain('  Single out a person? Yes: 1 row of 216 (0.5%) is alone in its group (k = 1).\n');
    expect(out).toContain('  Student: consecutive numbers\n');
  });

  test('is no wider than the terminal, and shows the sizes that there are', async () => {
    const measurement = await measureFiles({
      paths: [fixture('hospital.csv')],
      quasi: ['age', 'gender', 'city'],
      sensitive: ['disease'],
      mode: 'own_class',
      thresholds: { k: 5, l: 2 },
      signal: new AbortController().signal,
    });
    const explanation = {
      conclusion: 'Au plus pseudonymisées : une des trois questions a pour réponse oui (l = 1).',
    };
    const text = measurementText(measurement, { claim: null, explanation, language: 'fr', width: 60 });
    const lines = text.split('\n').filter((line) => !line.includes('hospital.csv'));
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
    expect(lines.filter((line) => line.includes('│')).map((line) => line.split('│')[0]?.trim())).toEqual([
      '2',
      '3–4',
    ]);
  });

  test('is set in French as French is', async () => {
    const { out } = await anonymity(...students, '--lang', 'fr', '--claim', 'anonymised');
    expect(out).toContain('Affirmation\u00a0: «\u00a0anonymisées\u00a0»\u00a0: contredite par la mesure');
    const text = out.split('\n').slice(1).join('\n');
    expect(text).not.toMatch(/[^\u00a0\s][;!?»]|[^\u202f][;!?]|[^\u00a0]:/);
  });

  test('of a column with control characters in its name is harmless', async () => {
    const path = await folder.write('evil.csv', 'a\u001b[31m,b\n1,2\n1,2\n');
    const { out } = await anonymity(path, '--quasi', 'b', '--sensitive', 'a\u001b[31m');
    expect(out).not.toContain('\u001b');
    expect(out).toContain('a\ufffd[31m');
  });
});

describe('a manifest', () => {
  test('alone is screened', async () => {
    const ran = await anonymity('--manifest', folder.path('manifest.yaml'), '--dataset', 'results');
    expect(ran.out).toBe(
      'Without data, by the manifest: 800,000 persons, at least 35,000 combinations; expected share of unique persons: < 0.1% (spread evenly).\n',
    );
  });

  test('without such a dataset is an error with the nearest', async () => {
    await expect(
      anonymity('--manifest', folder.path('manifest.yaml'), '--dataset', 'result'),
    ).resolves.toMatchObject({ code: 2, err: expect.stringContaining('--dataset results') });
  });
});

test.each<[string, readonly string[], RegExp]>([
  ['no file', [], /no file to measure/],
  [
    'a column that is not there',
    [fixture('hospital.csv'), '--quasi', 'age,gendr'],
    /has no column gendr \(nearest: gender\)/,
  ],
  [
    'a column with two roles',
    [fixture('hospital.csv'), '--quasi', 'age', '--sensitive', 'age'],
    /both a quasi-identifier and sensitive/,
  ],
  ['a dataset without a manifest', [fixture('hospital.csv'), '--dataset', 'x'], /give --manifest FILE too/],
])('%s is an error of usage', async (_name, words, message) => {
  await expect(anonymity(...words)).resolves.toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(message),
  });
});
