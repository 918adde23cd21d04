import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Log, Run, Result as SarifResult } from 'sarif';
import type { Finding, Result } from '../../src/result/result.ts';
import { hostile, hostileResult } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { languages, readRepository, render } from './rendering.ts';

// Draft 04 names its id `id`; the rest of what SARIF's schema uses means the same in draft 07.
const {
  id: _id,
  $schema: _draft,
  ...schema
} = JSON.parse(readRepository('tests/fixtures/report/schema/sarif-2.1.0-rtm.5.json')) as {
  [key: string]: unknown;
};
// Its pattern of languages is no regular expression of Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

async function logOf(result: Result): Promise<Log> {
  return JSON.parse(await render('sarif', result)) as Log;
}

async function runOf(result: Result): Promise<Run> {
  const { runs } = await logOf(result);
  return runs[0] as Run;
}

function find({ results = [] }: Run, rule: string): SarifResult {
  return results.find(({ ruleId }) => ruleId === rule) as SarifResult;
}

function manyFailures(count: number): Result {
  const result = result2018('en');
  const template = result.findings.find(({ rule }) => rule === 'LOC-01') as Finding;
  const findings = Array.from(
    { length: count },
    (_, i): Finding => ({
      ...template,
      id: i.toString(16).padStart(32, '0'),
      subject: { type: 'holding', id: `results@b${i}`, label: `b${i}` },
      why: null,
      fix: null,
      law: [],
      path: [],
    }),
  );
  return { ...result, findings, unknowns: [] };
}

