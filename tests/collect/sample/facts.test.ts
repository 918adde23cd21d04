import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SourceConfig } from '../../../src/collect/collector.ts';
import { sampleCollector } from '../../../src/collect/sample/collector.ts';
import { declareSamples } from '../../../src/collect/sample/declare.ts';
import { measuredOf } from '../../../src/inventory/build/measured.ts';
import type { Fact, Json } from '../../../src/inventory/fact.ts';
import type { Observation } from '../../../src/inventory/observation.ts';
import { testContext } from '../../setup/collect-context.ts';
import { type Folder, scratchFolder } from '../../setup/command-line.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
});
afterAll(() => folder.remove());

const fields: Json = [
  { name: 'order_no', role: 'pseudonym' },
  { name: 'school', role: 'quasi_identifier' },
  { name: 'sex', role: 'quasi_identifier' },
  { name: 'score', role: 'sensitive' },
];

function manifestWith(dataset: { readonly [key: string]: Json }): {
  id: string;
  value: { readonly [key: string]: Json };
} {
  return { id: 'm', value: { datasets: { results: dataset } } };
}

async function measured(
  samples: readonly { readonly name: string; readonly text: string }[],
  dataset: { readonly [key: string]: Json } = { fields },
): Promise<ReadonlyMap<string, Fact>> {
  const sources: SourceConfig[] = [];
  for (const { name, text } of samples)
    sources.push({ kind: 'sample', options: { path: await folder.write(name, text), dataset: 'results' } });
  const observations: Observation[] = [];
  for (const { options } of declareSamples(sources, [manifestWith(dataset)])) {
    const { jobs } = await sampleCollector.plan(options, testContext());
    for (const job of jobs)
      for await (const observation of sampleCollector.run(job, testContext())) observations.push(observation);
  }
  return measuredOf(observations).get('m/results') ?? new Map();
}

const valueOf = (fact: Fact | undefined): unknown => (fact?.state === 'known' ? fact.value : fact?.state);
const values = (facts: ReadonlyMap<string, Fact>): object =>
  Object.fromEntries([...facts].map(([name, fact]) => [name, valueOf(fact)]));

const header = 'order_no,school,sex,score\n';
const rows = (seed: number, schools = 2): string =>
  Array.from(
    { length: 24 },
    (_, at) =>
      `${(at * 7919 + seed * 104729) % 1000003}z${seed},s${at % schools},${at % 4 < 2 ? 'f' : 'm'},${at % 5}`,
  ).join('\n');

