import { beforeAll, expect, test } from '@jest/globals';
import { type Audit, audit } from '../../src/audit.ts';
import { readSnapshot } from '../../src/collect/snapshot/read.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { recordWorkspace, zoneGroup } from '../record/region-lycees.ts';
import { describeWithRadosGateway } from '../setup/describe-with-radosgw.ts';

let done: Audit;
beforeAll(async () => {
  done = await audit({
    paths: ['examples/region-lycees'],
    network: false,
    language: 'en',
    all: true,
    clock: fixedClock('2026-11-22T08:00:00Z'),
  });
});

/** Subjects by rule and outcome; the id of the distribution is the emulator's own. */
const subjects = (rule: string, outcome: string): readonly string[] =>
  done.result.findings
    .filter((one) => one.rule === rule && one.outcome === outcome)
    .map(({ subject }) => subject.id.replace(/arn:aws:cloudfront:.*/, 'CDN'))
    .toSorted();

const ent = ['accounts@ent-accounts', 'messages@ent-messages'];
const azure = ['attendance@school-life/viescolaire-absences', 'attendance@school-life/viescolairedocs'];
const copies = [
  'attendance@school-life/viescolaire-absences (backup)',
  'attendance@school-life/viescolairedocs (secondary)',
];
const aws = ['results@assessments/evaluations-copies', 'results@assessments/evaluations-scores'];

test.each<[string, string, string, readonly string[]]>([
  ['everything rests in France', 'LOC-01', 'pass', [...ent, ...azure, ...aws]],
  ['and nothing is said to rest elsewhere', 'LOC-01', 'fail', []],
  ['the pair of France Central is in France', 'LOC-04', 'pass', copies],
  ['the cache is not', 'LOC-04', 'fail', ['results@CDN']],
  ['nor is the entry point', 'LOC-05', 'fail', ['CDN']],
  ['what is served by signed requests is not public', 'SEC-03', 'fail', []],
  [
    'exposure follows the owner, in Paris too',
    'JUR-02',
    'fail',
    [...azure, ...copies, ...aws, 'results@CDN'],
  ],
  ['and not the ENT', 'JUR-02', 'pass', ent],
  ['the provider holds the keys of two clouds', 'SEC-01', 'fail', [...azure, ...copies, ...aws]],
  ['and of the third one nobody knows', 'SEC-01', 'pass', []],
  ['no copy is where nobody declared it', 'DRF-03', 'fail', []],
  ['a store that nobody declares', 'DRF-01', 'fail', ['s3://oos.eu-west-2.outscale.com/reprise-2025']],
  ['nor classifies', 'CLS-01', 'fail', ['s3://oos.eu-west-2.outscale.com/reprise-2025']],
  ['a contract that says all it must', 'DPA-01', 'pass', ['carnet', 'preau']],
])('%s (%s, %s)', (_, rule, outcome, expected) => {
  expect(subjects(rule, outcome)).toEqual([...expected].toSorted());
});

test('the ENT’s encryption, and what is in the open bucket, are unknown', () => {
  expect(subjects('SEC-01', 'unknown')).toEqual(expect.arrayContaining(ent));
  expect(subjects('SEC-03', 'unknown')).toContain(
    'unclassified@s3://oos.eu-west-2.outscale.com/reprise-2025',
  );
});

test('the gate fails for the cache alone', () => {
  const { gate } = done.result.summary;
  const stops = done.result.findings.filter(
    ({ outcome, severity }) => outcome === 'fail' && ['critical', 'high'].includes(severity),
  );
  expect([gate.exit_code, stops.map(({ rule }) => rule)]).toEqual([1, ['LOC-04']]);
  expect(done.result.warnings).toEqual([]);
});

describeWithRadosGateway('the ENT, recorded again', zoneGroup, (gateway) => {
  test('is the snapshot, but for what Ceph dates itself', async () => {
    const undated = (seen: readonly Observation[]) =>
      seen.map(({ sha256, ...rest }) => ({ ...rest, sha256: sha256 !== null }));
    const { observations } = await readSnapshot('examples/region-lycees/outscale-ent.inventory.ndjson.gz');
    expect(undated(await recordWorkspace(gateway()))).toEqual(undated(observations));
  });
});
