import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readYaml } from '../../src/yaml/read.ts';
import { type Folder, type Ran, scratchFolder, type } from '../setup/command-line.ts';

const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  host: {name: Host, role: processor, engaged_by: men, seat: FR}
datasets:
  results: {subjects: [pupil], categories: [education.results]}
assets:
  store: {kind: saas, operator: host, place: {country: FR}, holds: [results]}
activities:
  evaluation: {controller: men, datasets: [results]}
`;
const config = 'bercail: config/v1\nmanifests: [manifest.yaml]\n';
const named = `${config}attestations: answers.yaml\n`;

let folder: Folder;
beforeEach(async () => {
  folder = await scratchFolder();
  await folder.write('manifest.yaml', manifest);
  await folder.write('bercail.yaml', named);
  await folder.write('answers.yaml', 'bercail: attestations/v1\nattestations: []\n');
});
afterEach(() => folder.remove());

const attest = (...words: string[]): Promise<Ran> => type(['attest', folder.path(), ...words]);
const answer = (...words: string[]): Promise<Ran> =>
  attest(
    '--rule',
    'GOV-07',
    '--subject',
    'evaluation',
    '--answer',
    'yes',
    '--signed-by',
    'Ethics officer',
    ...words,
  );

async function outcome(rule: string, subject: string, at?: string): Promise<string | undefined> {
  const { out } = await type(['check', folder.path(), '--format', 'json', '--all', '--rule', rule], at);
  const { findings } = JSON.parse(out) as { findings: { subject: { id: string }; outcome: string }[] };
  return findings.find((finding) => finding.subject.id === subject)?.outcome;
}

describe('the questions', () => {
  test('are those of rules that ask people, with what would answer them', async () => {
    const { code, out } = await attest('--format', 'json');
    const rows = JSON.parse(out) as {
      rule: string;
      subject: { id: string };
      question: string;
      evidence: string;
      fields: string[];
      until: string;
    }[];
    const door = rows.find(({ rule }) => rule === 'GOV-07');
    expect(code).toBe(0);
    expect(rows.map(({ rule }) => rule)).not.toContain('LOC-01');
    expect(door).toMatchObject({ subject: { id: 'evaluation' }, until: '2027-11-22', fields: [] });
    expect(door?.question).toMatch(/^Does this hold: .+\?$/);
    expect(door?.evidence).toContain('ethics officer');
    expect(rows.find(({ rule }) => rule === 'REV-01')?.fields).toEqual([
      'activities.evaluation.reversibility.planned',
      'activities.evaluation.reversibility.tested',
    ]);
  });

  test('are asked in the reader’s language, with the command that answers', async () => {
    const { out } = await attest('--lang', 'fr', '--rule', 'GOV-07');
    expect(out).toContain('1 question ouverte');
    expect(out).toContain('Est-ce établi');
    expect(out).toContain(
      `bercail attest ${folder.path()} --rule GOV-07 --subject evaluation --answer yes|no --signed-by`,
    );
  });

  test('are a form that is a file of attestations, of which nothing counts yet', async () => {
    const { out } = await attest('--format', 'yaml');
    await folder.write('answers.yaml', out);
    expect(out).toContain('# Does this hold:');
    expect(await outcome('GOV-07', 'evaluation')).toBe('unknown');
    await folder.write(
      'answers.yaml',
      out.replace(
        /(rule: GOV-07\n {4}subject: evaluation\n {4}answer: )unknown(\n {4}signed_by: )unknown(\n {4}signed_on: )unknown/,
        '$1yes$2Someone$32026-11-20',
      ),
    );
    expect(await outcome('GOV-07', 'evaluation')).toBe('pass');
  });

  test('say that an answer is there and counts for nothing', async () => {
    await answer();
    expect((await attest('--rule', 'GOV-07')).out).toContain('No question is open.');
    const { out } = await type(['attest', folder.path(), '--rule', 'GOV-07', '--as-of', '2027-11-23']);
    expect(out).toContain('There is an answer of 2026-11-22 by Ethics officer, until 2027-11-22');
  });
});

describe('an answer', () => {
  test('is kept with its signer, day, end and the digest of what it rests on', async () => {
    const evidence = await folder.write('file/opinion.pdf', 'the opinion');
    const { code, err } = await answer('--evidence', evidence, '--expires', '2027-01-31');
    expect([code, err]).toEqual([0, '']);
    expect(readYaml(await folder.read('answers.yaml'), 'answers.yaml').value).toEqual({
      bercail: 'attestations/v1',
      attestations: [
        {
          rule: 'GOV-07',
          subject: 'evaluation',
          answer: 'yes',
          signed_by: 'Ethics officer',
          signed_on: '2026-11-22',
          expires: '2027-01-31',
          evidence: {
            file: 'file/opinion.pdf',
            sha256: createHash('sha256').update('the opinion').digest('hex'),
          },
        },
      ],
    });
    expect(await outcome('GOV-07', 'evaluation')).toBe('pass');
  });

  test.each([
    ['on its last day', '2027-11-22T10:00:00Z', 'pass'],
    ['on the day after', '2027-11-23T10:00:00Z', 'unknown'],
    ['before it was signed', '2026-11-21T10:00:00Z', 'unknown'],
  ])('by default counts for a year: %s it is %s', async (_when, at, expected) => {
    await answer();
    expect(await outcome('GOV-07', 'evaluation', at)).toBe(expected);
  });

  test('of no fails', async () => {
    await attest('--rule', 'GOV-07', '--subject', 'evaluation', '--answer', 'no', '--signed-by', 'X');
    expect(await outcome('GOV-07', 'evaluation')).toBe('fail');
  });

  test('leaves comments and other answers as they are', async () => {
    const before = `# Who signs, and why.
