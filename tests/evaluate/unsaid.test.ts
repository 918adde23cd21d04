import { describe, expect, test } from '@jest/globals';
import { bucket, known, outcomesOf, run } from '../setup/run.ts';

/** What is left out of a manifest, piece by piece: the rule that needs it must ask, and never pass. */
const whole = {
  organisations: `
  men: {name: Ministère, role: controller, kind: public_body, public_level: state, seat: FR}
  host: {name: Host, role: processor, engaged_by: men, kind: company, seat: FR, owner: {name: Host, country: FR}}`,
  datasets:
    '\n  results: {subjects: [pupil], categories: [education.results], identifiability: pseudonymised}',
  assets:
    '\n  store: {kind: saas, operator: host, place: {country: FR}, holds: [results], retention: P1Y, provider_access_log: true}',
  flows: '\n  - {id: out, from: store, to: schools, datasets: [results], recipient: host}',
  activities:
    '\n  a: {controller: men, datasets: [results], retention: {period: P1Y}, sren31: {classified: false}, notice: {lists_recipients: true, lists_transfers: false}, in_register: true}',
};

function manifest(changes: { readonly [part in keyof typeof whole]?: string } = {}): string {
  const parts = Object.entries({ ...whole, ...changes }).map(([part, text]) =>
    text === '' ? '' : `${part}:${text}\n`,
  );
  return `bercail: manifest/v1\nid: m\n${parts.join('')}`;
}

async function of(rule: string, text: string, observations: Parameters<typeof run>[0]['observations'] = []) {
  const { findings } = await run({
    manifests: [text],
    observations,
    more: { rules: ({ id }) => id === rule },
  });
  return findings.map(({ subject, outcome, missing }) => [
    subject.id,
    outcome,
    ...missing.map(({ fact, reason }) => `${fact} ${reason}`),
  ]);
}

const asset = (fields: string): string => `\n  store: {kind: saas, ${fields}}`;

describe('a relation that nobody stated leaves the rule to ask', () => {
  test.each([
    [
      'which activity uses the data: RET-01',
      'RET-01',
      { activities: '' },
      'results@store',
      'activities not_asked',
    ],
    [
      'which activity uses the data: JUR-03',
      'JUR-03',
      { activities: '' },
      'results@store',
      'activities not_asked',
    ],
    [
      'what an activity uses',
      'JUR-03',
      { activities: '\n  a: unknown' },
      'results@store',
      'activities asked',
    ],
    [
      'who decides',
      'JUR-03',
      { activities: '\n  a: {controller: unknown, datasets: [results], sren31: {classified: true}}' },
      'results@store',
      'activities[a].controller.kind asked',
    ],
    [
      'with whom',
      'JOI-01',
      {
        activities:
          '\n  a: {controller: men, joint_controllers: unknown, datasets: [results], joint_arrangement: none}',
      },
      'a',
      'activity.joint_controllers asked',
    ],
    ['where the data is: TRA-01', 'TRA-01', { assets: '', flows: '' }, 'a', 'holdings not_asked'],
    ['who holds the data', 'TRA-01', { assets: '', flows: '' }, 'a', 'organisations not_asked'],
    ['where the data is: ANO-02', 'ANO-02', { assets: '', flows: '' }, 'results', 'holdings not_asked'],
    [
      'who runs the machines',
      'JUR-02',
      { assets: asset('operator: unknown, run_by: host, place: {country: FR}, holds: [results]'), flows: '' },
      'results@store',
      'operator asked',
    ],
    [
      'who runs the service',
      'JUR-02',
      { assets: asset('operator: host, run_by: unknown, place: {country: FR}, holds: [results]'), flows: '' },
      'results@store',
      'run_by asked',
    ],
    [
      'who runs the machines, though a controller runs the service',
      'ACC-01',
      {
        assets: asset(
          'operator: unknown, run_by: men, place: {country: FR}, holds: [results], provider_access: free',
        ),
        flows: '',
      },
      'results@store',
      'operator asked',
    ],
    [
      'what an asset holds',
      'ACC-02',
      { assets: asset('operator: host, place: {country: FR}'), flows: '' },
      'store',
      'asset.personal_data not_asked',
    ],
    [
      'what an asset holds, asked',
      'ACC-02',
      {
        assets: asset('operator: host, place: {country: FR}, holds: unknown, provider_access_log: true'),
        flows: '',
      },
      'store',
      'asset.personal_data asked',
    ],
    [
      'where a flow goes',
      'TRF-01',
      { flows: '\n  - {id: out, from: store, to: unknown, datasets: [results], recipient: host}' },
      'out',
      'place.countries asked',
    ],
    [
      'who receives it',
      'TRF-01',
      { flows: '\n  - {id: out, from: store, to: schools, datasets: [results], recipient: unknown}' },
      'out',
      'recipient asked',
    ],
    [
      'what it carries',
      'GOV-08',
      {
        flows:
          '\n  - {id: out, from: store, to: schools, datasets: unknown, recipient: host, directory: true}',
      },
      'out',
      'datasets asked',
    ],
  ])('%s', async (_what, rule, changes, subject, fact) => {
    const found = (await of(rule, manifest(changes))).find(([id]) => id === subject);
    expect(found).toEqual(expect.arrayContaining([subject, 'unknown', fact]));
  });
});