describe('sarif', () => {
  test.each(languages)('in %s fits the schema of SARIF 2.1.0', async (language) => {
    expect(validate(await logOf(result2018(language))) ? [] : validate.errors).toEqual([]);
  });

  test.each(Object.keys(hostile) as (keyof typeof hostile)[])('fits it where names are %s', async (name) => {
    expect(validate(await logOf(hostileResult(hostile[name]))) ? [] : validate.errors).toEqual([]);
  });

  test('fits what errata 01 asks beyond it: regions start at a line, languages are whole', async () => {
    const { results = [], language, tool } = await runOf(result2018('fr'));
    const regions = results.flatMap(({ locations = [] }) =>
      locations.flatMap(({ physicalLocation }) => physicalLocation?.region ?? []),
    );
    expect(
      regions.every(({ startLine, startColumn }) => (startLine ?? 0) >= 1 && (startColumn ?? 1) >= 1),
    ).toBe(true);
    expect([language, tool.driver.language]).toEqual(['fr', 'fr']);
  });

  test('points a failure at the line of the manifest', async () => {
    const { locations, relatedLocations } = find(await runOf(result2018('en')), 'LOC-01');
    expect(locations?.[0]).toEqual({
      physicalLocation: {
        artifactLocation: { uri: 'examples/evaluations-2018/manifest.yaml', uriBaseId: '%SRCROOT%' },
        region: { startLine: 78, startColumn: 3 },
      },
      logicalLocations: [{ fullyQualifiedName: 'results@reperes', kind: 'holding' }],
    });
    expect(relatedLocations?.[0]?.physicalLocation?.region).toEqual({ startLine: 52, startColumn: 3 });
  });

  test('gives what no file shows the first manifest, since GitHub refuses a result without a place', async () => {
    const { locations } = find(await runOf(result2018('en')), 'CHN-02');
    expect(locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'examples/evaluations-2018/manifest.yaml', uriBaseId: '%SRCROOT%' },
    });
  });

  test.each([
    ['CHN-02', 'fail', 'error'],
    ['LOC-01', 'fail', 'error'],
    ['ANO-06', 'fail', 'warning'],
    ['DPA-01', 'open', 'none'],
    ['TRF-01', 'open', 'none'],
  ])('%s is of kind %s and level %s', async (rule, kind, level) => {
    expect(find(await runOf(result2018('en')), rule)).toMatchObject({ kind, level });
  });

  test('keeps the fingerprint of a finding, and makes each unknown one that is its own and stable', async () => {
    const [once, twice] = [await runOf(result2018('en')), await runOf(result2018('fr'))];
    expect(find(once, 'LOC-01').partialFingerprints).toEqual({
      'bercail/v1': '3fa94c2112d84e0b9c7a6f5e4d3c2b1a',
      // What GitHub knows an alert again by.
      primaryLocationLineHash: '3fa94c2112d84e0b9c7a6f5e4d3c2b1a:1',
    });
    const prints = ({ results = [] }: Run): unknown[] =>
      results.map(({ partialFingerprints }) => partialFingerprints?.['bercail/v1']);
    expect(new Set(prints(once)).size).toBe(once.results?.length);
    expect(prints(once)).toEqual(prints(twice));
  });

  test('uses the fingerprints of unknowns that the result lists', async () => {
    const result = result2018('en');
    const [template] = result.findings as readonly [Finding];
    const listed: Finding = {
      ...template,
      rule: 'DPA-01',
      outcome: 'unknown',
      id: 'd'.repeat(32),
      subject: { type: 'organisation', id: 'contractor', label: 'contractor' },
    };
    const { results = [] } = await runOf({ ...result, findings: [...result.findings, listed] });
    expect(
      results
        .filter(({ ruleId }) => ruleId === 'DPA-01')
        .map(({ kind, partialFingerprints }) => [kind, partialFingerprints?.['bercail/v1']]),
    ).toEqual([['open', 'd'.repeat(32)]]);
  });

  test('suppresses what is waived, with who and until when, and says of all others that nothing does', async () => {
    const { results = [] } = await runOf(result2018('en'));
    expect(results.every(({ suppressions }) => Array.isArray(suppressions))).toBe(true);
    const waived = results.filter(({ suppressions }) => suppressions?.length === 1);
    expect(waived).toHaveLength(1);
    expect(waived[0]?.suppressions?.[0]).toMatchObject({
      kind: 'external',
      status: 'accepted',
      justification: expect.stringContaining('data protection officer'),
    });
  });

  test('tells a rule that broke and a call that failed as notifications, and does not call such a run a success', async () => {
    const [invocation] = (await runOf(result2018('en'))).invocations ?? [];
    expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 1 });
    expect(invocation?.toolExecutionNotifications?.map(({ level }) => level)).toEqual([
      'error',
      'warning',
      'warning',
      'warning',
    ]);
    expect(invocation?.toolConfigurationNotifications).toHaveLength(1);
  });

  test('describes each rule once, with GitHub’s severity and at most ten tags', async () => {
    const { rules = [] } = (await runOf(result2018('en'))).tool.driver;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.find(({ id }) => id === 'LOC-01')).toMatchObject({
      defaultConfiguration: { level: 'error' },
      properties: {
        'security-severity': '8.0',
        basis: 'demand',
        contested: true,
        tags: expect.arrayContaining(['security', 'demand', 'contested']),
      },
      help: { markdown: expect.stringContaining('SUD éducation, 2018') },
    });
    expect(rules.every(({ properties }) => (properties?.tags?.length ?? 0) <= 10)).toBe(true);
  });

  test('every result points at its rule by id and by index', async () => {
    const { results = [], tool } = await runOf(result2018('en'));
    expect(
      results.filter(({ ruleId, ruleIndex }) => tool.driver.rules?.[ruleIndex ?? -1]?.id !== ruleId),
    ).toEqual([]);
  });

  test('no name becomes a placeholder or a link', async () => {
    const { message } = find(await runOf(hostileResult(hostile.sarif)), 'LOC-01');
    expect(message.text).toContain('{{0}} {{1}} \\[link\\](1)');
  });

  test.each([
    ['a b/é#1.yaml', 'a%20b/%C3%A9%231.yaml', '%SRCROOT%'],
    ['./x/y.yaml', 'x/y.yaml', '%SRCROOT%'],
    ['x\\y.yaml', 'x/y.yaml', '%SRCROOT%'],
    ['/srv/x.yaml', 'file:///srv/x.yaml', undefined],
    ['C:\\x\\y.yaml', 'file:///C:/x/y.yaml', undefined],
    ['50%.yaml', '50%25.yaml', '%SRCROOT%'],
  ])('writes the file %s as the URI %s', async (file, uri, uriBaseId) => {
    const result = result2018('en');
    const evidence = [{ source: 'manifest', ref: `${file}:7:2`, operation: null, at: null, sha256: null }];
    const { locations } = find(
      await runOf({
        ...result,
        findings: result.findings.map((finding) => ({ ...finding, evidence, path: [] })),
      }),
      'LOC-01',
    );
    expect(locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri, ...(uriBaseId ? { uriBaseId } : {}) },
      region: { startLine: 7, startColumn: 2 },
    });
  });

  test('leaves out what GitHub would refuse, and says how much', async () => {
    const text = await render('sarif', manyFailures(30_000));
    const { runs } = JSON.parse(text) as Log;
    expect(runs[0]?.results).toHaveLength(25_000);
    expect(runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]).toMatchObject({
      level: 'error',
      message: { text: expect.stringMatching(/^5,000 of 30,000 results are not in this file/) },
    });
    // An upload is compressed, and may hold 10 MB.
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
  });

  test('says when GitHub will not show all', async () => {
    const { results = [], invocations } = await runOf(manyFailures(5_001));
    expect(results).toHaveLength(5_001);
    expect(invocations?.[0]?.toolExecutionNotifications?.[0]).toMatchObject({
      level: 'note',
      message: { text: expect.stringContaining('5,001') },
    });
  });

  test('holds at most a hundred places of one result, and says when there are more', async () => {
    const [finding] = manyFailures(1).findings as readonly [Finding];
    const evidence = Array.from({ length: 150 }, (_, i) => ({
      source: 'manifest',
      ref: `m.yaml:${i + 1}:1`,
      operation: null,
      at: null,
      sha256: null,
    }));
    const { results = [] } = await runOf({ ...manyFailures(1), findings: [{ ...finding, evidence }] });
    expect(results[0]?.relatedLocations).toHaveLength(99);
    expect(results[0]?.message.text).toContain('50 locations of this result are not in this file');
  });
});
