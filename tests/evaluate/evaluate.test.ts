import { describe, expect, test } from '@jest/globals';
import type { Fact } from '../../src/inventory/fact.ts';
import type { Finding } from '../../src/result/result.ts';
import { bucket, known, outcomesOf, run } from '../setup/run.ts';

const asset = (place: string, more = ''): string => `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  editor: {name: Éditeur SAS, role: processor, engaged_by: men, owner: {name: Éditeur, country: FR}}
  aws: {provider: aws, role: sub_processor, engaged_by: editor}
  outscale: {provider: outscale, role: sub_processor, engaged_by: editor}
datasets:
  results: {subjects: [pupil], categories: [education.results], secrecy: discretion}
assets:
  store: {kind: object_store, operator: OPERATOR, run_by: editor, place: ${place}, holds: [results]${more}}
`;

describe('the place decides', () => {
  test.each([
    ['{provider: aws, region: eu-west-3}', 'pass', 'Paris'],
    ['{provider: aws, region: eu-west-1}', 'fail', 'Dublin'],
    ['{provider: outscale, region: eu-west-2}', 'pass', 'Paris, under a code that is London elsewhere'],
    ['{provider: aws, region: eu-west-2}', 'fail', 'London'],
    ['{provider: aws, region: eu-west-99}', 'unknown', 'a region that nobody listed'],
    ['unknown', 'unknown', 'nobody could say'],
    ['{country: RE}', 'pass', 'Réunion'],
    ['{country: NC}', 'fail', 'New Caledonia'],
    ['{countries: [FR], complete: false}', 'unknown', 'France and maybe elsewhere'],
    ['{countries: [FR, US], complete: false}', 'fail', 'one known foreign country'],
    ['{provider: gcp, region: EU}', 'fail', 'any member state'],
  ])('LOC-01 for %s is %s: %s', async (place, outcome) => {
    const done = await run({ manifests: [asset(place).replace('OPERATOR', 'aws')] });
    expect(outcomesOf(done, 'LOC-01')).toEqual({ 'results@store': outcome });
  });

  test('an unlisted region names the fact that is missing', async () => {
    const { findings } = await run({
      manifests: [asset('{provider: aws, region: eu-west-99}').replace('OPERATOR', 'aws')],
    });
    expect(findings.find(({ rule }) => rule === 'LOC-01')?.missing).toEqual([
      { fact: 'place.countries', reason: 'error' },
    ]);
  });

  test('moving to a French provider ends the exposure, as far as owners are known', async () => {
    const place = '{provider: outscale, region: eu-west-2}';
    expect(
      outcomesOf(await run({ manifests: [asset(place).replace('OPERATOR', 'outscale')] }), 'JUR-02'),
    ).toEqual({ 'results@store': 'pass' });
    expect(outcomesOf(await run({ manifests: [asset(place).replace('OPERATOR', 'aws')] }), 'JUR-02')).toEqual(
      { 'results@store': 'fail' },
    );
    const unsaid = asset(place)
      .replace('OPERATOR', 'outscale')
      .replace('owner: {name: Éditeur, country: FR}', 'owner: unknown');
    expect(outcomesOf(await run({ manifests: [unsaid] }), 'JUR-02')).toEqual({ 'results@store': 'unknown' });
  });
});

describe('a fact that a source refused', () => {
  const declared = (public_: string): string =>
    asset(
      '{provider: aws, region: eu-west-3}',
      `, public: ${public_}, match: [{source: aws, name: store}]`,
    ).replace('OPERATOR', 'aws');
  const seen = (fact: Fact) => [
    bucket('store', { 'place.region': known('eu-west-3'), tags: { state: 'absent' }, public: fact }),
  ];

  test.each([
    [
      'is not filled in by a declaration',
      { state: 'denied', permission: 's3:GetBucketPolicyStatus' } as const,
      'unknown',
    ],
    ['by an error neither', { state: 'error' } as const, 'unknown'],
    ['is judged when it is known', known(true), 'fail'],
    ['may be declared where the source cannot give it', { state: 'not_collected' } as const, 'pass'],
  ])('%s', async (_what, fact, outcome) => {
    const done = await run({ manifests: [declared('false')], observations: seen(fact) });
    expect(outcomesOf(done, 'SEC-03')).toEqual({ 'results@store': outcome });
  });
});

describe('the gate', () => {
  const clean = asset('{provider: outscale, region: eu-west-2}').replace('OPERATOR', 'outscale');
  const dublin = asset('{provider: aws, region: eu-west-1}').replace('OPERATOR', 'aws');
  const only = (rule: string) => ({ rules: ({ id }: { id: string }) => id === rule });
  const lost = asset('{provider: aws, region: eu-west-99}').replace('OPERATOR', 'aws');
  const silent = asset('unknown').replace('OPERATOR', 'aws');

  test.each([
    ['passes', clean, {}, 0],
    ['fails for a failure', dublin, {}, 1],
    ['passes when the failure is below the threshold', dublin, { gate: { fail_on: 'critical' as const } }, 0],
    ['passes when nothing is to fail', dublin, { gate: { fail_on: 'never' as const } }, 0],
    ['is incomplete when a region could not be resolved', lost, {}, 3],
    ['is not when unknowns are only to be reported', lost, { gate: { unknown: 'none' as const } }, 0],
    ['passes when only a person could have said', silent, {}, 0],
    ['is incomplete then too when all unknowns count', silent, { gate: { unknown: 'all' as const } }, 3],
  ])('%s', async (_what, manifest, more, code) => {
    const { summary } = await run({ manifests: [manifest], more: { ...only('LOC-01'), ...more } });
    expect(summary.gate.exit_code).toBe(code);
  });

  test('is incomplete when a source could not be listed', async () => {
    const refused = {
      source: 'aws',
      scope: '123456789012',
      operation: 's3:ListBuckets',
      subject: '123456789012',
      at: '',
      sha256: null,
      outcome: 'denied',
      permission: 's3:ListAllMyBuckets',
    } as const;
    const { summary, coverage } = await run({
      manifests: [clean],
      observations: [refused],
      more: only('LOC-01'),
    });
    expect([summary.gate.exit_code, coverage.gaps.length]).toEqual([3, 1]);
  });
});