describe('a relation that is stated does not', () => {
  test.each([
    ['RET-01', 'results@store', 'pass'],
    ['JUR-03', 'results@store', 'not_applicable'],
    ['JUR-02', 'results@store', 'pass'],
    ['TRA-01', 'a', 'pass'],
    ['JOI-01', 'a', 'not_applicable'],
    ['TRF-01', 'out', 'not_applicable'],
  ])('%s', async (rule, subject, outcome) => {
    const done = await run({ manifests: [manifest()], more: { rules: ({ id }) => id === rule } });
    expect(outcomesOf(done, rule)[subject]).toBe(outcome);
  });

  test('nor do a key and an entry point, which hold nothing', async () => {
    const assets =
      '\n  key: {kind: key, operator: host, place: {country: FR}}\n  dns: {kind: dns, operator: host, place: {country: FR}}';
    expect(await of('ACC-02', manifest({ assets, flows: '' }))).toEqual([
      ['dns', 'not_applicable'],
      ['key', 'not_applicable'],
    ]);
  });
});

describe('a store that is seen and whose manifest does not say what it holds', () => {
  const seen = (tags: Parameters<typeof known>[0]) => [
    bucket('store', { 'place.region': known('eu-west-1'), tags: known(tags) }),
  ];
  const silent = manifest({
    assets:
      '\n  store: {kind: object_store, operator: host, place: unknown, match: [{source: aws, name: store}]}',
    flows: '',
  });

  test('is judged as one that nobody described', async () => {
    expect(await of('LOC-01', silent, seen({}))).toEqual([
      ['unclassified@store', 'unknown', 'dataset.subjects not_collected'],
    ]);
    expect(await of('CLS-01', silent, seen({}))).toEqual([['store', 'fail']]);
  });
});

describe('a place inside a fact is looked up in the catalog', () => {
  const key = (fields: string): string =>
    manifest({
      assets: `\n  key: {kind: key, operator: host, place: {country: FR}, key_facts: {manager: customer, ${fields}}}`,
      flows: '',
    });

  test.each([
    ['a region of the EEA', '[{provider: aws, region: eu-west-3}]', 'pass'],
    ['a region outside', '[{provider: aws, region: us-east-1}]', 'fail'],
    ['a code that two providers use for two countries', '[{provider: outscale, region: eu-west-2}]', 'pass'],
    ['the same code elsewhere', '[{provider: aws, region: eu-west-2}]', 'fail'],
    ['a country', '[{country: DE}]', 'pass'],
    ['a region that nobody listed', '[{provider: aws, region: eu-west-99}]', 'unknown'],
    ['a place that nobody could say', 'unknown', 'unknown'],
    ['none', 'none', 'pass'],
  ])('declared replicas of a key: %s', async (_what, replicas, outcome) => {
    const [found] = await of('KEY-01', key(`replicas: ${replicas}`));
    expect(found?.[1]).toBe(outcome);
  });

  test('observed replicas of a key, and the place of access logs', async () => {
    const facts = {
      'place.region': known('eu-west-3'),
      'key_facts.manager': known('customer'),
      'key_facts.replicas': known([{ provider: 'aws', region: 'us-west-2' }]),
    };
    const seen = [bucket('k', facts, { asset: { kind: 'key' } })];
    const { findings } = await run({ observations: seen, more: { rules: ({ id }) => id === 'KEY-01' } });
    expect(findings[0]?.message).toContain('replicas: Oregon (US)');
  });

  test.each([
    ['eu-west-3', 'pass'],
    ['us-east-1', 'fail'],
  ])('access logs delivered to a store in %s: %s', async (region, outcome) => {
    const logs = bucket('logs', { 'place.region': known(region), tags: known({}) });
    const store = bucket(
      'store',
      { 'place.region': known('eu-west-3'), tags: known({}), access_log: known(true) },
      { relations: [{ kind: 'log', to: 'bucket:logs' }] },
    );
    const text = manifest({
      assets:
        '\n  store: {kind: object_store, operator: host, place: unknown, holds: [results], match: [{source: aws, name: store}]}',
      flows: '',
    });
    const done = await of('SEC-04', text, [store, logs]);
    expect(done.find(([subject]) => subject === 'results@store')?.[1]).toBe(outcome);
  });
});
