import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { collapse } from '../../src/report/action.ts';
import { columns, wrap } from '../../src/report/format/text/layout.ts';
import type { Span } from '../../src/report/format/text/span.ts';
import { clip, prose, visible } from '../../src/report/visible.ts';
import type { Finding, Result, UnknownGroup } from '../../src/result/result.ts';
import { hostile, hostileResult } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { languages, render } from './rendering.ts';

const escape = '\u001b';
const ansi = new RegExp(`${escape}\\[[0-9;]*m|${escape}\\]8;;[^${escape}]*${escape}\\\\`, 'g');

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)));
}

function withFindings(
  count: number,
  change: (finding: Finding, index: number) => Finding = (finding) => finding,
): Result {
  const result = result2018('en');
  const template = result.findings.find(({ rule }) => rule === 'LOC-01') as Finding;
  return {
    ...result,
    findings: Array.from({ length: count }, (_, i) =>
      change(
        {
          ...template,
          id: i.toString(16).padStart(32, '0'),
          subject: { type: 'holding', id: `results@bucket-${i}`, label: `bucket-${i}` },
        },
        i,
      ),
    ),
  };
}

describe('text', () => {
  test.each([
    [['aws 111122223333/eu-west-3', 'aws 444455556666/eu-west-3'], 'aws 111122223333/eu-west-3, aws 4444'],
    [
      ['1', '2', '3'].flatMap((n) =>
        ['eu-west-3', 'eu-west-1'].map((region) => `aws ${n.repeat(12)}/${region}`),
      ),
      'aws 3\u00a0comptes, 2\u00a0régions\n',
    ],
    [['arn', 'b', 'c', 'd', 'e'], 'aws arn, b, c, d, e'],
  ])('says where an account was read, by number where there are many: %j', async (places, said) => {
    const result = result2018('fr');
    const run = { ...result.run, sources: [{ kind: 'aws', id: places.join(', '), sha256: null }] };
    expect(await render('text', { ...result, run }, { width: 120 })).toContain(said);
  });

  test.each([30, 60, 80, 100, 120])('fits %i columns', async (width) => {
    for (const language of languages)
      expect(widest(await render('text', result2018(language), { width }))).toBeLessThanOrEqual(width);
  });

  test.each([40, 80])('fits %i columns where names are wide or endless', async (width) => {
    for (const name of [hostile.longWide, hostile.long, hostile.html])
      expect(widest(await render('text', hostileResult(name), { width }))).toBeLessThanOrEqual(width);
  });

  test('is a hundred columns wide where there is no terminal', async () => {
    expect(await render('text', result2018('en'))).toBe(
      await render('text', result2018('en'), { width: 100 }),
    );
  });

  test('has colours only when asked, and says the same without them', async () => {
    const plain = await render('text', result2018('fr'));
    const coloured = await render('text', result2018('fr'), { color: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[1;35m');
    expect(coloured.replace(ansi, '')).toBe(plain);
  });

  test('links the texts of law where the terminal has links', async () => {
    const linked = await render('text', result2018('en'), { hyperlinks: true });
    expect(linked).toContain(
      '\u001b]8;;https://eur-lex.europa.eu/eli/reg/2016/679/oj\u001b\\GDPR, art. 28(2)\u001b]8;;\u001b\\',
    );
    expect(linked.replace(ansi, '')).toBe(await render('text', result2018('en')));
  });

  test('links places in files below the folder, and in no other', async () => {
    const result = result2018('en');
    const withRef = (ref: string): Result => ({
      ...result,
      findings: result.findings.map((finding) => ({
        ...finding,
        path: [],
        evidence: finding.evidence.map((one) => ({ ...one, ref })),
      })),
    });
    const show = (ref: string): Promise<string> =>
      render('text', withRef(ref), { hyperlinks: true, folder: '/home/me/été' });
    expect(await show('data/m.yaml:31:5')).toContain(
      '\u001b]8;;file:///home/me/%C3%A9t%C3%A9/data/m.yaml#31\u001b\\data/m.yaml:31:5\u001b]8;;\u001b\\',
    );
    for (const ref of ['/etc/passwd:1:1', '../../etc/passwd:1:1', 'https://evil.example:1:1', 'C:\\x:1:1'])
      expect(await show(ref)).not.toContain('file:');
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd#1', 'file:///etc/passwd', 'not a url', '\u001b\\'])(
    'never links to %s',
    async (url) => {
      const result = result2018('en');
      const findings = result.findings.map((finding) => ({
        ...finding,
        law: finding.law.map((one) => ({ ...one, url })),
      }));
      expect(await render('text', { ...result, findings }, { hyperlinks: true })).not.toContain('\u001b');
    },
  );

  test('tells the place, the path and the evidence in words', async () => {
    const text = await render('text', result2018('en'));
    expect(text).toContain('results@reperes-replica   Frankfurt (DE) · aws eu-central-1');
    expect(text).toContain('results → reperes, Dublin (IE) → replica reperes-replica, Frankfurt (DE)');
    expect(text).toContain('examples/evaluations-2018/manifest.yaml:78:3, :52:3, s3:GetBucketLocation');
  });

  test('shows the kind of duty, that it is contested, and how far each text was verified', async () => {
    const text = await render('text', result2018('en'));
    expect(text).toMatch(/LOC-01 {2}Pupil data at rest stays in France +demand, contested/);
    expect(text).toContain(
      'SUD éducation, 2018 (secondary source) · Location clause of a contract (contract, to',
    );
  });

  test('marks what is waived with who, why and until when', async () => {
    expect(await render('text', result2018('en'))).toMatch(
      /~ results@archive[^]+Waived +Kept until the end of the legal retention period — approved by data protection\n +officer on 2018-09-20, until 2018-12-31 included/,
    );
  });

  test('says what a rule asks, rests on and demands once, whatever the number of its subjects', async () => {
    const text = await render('text', withFindings(5));
    for (const once of [
      'Pupil data at rest stays in France',
      'SUD éducation, 2018',
      'Recreate the store in a region',
    ])
      expect(text.split(once)).toHaveLength(2);
    expect(text.split('is kept in Dublin')).toHaveLength(2);
    expect(text.split('the same as above')).toHaveLength(5);
  });

  test('says for whom each way to mend is, where there are several', async () => {
    const text = await render(
      'text',
      withFindings(4, (finding, index) => ({ ...finding, fix: index === 0 ? 'Move it.' : 'Erase it.' })),
    );
    expect(text).toContain('results@bucket-0 — Move it.');
    expect(text).toContain('results@bucket-1, results@bucket-2, results@bucket-3 — Erase it.');
  });

  test('folds many subjects of a rule and says how to see them all', async () => {
    const text = await render('text', withFindings(2000));
    expect(text).toContain('A summary: 2,000 findings of 1 rule. In full: `bercail browse`');
    expect(text).toMatch(/LOC-01 {2}Pupil data at rest stays in France +2,000 subjects · demand, contested/);
    expect(text).toContain('results@bucket-1 (Dublin (IE)) and 1,998 more');
    expect(text.split('\n').length).toBeLessThan(120);
  });

  test('tells 200 findings of many rules in a few lines each, and all in full to who asks for all', async () => {
    const rule = (index: number): string => `LOC-${String(index % 40).padStart(2, '0')}`;
    const many = withFindings(200, (finding, index) => ({ ...finding, rule: rule(index) }));
    const text = await render('text', many, { width: 80 });
    expect(text.split('\n').length).toBeLessThan(40 * 4 + 100);
    for (let index = 0; index < 40; index += 1) expect(text).toContain(`✗ ${rule(index)}`);
    const [first] = many.findings as readonly [Finding];
    const all = { ...many, findings: [...many.findings, { ...first, outcome: 'pass' as const }] };
    expect(await render('text', all, { width: 80 })).not.toContain('A summary');
  });

  test('folds the subjects of one rule where there are few findings', async () => {
    const text = await render('text', withFindings(40));
    expect(text).toContain('and 25 more subjects: `bercail browse` shows them all');
  });

  test('folds many subjects with missing facts, warnings and calls, and counts what it folds', async () => {
    const result = result2018('en');
    const [group] = result.unknowns as readonly [UnknownGroup];
    const [gap] = result.coverage.gaps as readonly [Result['coverage']['gaps'][number]];
    const many = {
      ...result,
      findings: [],
      unknowns: Array.from({ length: 100 }, (_, i) => ({
        ...group,
        subject: { ...group.subject, id: `s${i}` },
      })),
      warnings: Array.from({ length: 100 }, (_, i) => `w${i}`),
      coverage: {
        ...result.coverage,
        gaps: Array.from({ length: 100 }, (_, i) => ({ ...gap, operation: `s3:Get${i}` })),
      },
    };
    const text = await render('text', many);
    expect(text).toContain('Not known · 100 subjects, 100 missing facts');
    expect(text).toContain('and 64 more subjects with missing facts: `bercail browse` shows them all');
    expect(text).toContain('and 90 more warnings');
    expect(text).toContain('and 88 more kinds of calls');
  });

  test('lists what passed, a line a rule, when every judgement is in the result', async () => {
    const text = await render(
      'text',
      withFindings(20, (finding) => ({ ...finding, outcome: 'pass' })),
    );
    expect(text).toContain('── Passed · 20 subjects');
    expect(text).toContain('results@bucket-0, results@bucket-1, results@bucket-2 and 17 more');
  });

  test('ends with the accounting, the gate and what to type next', async () => {
    const text = await render('text', result2018('fr'));
    expect(text).toMatch(
      /Actifs +9 = 7 évalués \+ 2 sans objet\n +Faits +connus\u00a088 · absents\u00a06[^]+✗ Le seuil n’est pas respecté \(code de sortie 1\)\n {2}4 constats[^]+bercail explain CHN-02[^]+bercail audit --print-permissions aws/,
    );
  });

  test('does not cheer about a gate that is off while something fails', async () => {
    const result = result2018('en');
    const gate = { verdict: 'pass', exit_code: 0, reason: 'off' } as const;
    expect(await render('text', { ...result, summary: { ...result.summary, gate } })).toContain(
      '• The gate passes (exit code 0)',
    );
  });
});

describe('the layout of text', () => {
  const lines = (text: string, width: number): string[] =>
    wrap([text], width).map((line) => line.map((span: Span) => span.text).join(''));

  test.each([
    ['one two three', 7, ['one two', 'three']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['漢字漢字', 4, ['漢字', '漢字']],
    ['« oui »', 4, ['«', 'oui', '»']],
    ['«\u00a0oui\u00a0» non', 8, ['«\u00a0oui\u00a0»', 'non']],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2, ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']],
    ['a  b', 10, ['a b']],
    ['', 10, ['']],
  ])('%j in %i columns', (text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  test.each(['abc', 'é « ’ – → · • ✗', '漢字', '👍', 'e\u0301', '한글', 'ａ'])(
    'counts the columns of %s as terminals do',
    (text) => {
      expect(columns(text)).toBe(stringWidth(text));
    },
  );

  test('three facts of a record are told together, two are not', () => {
    const write = (members: readonly string[]): string => `{${members.join(', ')}}`;
    expect(collapse(['a.b.x', 'a.b.y', 'a.b.z', 'a.c', 'owner'], write)).toEqual([
      'a.b.{x, y, z}',
      'a.c',
      'owner',
    ]);
    expect(collapse(['a.b.x', 'a.b.y'], write)).toEqual(['a.b.x', 'a.b.y']);
  });
});

describe('text from outside', () => {
  test.each([
    ['\u001b[31m', '\\u{1b}[31m'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['\u0000\u009b\u007f', '\\u{0}\\u{9b}\\u{7f}'],
    ['\u{e0041}\ufeff', '\\u{e0041}\\u{feff}'],
    ['\ud800', '\\u{d800}'],
    ['👩‍👧 é « x »', '👩‍👧 é « x »'],
  ])('%j is shown as %j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test('prose loses its line breaks, not its words', () => {
    expect(prose(' one\n  two\tthree\u001b ')).toBe('one two three\\u{1b}');
  });

  test('is cut between characters, and says how much', () => {
    expect(clip('👍'.repeat(5), 3, (count) => `+${count}`)).toBe(`${'👍'.repeat(3)}… +2`);
    expect(clip('abc', 3, () => '')).toBe('abc');
  });
});