describe('findings', () => {
  const dublin = asset('{provider: aws, region: eu-west-1}').replace('OPERATOR', 'aws');
  const fingerprints = async (text: string): Promise<string[]> =>
    (await run({ manifests: [text] })).findings.map(({ id }) => id).sort();

  test('have fingerprints that no line or order changes', async () => {
    const moved = dublin
      .replace('datasets:', '\n\n# moved\ndatasets:')
      .replace(/( {2}aws: .*\n)( {2}outscale: .*\n)/, '$2$1');
    expect(await fingerprints(moved)).toEqual(await fingerprints(dublin));
  });

  test('are the same bytes twice', async () => {
    expect(JSON.stringify((await run({ manifests: [dublin] })).findings)).toBe(
      JSON.stringify((await run({ manifests: [dublin] })).findings),
    );
  });

  test('are sorted by severity, rule and subject', async () => {
    const { findings } = await run({ manifests: [dublin] });
    const order = ['critical', 'high', 'medium', 'low', 'info'];
    const keys = findings.map(
      ({ severity, rule, subject }) => `${order.indexOf(severity)} ${rule} ${subject.type} ${subject.id}`,
    );
    expect(keys).toEqual([...keys].sort());
  });

  test('count every rule and subject once', async () => {
    const { summary, findings } = await run({ manifests: [dublin] });
    expect(Object.values(summary.outcomes).reduce((a, b) => a + b)).toBe(findings.length);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  });

  test('account for every asset', async () => {
    const { coverage } = await run({
      manifests: [dublin],
      observations: [bucket('z', { 'place.region': known('eu-west-3') })],
    });
    expect(coverage.assets).toBe(2);
    expect(coverage.evaluated + coverage.not_applicable).toBe(2);
  });
});

describe('an attestation', () => {
  const attested = (fields: string): string => `${asset('{country: FR}').replace('OPERATOR', 'aws')}
activities:
  a: {controller: men, datasets: [results]}
attestations:
  - {rule: GOV-07, subject: a, ${fields}}
`;
  test.each([
    [
      'signed, dated and in time',
      'answer: yes, signed_by: X, signed_on: 2026-01-01, expires: 2027-01-01',
      'pass',
    ],
    ['saying no', 'answer: no, signed_by: X, signed_on: 2026-01-01, expires: 2027-01-01', 'fail'],
    ['on its last day', 'answer: yes, signed_by: X, signed_on: 2026-01-01, expires: 2026-11-22', 'pass'],
    [
      'expired the day before',
      'answer: yes, signed_by: X, signed_on: 2026-01-01, expires: 2026-11-21',
      'unknown',
    ],
    ['unsigned', 'answer: yes, signed_on: 2026-01-01, expires: 2027-01-01', 'unknown'],
    ['undated', 'answer: yes, signed_by: X, expires: 2027-01-01', 'unknown'],
    [
      'signed after the audit',
      'answer: yes, signed_by: X, signed_on: 2026-12-01, expires: 2027-01-01',
      'unknown',
    ],
  ])('%s', async (_what, fields, outcome) => {
    expect(outcomesOf(await run({ manifests: [attested(fields)] }), 'GOV-07')).toEqual({ a: outcome });
  });
});

describe('a waiver', () => {
  const dublin = asset('{provider: aws, region: eu-west-1}').replace('OPERATOR', 'aws');
  const waiver = (subject: string, last_day: string | null) => ({
    rule: 'LOC-01',
    subject,
    reason: 'migration under way',
    approved_by: 'DPO',
    approved_on: null,
    expires: last_day ?? 'soon',
    last_day,
    link: null,
    where: { file: 'waivers.yaml', line: 1, column: 1 },
  });
  test.each([
    ['accepts a failure of its subject', 'results@store', '2027-01-01', true],
    ['accepts by pattern', 'results@*', '2027-01-01', true],
    ['accepts on its last day', 'results@store', '2026-11-22', true],
    ['accepts nothing once expired', 'results@store', '2026-11-21', false],
    ['accepts nothing with a date that is none', 'results@store', null, false],
    ['accepts nothing elsewhere', 'results@other', '2027-01-01', false],
  ])('%s', async (_what, subject, day, accepted) => {
    const { findings, summary } = await run({
      manifests: [dublin],
      more: { waivers: [waiver(subject, day)], rules: ({ id }) => id === 'LOC-01' },
    });
    const [finding] = findings as [Finding];
    expect([finding.outcome, finding.waiver !== null, summary.waived]).toEqual([
      'fail',
      accepted,
      accepted ? 1 : 0,
    ]);
    expect(summary.gate.exit_code).toBe(accepted ? 0 : 1);
  });
});