bercail: attestations/v1 # the format
attestations:
  # The first campaign.
  - rule: GOV-07   # the door
    subject: evaluation
    answer: no
    signed_by: "A very long name that no line should be broken for, whatever its length may be, of the office of the académie"
    signed_on: 2025-01-01
    expires: 2025-12-31
  # Nothing else yet.
`;
    await folder.write('answers.yaml', before);
    await answer();
    const after = await folder.read('answers.yaml');
    for (const line of before.split('\n').filter((line) => line.includes('#')))
      expect(after).toContain(line.slice(line.indexOf('#')));
    expect(after).toContain(
      'A very long name that no line should be broken for, whatever its length may be, of the office of the académie',
    );
    expect((readYaml(after, 'a').value as { attestations: unknown[] }).attestations).toHaveLength(2);
    expect(await outcome('GOV-07', 'evaluation')).toBe('pass');
  });

  test('goes beside the configuration when it names no file, and says that no run reads it yet', async () => {
    await folder.write('bercail.yaml', config);
    const { err } = await answer();
    expect(err).toContain('name attestations.yaml under the key attestations of');
    expect(await outcome('GOV-07', 'evaluation')).toBe('unknown');
    await folder.write('bercail.yaml', `${config}attestations: attestations.yaml\n`);
    expect(await outcome('GOV-07', 'evaluation')).toBe('pass');
  });

  test('says when an earlier one still weighs more, or facts decide already', async () => {
    await attest('--rule', 'GOV-07', '--subject', 'evaluation', '--answer', 'no', '--signed-by', 'X');
    expect((await answer()).err).toContain('an earlier answer, no, of 2026-11-22 still counts');
    await folder.write(
      'manifest.yaml',
      manifest.replace('datasets: [results]}\n', 'datasets: [results], reversibility: none}\n'),
    );
    const { err } = await attest(
      '--rule',
      'REV-01',
      '--subject',
      'evaluation',
      '--answer',
      'yes',
      '--signed-by',
      'X',
    );
    expect(err).toContain('facts already decide REV-01 here: fail');
    expect(await outcome('REV-01', 'evaluation')).toBe('fail');
  });

  test.each([
    [
      'nobody signs',
      ['--rule', 'GOV-07', '--subject', 'evaluation', '--answer', 'yes'],
      'an answer needs --signed-by',
    ],
    [
      'only blanks sign',
      ['--rule', 'GOV-07', '--subject', 'evaluation', '--answer', 'yes', '--signed-by', ' '],
      'an answer needs --signed-by',
    ],
    [
      'is about no rule',
      ['--rule', 'GOV-77', '--subject', 'evaluation', '--answer', 'yes', '--signed-by', 'X'],
      'no rule GOV-77',
    ],
    [
      'is about a rule that facts decide',
      ['--rule', 'LOC-01', '--subject', 'results@store', '--answer', 'yes', '--signed-by', 'X'],
      'LOC-01 asks nobody',
    ],
    [
      'is about nothing that is there',
      ['--rule', 'GOV-07', '--subject', 'evaluations', '--answer', 'yes', '--signed-by', 'X'],
      'GOV-07 judges no evaluations (nearest: evaluation)',
    ],
    [
      'is over already',
      [
        '--rule',
        'GOV-07',
        '--subject',
        'evaluation',
        '--answer',
        'yes',
        '--signed-by',
        'X',
        '--expires',
        '2026-11-21',
      ],
      'is over',
    ],
    [
      'rests on a file that is not there',
      [
        '--rule',
        'GOV-07',
        '--subject',
        'evaluation',
        '--answer',
        'yes',
        '--signed-by',
        'X',
        '--evidence',
        'nowhere.pdf',
      ],
      'nowhere.pdf does not exist',
    ],
    ['is signed and not given', ['--signed-by', 'X'], 'no answer to go with'],
  ])('that %s is refused, and nothing is written', async (_what, words, message) => {
    const before = await folder.read('answers.yaml');
    const { code, err } = await attest(...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(await folder.read('answers.yaml')).toBe(before);
  });

  test('to a file that is none is refused, with where', async () => {
    await folder.write('answers.yaml', 'bercail: attestations/v1\nattestations:\n  - {rule: GOV-07}\n');
    const { code, err } = await answer();
    expect(code).toBe(2);
    expect(err).toMatch(/answers\.yaml:3:\d+/);
  });
});

describe('a file of attestations', () => {
  test('that answers nothing of the run is told', async () => {
    await folder.write(
      'answers.yaml',
      'bercail: attestations/v1\nattestations:\n  - {rule: GOV-07, subject: gone, answer: yes, signed_by: X, signed_on: 2026-01-01}\n',
    );
    const { out } = await type(['check', folder.path(), '--format', 'json']);
    expect((JSON.parse(out) as { warnings: string[] }).warnings).toContain(
      'the attestation of GOV-07 for gone answers nothing that this run asks',
    );
  });

  test('is read as a path, or found in a folder, and named among the sources', async () => {
    await answer();
    const { out } = await type([
      'check',
      folder.path('manifest.yaml'),
      folder.path('answers.yaml'),
      '--format',
      'json',
      '--all',
      '--rule',
      'GOV-07',
    ]);
    const { findings, run } = JSON.parse(out) as {
      findings: { outcome: string }[];
      run: { sources: { kind: string }[] };
    };
    expect(findings.map((finding) => finding.outcome)).toEqual(['pass']);
    expect(run.sources.map(({ kind }) => kind)).toEqual(['manifest', 'attestations']);
  });

  test('that is not there is an error at the line that names it', async () => {
    await folder.write('bercail.yaml', `${config}attestations: none-such.yaml\n`);
    const { code, err } = await type(['check', folder.path()]);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/bercail\.yaml:3:1: .*none-such\.yaml does not exist/),
    ]);
  });
});
