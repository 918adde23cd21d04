import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Result } from '../../src/result/result.ts';
import { hostile, hostileResult } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { languages, readRepository, render } from './rendering.ts';

const names = Object.keys(hostile) as (keyof typeof hostile)[];

describe('gitlab', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(
    JSON.parse(readRepository('tests/fixtures/report/schema/gitlab-code-quality.schema.json')) as object,
  );

  interface Issue {
    readonly check_name: string;
    readonly description: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: object;
  }

  async function issuesOf(result: Result): Promise<readonly Issue[]> {
    return JSON.parse(await render('gitlab', result)) as Issue[];
  }

  test.each(languages)('in %s is what GitLab reads', async (language) => {
    expect(validate(await issuesOf(result2018(language))) ? [] : validate.errors).toEqual([]);
  });

  test.each(names.filter((name) => name !== 'empty'))('is that where names are %s', async (name) => {
    expect(validate(await issuesOf(hostileResult(hostile[name]))) ? [] : validate.errors).toEqual([]);
  });

  test('has a fingerprint of its own for everything, the finding’s where there is one', async () => {
    const issues = await issuesOf(result2018('en'));
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    expect(issues[1]).toMatchObject({
      check_name: 'LOC-01 pupil-data-stays-in-france',
      fingerprint: '3fa94c2112d84e0b9c7a6f5e4d3c2b1a',
      severity: 'critical',
      location: { path: 'examples/evaluations-2018/manifest.yaml', lines: { begin: 78 } },
    });
  });

  test.each([
    ['critical', 'blocker'],
    ['high', 'critical'],
    ['medium', 'major'],
    ['low', 'minor'],
    ['info', 'info'],
  ] as const)('%s is %s', async (severity, expected) => {
    const result = result2018('en');
    const findings = result.findings.slice(0, 1).map((finding) => ({ ...finding, severity }));
    expect((await issuesOf({ ...result, findings, unknowns: [] })).map((issue) => issue.severity)).toEqual([
      expected,
    ]);
  });

  test('what is waived or not known is information, and says so', async () => {
    const issues = await issuesOf(result2018('en'));
    const waived = issues.find(({ description }) => description.includes('results@archive'));
    expect(waived).toMatchObject({
      severity: 'info',
      description: expect.stringContaining('Waived: Kept until'),
    });
    expect(issues.find(({ check_name }) => check_name === 'DPA-01')).toMatchObject({ severity: 'info' });
  });
});

describe('gitlab-sast', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(
    JSON.parse(readRepository('tests/fixtures/report/schema/gitlab-sast-15.0.7.schema.json')) as object,
  );

  interface Report {
    readonly scan: { readonly status: string; readonly messages: readonly { readonly value: string }[] };
    readonly vulnerabilities: readonly {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly severity: string;
      readonly location: object;
      readonly identifiers: readonly object[];
    }[];
  }

  async function reportOf(result: Result): Promise<Report> {
    return JSON.parse(await render('gitlab-sast', result)) as Report;
  }

  test.each(languages)('in %s fits the schema of GitLab', async (language) => {
    expect(validate(await reportOf(result2018(language))) ? [] : validate.errors).toEqual([]);
  });

  test.each(names)('fits it where names are %s', async (name) => {
    expect(validate(await reportOf(hostileResult(hostile[name]))) ? [] : validate.errors).toEqual([]);
  });

  test('the schema refuses what it should: a report without a scan, a severity of its own', async () => {
    const { scan: _, ...rest } = await reportOf(result2018('en'));
    expect(validate(rest)).toBe(false);
    expect(
      validate({ ...(await reportOf(result2018('en'))), vulnerabilities: [{ severity: 'awful' }] }),
    ).toBe(false);
  });

  test('holds the same entries as the Code Quality report, under the same fingerprints', async () => {
    const issues = JSON.parse(await render('gitlab', result2018('en'))) as readonly { fingerprint: string }[];
    const { vulnerabilities } = await reportOf(result2018('en'));
    expect(vulnerabilities.map(({ id }) => id)).toEqual(issues.map(({ fingerprint }) => fingerprint));
  });

  test.each([
    ['LOC-01', 'reperes', 'High'],
    ['LOC-01', 'archive', 'Info'],
    ['SEC-05', 'ministry-server', 'Unknown'],
    ['DPA-01', 'contractor', 'Unknown'],
  ])('%s of %s is %s', async (rule, subject, severity) => {
    const { vulnerabilities } = await reportOf(result2018('en'));
    const found = vulnerabilities.find(
      ({ name, description }) => name.startsWith(rule) && description.includes(subject),
    );
    expect(found?.severity).toBe(severity);
  });

  test('points at the line, and gives one identifier: shared ones would merge findings of one line', async () => {
    const { vulnerabilities } = await reportOf(result2018('en'));
    expect(vulnerabilities[1]?.location).toEqual({
      file: 'examples/evaluations-2018/manifest.yaml',
      start_line: 78,
      end_line: 78,
    });
    expect(vulnerabilities.every(({ identifiers }) => identifiers.length === 1)).toBe(true);
  });

  test('says what was not read, and that a rule broke', async () => {
    const { scan } = await reportOf(result2018('en'));
    expect(scan.status).toBe('failure');
    expect(scan.messages.filter(({ value }) => value.includes('reperes-logs'))).toHaveLength(1);
  });
});

