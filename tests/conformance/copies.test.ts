import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../src/inventory/observation.ts';
import { readFixture } from '../collect/aws/service/fixture.ts';
import { bucket, known, outcomesOf, run } from '../setup/run.ts';

const own = '111122223333';
const manifest = (match: string): string => `
bercail: manifest/v1
id: m
organisations:
  ministry: {name: Ministère, role: controller, kind: public_body, seat: FR}
  cloud: {provider: aws, role: processor, engaged_by: ministry}
datasets:
  results: {subjects: [pupil], categories: [education.results], secrecy: discretion}
assets:
  store: {kind: database, operator: cloud, holds: [results], match: [${match}]}
`;

async function judge(services: readonly string[], match: string, more: readonly Observation[] = []) {
  const seen = await Promise.all(services.map((name) => readFixture(name)));
  const evaluation = await run({ manifests: [manifest(match)], observations: [...seen.flat(), ...more] });
  const short = (outcomes: { readonly [subject: string]: string }) =>
    Object.fromEntries(
      Object.entries(outcomes).map(([subject, outcome]) => [
        subject.replace('arn:aws:', '').replaceAll(own, 'own'),
        outcome,
      ]),
    );
  return { evaluation, of: (rule: string) => short(outcomesOf(evaluation, rule)) };
}

describe('multi-region access points', () => {
  test('keep their member regions: one foreign member is enough to fail', async () => {
    const { evaluation, of } = await judge(
      ['s3-multi-region'],
      '{source: aws, arn: "arn:aws:s3:::results"}',
      [bucket('results', { 'place.region': known('eu-west-3') }, { subject: 'arn:aws:s3:::results' })],
    );
    expect(of('LOC-04')).toMatchObject({ 'results@s3::own:accesspoint/m.mrap': 'fail' });
    const place = evaluation.inventory.assets.get(`arn:aws:s3::${own}:accesspoint/m.mrap`)?.place;
    expect(place).toMatchObject({
      region: 'eu-west-3, us-east-1',
      countries: ['FR', 'US'],
      scope: 'multi_region',
      complete: true,
    });
  });
});

describe('a database', () => {
  test('is judged with every replica, snapshot, backup and export of it', async () => {
    const { of } = await judge(['rds'], '{source: aws, name: results, kind: database}');
    expect(of('LOC-04')).toMatchObject({
      'results@rds:eu-west-1:own:db:results-far': 'fail',
      'results@rds:eu-west-3:own:db:results-near': 'pass',
      'results@rds:eu-central-1:own:auto-backup:ab-1': 'fail',
      'results@rds:eu-west-3:own:snapshot:june': 'pass',
      'results@iam::999988887777:root': 'unknown',
      'results@s3:::exports': 'fail',
      'results/access-log@logs:eu-west-3:own:log-group:/aws/rds/instance/results/audit': 'pass',
    });
  });

  test('that is global is in every region of it', async () => {
    expect((await judge(['rds'], '{source: aws, name: ent, kind: database}')).of('LOC-04')).toMatchObject({
      'results@rds:us-east-1:own:cluster:ent-us': 'fail',
    });
    expect(
      (await judge(['dynamodb'], '{source: aws, name: pupils, kind: database, region: eu-west-3}')).of(
        'LOC-04',
      ),
    ).toMatchObject({ 'results@dynamodb:us-west-2:own:table/pupils': 'fail' });
  });

  test('whose snapshot everyone may restore is public', async () => {
    expect((await judge(['rds'], '{source: aws, name: ent, kind: database}')).of('SEC-03')).toMatchObject({
      'results@rds:eu-west-3:own:cluster-snapshot:open': 'fail',
    });
  });
});

test('a vault abroad, in another account, is reached through the plan that copies to it', async () => {
  const { of, evaluation } = await judge(['rds', 'backup'], '{source: aws, name: results, kind: database}');
  const far = 'results@backup:us-east-1:999988887777:backup-vault:far';
  expect(of('LOC-04')).toMatchObject({ [far]: 'fail' });
  const finding = evaluation.findings.find(
    ({ rule, subject }) => rule === 'LOC-04' && subject.id.endsWith('backup-vault:far'),
  );
  expect(finding?.path.map(({ kind }) => kind)).toEqual(['declared', 'backup', 'backup']);
});

test('a cache at the edge holds the same data, and its log technical data', async () => {
  const { of } = await judge(['cloudfront'], '{source: aws, arn: "arn:aws:s3:::results"}', [
    bucket('results', { 'place.region': known('eu-west-3') }, { subject: 'arn:aws:s3:::results' }),
  ]);
  expect(of('LOC-04')).toMatchObject({
    'results@cloudfront::own:distribution/D1': 'fail',
    'results/access-log@s3:::cdn-logs': 'fail',
  });
});

test('a key with a replica abroad, and one that the provider holds, are told apart from one held outside', async () => {
  const { evaluation } = await judge(['kms', 'rds'], '{source: aws, name: results, kind: database}');
  const facts = evaluation.inventory.assets.get('m/store')?.facts;
  expect(facts?.get('encryption.key_manager')).toMatchObject({ state: 'known', value: 'customer' });
  expect(facts?.get('encryption.key_place')).toEqual({
    state: 'known',
    value: { provider: 'aws', region: 'eu-west-3' },
  });
  expect(outcomesOf(evaluation, 'KEY-01')[`arn:aws:kms:eu-west-3:${own}:key/results`]).toBe('fail');
});

test('a model that answers in several regions is in all of them', async () => {
  const { evaluation } = await judge(['bedrock'], '{source: aws, name: marking}');
  expect(evaluation.inventory.assets.get('m/store')?.place.countries).toEqual(['CH', 'DE', 'FR']);
});