describe('a sample', () => {
  test('gives the facts that the rules read, with the file as evidence', async () => {
    const facts = await measured([{ name: 'a.csv', text: `${header}${rows(1)}\n` }]);
    expect(values(facts)).toEqual({
      rows: 24,
      columns: ['order_no', 'school', 'sex', 'score'],
      k: 6,
      unique: 0,
      l: 5,
      t: expect.any(Number),
      quasi: ['school', 'sex'],
      histogram: expect.arrayContaining([{ from: 5, to: 10, classes: 4, rows: 24 }]),
      identifiers: [],
      pseudonym_derived: false,
    });
    expect(facts.get('k')?.evidence).toEqual({
      source: 'sample',
      ref: folder.path('a.csv'),
      operation: null,
      at: '2018-10-01T08:00:00Z',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('takes the worst of the modes for empty cells', async () => {
    expect(
      valueOf((await measured([{ name: 'gap.csv', text: `${header}${rows(1)}\n17z,s1,,4\n` }])).get('k')),
    ).toBe(1);
  });

  test('without a declared quasi-identifier tells nothing about groups', async () => {
    expect(
      values(
        await measured([{ name: 'b.csv', text: `${header}${rows(1)}\n` }], {
          fields: [{ name: 'score', role: 'sensitive' }],
        }),
      ),
    ).toMatchObject({ k: 'error', l: 'error', rows: 24 });
  });

  test('that lacks a declared quasi-identifier tells k only where it can get no worse', async () => {
    const without = (text: string): string =>
      text
        .split('\n')
        .map((line) => line.split(',').toSpliced(2, 1).join(','))
        .join('\n');
    expect(values(await measured([{ name: 'c.csv', text: without(`${header}${rows(1)}`) }]))).toMatchObject({
      k: 'error',
      unique: 'error',
      l: 'error',
      t: 'error',
    });
    expect(
      values(await measured([{ name: 'd.csv', text: without(`${header}${rows(1, 24)}`) }])),
    ).toMatchObject({ k: 1, l: 1, unique: 'error' });
  });

  test('with a pseudonym that counts says that it is derived', async () => {
    const text = `${header}${Array.from({ length: 20 }, (_, at) => `${at + 1},s,f,${at % 3}`).join('\n')}\n`;
    expect(valueOf((await measured([{ name: 'e.csv', text }])).get('pseudonym_derived'))).toBe(true);
  });

  test('with a digest of what is not there does not say', async () => {
    const text = `${header}${Array.from({ length: 20 }, (_, at) => `${((BigInt(at + 1) * 0xfedcba9876543210fedcba9876543210n) % (1n << 128n)).toString(16).padStart(32, 'a')},s,f,${at % 3}`).join('\n')}\n`;
    expect(valueOf((await measured([{ name: 'f.csv', text }])).get('pseudonym_derived'))).toBe('error');
  });

  test('with only weak matches for identifiers says neither that there are some nor that there are none', async () => {
    const text = `${header.trim()},ref\n${rows(1)
      .split('\n')
      .map((row, at) => `${row},${100000000 + at}AB`)
      .join('\n')}\n`;
    const facts = await measured([{ name: 'g.csv', text }]);
    expect(facts.get('identifiers')).toMatchObject({
      state: 'error',
      note: 'values look like identifiers without proof, in ref (ine)',
    });
  });

  test('of aggregates gives its small cells', async () => {
    const text = 'school;effectif\na;45\nb;4\nc;s\nd;11\n';
    expect(
      values(
        await measured([{ name: 'h.csv', text }], {
          identifiability: 'aggregated',
          fields: [{ name: 'school', role: 'other' }],
        }),
      ),
    ).toMatchObject({ small_cells: 1, columns: ['school', 'effectif'] });
  });
});

describe('two samples of one dataset', () => {
  test('are compared for pseudonyms used again, and counted to the worse', async () => {
    const [first, second] = [
      { name: 'y1.csv', text: `${header}${rows(1)}\n` },
      { name: 'y2.csv', text: `${header}${rows(2, 24)}\n` },
    ];
    expect(values(await measured([first, second]))).toMatchObject({
      rows: 48,
      k: 1,
      unique: 24,
      pseudonym_reused: false,
    });
    expect(values(await measured([first, { name: 'y3.csv', text: first.text }]))).toMatchObject({
      pseudonym_reused: true,
    });
  });

  test('of which one says nothing are unknown, unless the other is already the worst', () => {
    const observation = (measured: Json): Observation => ({
      source: 'sample',
      scope: 'm/results',
      operation: 'measure',
      subject: 'x',
      at: '',
      sha256: null,
      outcome: 'ok',
      about: { dataset: 'm/results', measured },
    });
    const unknown = { state: 'error', note: '…' };
    const both = (a: Json, b: Json): unknown =>
      valueOf(
        measuredOf([observation({ k: a }), observation({ k: b })])
          .get('m/results')
          ?.get('k'),
      );
    expect(both({ state: 'known', value: 7 }, unknown)).toBe('error');
    expect(both(unknown, { state: 'known', value: 1 })).toBe(1);
    expect(both({ state: 'known', value: 7 }, { state: 'known', value: 3 })).toBe(3);
  });
});

test('a sample of a dataset that nobody declares is an error of configuration', () => {
  const source = { kind: 'sample', options: { path: 'x.csv', dataset: 'resluts' } };
  expect(() => declareSamples([source], [manifestWith({})])).toThrow(
    /a sample names the dataset resluts, which no manifest declares \(m\/results\)/,
  );
});