describe('github', () => {
  const line =
    /^::(error|warning|notice) ((?:file=[^:,]+,(?:line=\d+,)?(?:col=\d+,)?)?title=[^:,]*)::([^\n]*)$/;

  test.each(languages)('in %s is one command a line', async (language) => {
    const lines = (await render('github', result2018(language))).trimEnd().split('\n');
    expect(lines.filter((one) => !line.test(one))).toEqual([]);
  });

  test.each(names)('stays that where names are %s', async (name) => {
    const text = await render('github', hostileResult(hostile[name]));
    const lines = text.split('\n').slice(0, -1);
    expect(lines.filter((one) => !/^::(error|warning|notice) [^:\n]*::/.test(one))).toEqual([]);
    expect(lines.length).toBe((await render('github', hostileResult('x'))).split('\n').length - 1);
  });

  test('tells the verdict first, since a step shows ten annotations of a level', async () => {
    expect(await render('github', result2018('en'))).toMatch(
      /^::error title=Bercail — The gate fails::4 findings/,
    );
  });

  test('points at file, line and column, and escapes what ends a property', async () => {
    const result = result2018('en');
    const evidence = [
      { source: 'manifest', ref: 'a,b:c%.yaml:7:2', operation: null, at: null, sha256: null },
    ];
    const text = await render('github', {
      ...result,
      findings: result.findings.slice(0, 1).map((finding) => ({ ...finding, evidence, title: 'a: b, c' })),
    });
    expect(text).toContain('::error file=a%2Cb%3Ac%25.yaml,line=7,col=2,title=CHN-02 — a%3A b%2C c::');
  });

  test('what is waived is a notice, what is not known a warning', async () => {
    const text = await render('github', result2018('en'));
    expect(text).toMatch(/^::notice file=[^\n]+::results@archive — [^\n]+%0AWaived: Kept/m);
    expect(text).toMatch(/^::warning title=DPA-01 — unknown::Cannot be decided for contractor/m);
  });
});

describe('markdown', () => {
  /** What is left when our own tags and the character references are taken away. */
  const own = /<\/?(?:details|summary|b|code|sub)>|<br>/g;

  test.each(names)('holds no markup but its own where names are %s', async (name) => {
    const text = await render('markdown', hostileResult(hostile[name]));
    expect(text.replace(own, '')).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/https?:\/\/|www\.evil|\]\(|!\[|@octocat|[^&]#12|~~/);
  });

  test.each(names.filter((name) => name !== 'empty'))('keeps its lines where names are %s', async (name) => {
    const lines = async (text: string): Promise<string[]> =>
      (await render('markdown', hostileResult(text)))
        .split('\n')
        .map((one) => one.replace(/^(## |### |- |\| |<details>|<summary>)?.*$/, '$1'));
    expect(await lines(hostile[name])).toEqual(await lines('x'));
  });

  test('fits a comment, and says how much it leaves out', async () => {
    const result = result2018('en');
    const [template] = result.findings as readonly [Result['findings'][number]];
    const text = await render('markdown', {
      ...result,
      findings: Array.from({ length: 3000 }, (_, i) => ({
        ...template,
        subject: { ...template.subject, id: `bucket-${i}` },
      })),
    });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\*\*\d,\d+ more entries are not shown/);
    expect(text).toContain('9 = 7 evaluated');
  });
});

describe('csv', () => {
  /** Records of RFC 4180: quoted fields, commas, CRLF. */
  function read(text: string): string[][] {
    return text
      .split('\r\n')
      .slice(0, -1)
      .map((record) => {
        expect(record).toMatch(/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*$/);
        return [...record.matchAll(/"((?:[^"]|"")*)"/g)].map(([, field = '']) => field.replaceAll('""', '"'));
      });
  }

  test.each(names)('has one record a judgement where names are %s', async (name) => {
    const rows = read(await render('csv', hostileResult(hostile[name])));
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    expect(rows).toHaveLength(1 + 7 + 9);
  });

  test.each(names)('runs nothing in a spreadsheet where names are %s', async (name) => {
    const rows = read(await render('csv', hostileResult(hostile[name])));
    expect(rows.flat().filter((field) => /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(field))).toEqual([]);
  });

  test('names its columns in English in every language', async () => {
    const [[head], [tete]] = [
      read(await render('csv', result2018('en'))),
      read(await render('csv', result2018('fr'))),
    ];
    expect(head).toEqual(tete);
    expect(head?.slice(0, 2)).toEqual(['id', 'rule']);
  });

  test('tells what is not known, and what is waived', async () => {
    const rows = read(await render('csv', result2018('en')));
    expect(rows.filter((row) => row.includes('unknown'))).toHaveLength(9);
    expect(rows.find((row) => row.includes('results@archive'))?.at(-1)).toContain(
      'approved by data protection officer',
    );
  });
});
