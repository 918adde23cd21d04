import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Audit } from '../../src/audit.ts';
import { audit } from '../../src/audit.ts';
import { writeSnapshot } from '../../src/collect/snapshot/write.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { loadMessages } from '../../src/io/content.ts';
import { pathText, placesOf } from '../../src/report/describe.ts';
import { createMessages } from '../../src/report/message.ts';
import type { Finding } from '../../src/result/result.ts';
import type { Organisation } from '../record/organisation.ts';
import { buildOrganisation, manifest, regions, role } from '../record/organisation.ts';
import { useTestCredentials } from '../setup/collect-context.ts';
import { describeWithMoto } from '../setup/describe-with-moto.ts';

// A thousand machine images that the emulator comes with belong to nobody here.
process.env['MOTO_EC2_LOAD_DEFAULT_AMIS'] = 'false';

const clock = fixedClock('2026-11-22T08:00:00Z');
const PATIENCE = 300_000;

describeWithMoto('an organisation of three accounts', (endpoint) => {
  let built: Organisation = { management: '', prod: '', lab: '' };
  let folder = '';
  let live: Audit | null = null;
  const findings = (): readonly Finding[] => live?.result.findings ?? [];
  const about = (rule: string, subject: string | RegExp): Finding | undefined =>
    findings().find(
      (one) =>
        one.rule === rule &&
        (typeof subject === 'string' ? one.subject.id === subject : subject.test(one.subject.id)),
    );
  const told = (finding: Finding | undefined): string => {
    if (finding === undefined || live === null) throw new Error('no such finding');
    const messages = createMessages('en', loadMessages('en'));
    return pathText(finding, placesOf(live.result), messages).replaceAll('\u00a0', ' ');
  };

  beforeAll(async () => {
    useTestCredentials();
    built = await buildOrganisation(endpoint());
    folder = await mkdtemp(join(tmpdir(), 'bercail-'));
    await writeFile(join(folder, 'reperes.yaml'), manifest);
    const options = {
      endpoint: endpoint(),
      region: 'eu-west-3',
      organization: true,
      role,
      regions,
      max_attempts: 1,
    };
    live = await audit({
      paths: [folder],
      network: true,
      sources: [{ kind: 'aws', options }],
      language: 'en',
      clock,
      concurrency: 16,
      all: true,
    });
  }, PATIENCE);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('has about 150 resources, and each that was found is accounted for', () => {
    const seen = [...(live?.inventory.assets.values() ?? [])].filter(({ isObserved }) => isObserved);
    expect(seen.length).toBeGreaterThanOrEqual(150);
    expect(new Set(seen.map(({ account }) => account))).toEqual(
      new Set([built.management, built.prod, built.lab]),
    );
  });

  test(
    'gives the same findings live and from its snapshot',
    async () => {
      const path = join(folder, 'organisation.inventory.ndjson.gz');
      const source = { kind: 'aws', options: { region: 'eu-west-3' } };
      await writeSnapshot(path, { version: '0', created: clock(), source }, live?.observations ?? []);
      const replayed = await audit({
        paths: [join(folder, 'reperes.yaml')],
        network: false,
        sources: [{ kind: 'snapshot', options: { path } }],
        language: 'en',
        clock,
        all: true,
      });
      expect(replayed.result.findings).toEqual(live?.result.findings);
      expect(replayed.result.unknowns).toEqual(live?.result.unknowns);
    },
    PATIENCE,
  );

  test.each([
    ['LOC-01', 'results@store/reperes-prod', 'fail', 'results → store/reperes-prod, Dublin (IE)'],
    [
      'LOC-04',
      /@arn:aws:s3:::reperes-dr$/,
      'fail',
      'results → store/reperes-prod, Dublin (IE) → replica reperes-dr, N. Virginia (US)',
    ],
    [
      'LOC-04',
      /@arn:aws:s3:::reperes-paris$/,
      'pass',
      'results → store/reperes-prod, Dublin (IE) → replica reperes-paris, Paris (FR)',
    ],
    [
      'LOC-04',
      /@arn:aws:s3:::lab-lists$/,
      'fail',
      'results → store/reperes-prod, Dublin (IE) → listed in lab-lists, Dublin (IE)',
    ],
    [
      'LOC-04',
      /@arn:aws:s3:::reperes-logs$/,
      'fail',
      'results → store/reperes-prod, Dublin (IE) → logs in reperes-logs, Dublin (IE)',
    ],
    [
      'LOC-04',
      /@arn:aws:s3:::lab-trail$/,
      'fail',
      'results → store/school-003, Paris (FR) → logs in audit, Paris (FR) → logs in lab-trail, N. Virginia (US)',
    ],
    [
      'LOC-04',
      /:arrivals$/,
      'fail',
      'results → store/reperes-prod, Dublin (IE) → notifies arrivals, Dublin (IE)',
    ],
    ['LOC-04', /:copies$/, 'fail', 'results → store/results, Paris (FR) → notifies copies, N. Virginia (US)'],
    [
      'LOC-04',
      'results@store/results-far',
      'fail',
      'results → store/results, Paris (FR) → replica store/results-far, Dublin (IE)',
    ],
    ['LOC-04', /:snapshot:june$/, 'pass', 'results → store/results, Paris (FR) → snapshot june, Paris (FR)'],
  ])('%s tells the path to %s: %s', (rule, subject, outcome, path) => {
    const finding = about(rule, subject);
    expect([finding?.outcome, told(finding)]).toEqual([outcome, path]);
  });

  test('what is cached at the edge, and where the cache logs, is followed to the end', () => {
    expect(told(about('LOC-04', /@arn:aws:s3:::cdn-logs$/))).toMatch(
      /^results → store\/reperes-prod, Dublin \(IE\) → served by \w+, .* → logs in cdn-logs, N\. Virginia \(US\)$/,
    );
    expect(about('LOC-04', /:distribution\/\w+$/)?.outcome).toBe('fail');
  });

  test('a snapshot shared with another account is followed to the account, and where that takes it is not known', () => {
    expect(about('LOC-04', `results@arn:aws:iam::${built.lab}:root`)?.outcome).toBe('unknown');
    expect(told(about('LOC-04', `results@arn:aws:iam::${built.lab}:root`))).toContain(
      `→ shared with ${built.lab}`,
    );
  });

  test('a snapshot that everyone may restore is public', () => {
    expect(about('SEC-03', /:snapshot\/snap-\w+$/)?.outcome).toBe('fail');
  });

  test('a policy of the organisation that allows more regions than the list fails in each account that it binds', () => {
    for (const account of [built.prod, built.lab])
      expect(about('GRD-01', `arn:aws:iam::${account}:root`)?.outcome).toBe('fail');
  });

  test('a key replicated to Virginia is not wholly under European control', () => {
    expect(about('KEY-01', /:eu-west-1:\d+:key\//)?.message).toContain('N. Virginia (US)');
  });

  test('stores that say nothing of what they hold are not known, rather than harmless', () => {
    expect(about('CLS-01', 'arn:aws:s3:::school-006')?.outcome).toBe('fail');
    expect(about('LOC-01', 'unclassified@arn:aws:s3:::school-006')?.outcome).toBe('unknown');
  });
});
