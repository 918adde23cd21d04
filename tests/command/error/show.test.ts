import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { showError } from '../../../src/command/error/show.ts';
import { BercailError, type Problem } from '../../../src/error.ts';
import { type Folder, scratchFolder } from '../../setup/command-line.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
});
afterAll(() => folder.remove());

const shown = { language: 'en', env: {}, color: false, isDebug: false } as const;
const show = (
  problem: Problem | readonly Problem[],
  more: Partial<Parameters<typeof showError>[1]> = {},
): string => showError(new BercailError('input', problem), { ...shown, ...more });

async function at(text: string, line: number, column: number, name = 'm.yaml'): Promise<string> {
  const file = await folder.write(name, text);
  return show({ message: 'wrong', hint: 'mend', where: { file, line, column } }).replaceAll(file, name);
}

describe('a problem shows its line, marked', () => {
  test.each([
    ['a word', 'bercail: manifest/v1\nid: été 1\n', 2, 5, 'id: été 1', '    ^^^'],
    [
      'a text between quotes',
      'bercail: "manifest / v1"\n',
      1,
      10,
      'bercail: "manifest / v1"',
      '         ^^^^^^^^^^^^^^^',
    ],
    ['a bracket', 'bercail: [x\n', 1, 10, 'bercail: [x', '         ^'],
    ['after wide characters', 'bercail: {学校: 一}\n', 1, 15, 'bercail: {学校: 一}', '                ^^'],
    ['after a tab', 'bercail: x\n\tid: a\n', 2, 2, ' id: a', ' ^^'],
    ['Windows line ends', 'bercail: x\r\nid: a\r\n', 2, 5, 'id: a', '    ^'],
    ['a column past the end', 'bercail: x\n', 1, 40, 'bercail: x', '          ^'],
  ])('%s', async (_, text, line, column, quoted, mark) => {
    const lines = (await at(text, line, column)).split('\n');
    expect(lines.slice(1, 3)).toEqual([`    ${line} | ${quoted}`, `      | ${mark}`]);
  });

  test('of a long line, what is around the place', async () => {
    const [, quoted = '', mark = ''] = (await at(`bercail: [${'a, '.repeat(5000)}]\n`, 1, 9001)).split('\n');
    expect([quoted.length <= 120, quoted.includes('…'), mark.indexOf('^')]).toEqual([true, true, 8 + 61]);
  });

  test('what could move a cursor is shown as an escape', async () => {
    expect(await at('bercail: x\nid: "\u001b[2J"\n', 2, 5)).toContain('\\u{1b}[2J');
  });
});

describe('a line is not quoted', () => {
  test.each([
    ['of a plan', '{"resource_changes": [{"password": "hunter22"}]}\n', 'plan.json'],
    ['of a sample', 'name,score\nDurand,12\n', 'sample.csv'],
    ['of a template', 'Resources:\n  Db:\n    Password: hunter22\n', 'stack.yaml'],
  ])('%s, which may hold what must not be told', async (_, text, name) => {
    expect(await at(text, 1, 1, name)).toBe(`bercail: ${name}:1:1: wrong\n  → mend\n`);
  });

  test('of a file that is gone', () => {
    expect(
      show({ message: 'wrong', where: { file: folder.path('gone'), line: 1, column: 1 } }),
    ).not.toContain('|');
  });
});

test('several problems are told all at once, and counted', () => {
  expect(
    show([
      { message: 'one', hint: 'a' },
      { message: 'two', hint: 'b' },
    ]),
  ).toBe('bercail: one\n  → a\nbercail: two\n  → b\nbercail: 2 problems\n');
});

test.each(['input', 'usage', 'config', 'rule', 'not_found', 'internal'] as const)(
  'an error of kind %s that says nothing of it says what to do, in both languages',
  (code) => {
    for (const language of ['en', 'fr'] as const)
      expect(showError(new BercailError(code, { message: 'x' }), { ...shown, language })).toMatch(
        /→ (?!error\.)\S/,
      );
  },
);

describe('a defect of Bercail', () => {
  const defect = new TypeError('x is not a function');

  test('says how to report it, without a stack', () => {
    const said = showError(defect, shown);
    expect(said).toMatch(/a defect of Bercail: TypeError: x is not a function\n.*report.*Node \d/);
    expect(said).not.toMatch(/^\s+at /m);
  });

  test('shows where it happened, and why, for --debug', () => {
    const said = showError(new Error('outer', { cause: defect }), { ...shown, isDebug: true });
    expect(said).toMatch(/^\s+at /m);
    expect(said).toContain('caused by TypeError');
  });

  test.each(['text', null, undefined, 42])('%j thrown is told as well', (thrown) => {
    expect(showError(thrown, shown)).toContain(String(thrown));
  });
});

describe('no secret is told', () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  test.each([
    ['an access key', `denied for ${key}`, key],
    ['a password in an address', 'GET https://user:hunter22@host/x', 'hunter22'],
    ['a bearer token', 'Authorization: Bearer abcdef0123456789', 'abcdef0123456789'],
    ['a signed address', 'https://s3/x?X-Amz-Signature=0123456789abcdef', '0123456789abcdef'],
    ['a connection string', 'AccountKey=abcDEF123456==;Endpoint=x', 'abcDEF123456'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIE', 'MIIE'],
    ['a web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'eyJzdWIiOiIxIn0'],
    ['what the environment holds as one', 'the value was s3cr3t-of-mine', 's3cr3t-of-mine'],
  ])('%s', (_, message, secret) => {
    const env = { MY_SECRET: 's3cr3t-of-mine' };
    for (const error of [new Error(message), new BercailError('input', { message })])
      expect(showError(error, { ...shown, env, isDebug: true })).not.toContain(secret);
  });
});

test('with colour, the same words', () => {
  const plain = show({ message: 'wrong', hint: 'mend' });
  expect(stripVTControlCharacters(show({ message: 'wrong', hint: 'mend' }, { color: true }))).toBe(plain);
});
