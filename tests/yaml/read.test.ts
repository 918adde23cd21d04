import { describe, expect, test } from '@jest/globals';
import { BercailError } from '../../src/error.ts';
import { readYaml } from '../../src/yaml/read.ts';

function refusal(content: string | Uint8Array, options = {}): string {
  try {
    readYaml(content, 'f.yaml', options);
  } catch (error) {
    if (error instanceof BercailError && error.code === 'input') return error.message;
    throw error;
  }
  return 'accepted';
}

const letters = 'abcdefghij'.split('');
const billionLaughs = letters
  .map(
    (name, index) =>
      `${name}: &${name} [${Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${letters[index - 1]}`)).join(', ')}]`,
  )
  .join('\n');

describe('refuses, with a position and a hint', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'f.yaml:1:1: the file is empty'],
    ['a file of comments', '# nothing\n', 'f.yaml:1:1: the file is empty'],
    [
      'a duplicate key',
      'a: 1\nb:\n  c: 1\n  "c": 2\n',
      'f.yaml:4:3: the key "c" is written twice (keep one of the two)',
    ],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'f.yaml:2:1: a tab is used to indent (indent with spaces)'],
    [
      'several documents',
      'a: 1\n---\nb: 1\n',
      'f.yaml:2:1: the file holds several YAML documents (keep one document a file, without "---" between parts)',
    ],
    ['a tag of its own', 'a: 1\nb: !money 2\n', 'f.yaml:2:11: tags of your own are not read'],
    ['a binary tag', 'a: !!binary aGVsbG8=\n', 'tags of your own are not read'],
    ['YAML 1.1', '%YAML 1.1\n---\na: yes\n', 'f.yaml:1:1: only YAML 1.2 is read'],
    [
      'a reserved key',
      '__proto__: {x: 1}\n',
      'f.yaml:1:1: the key "__proto__" is reserved (choose another name)',
    ],
    ['a key that is no word', '? [a]\n: 1\n', 'f.yaml:1:3: a key must be a word'],
    ['a number without a value', 'a: .inf\n', 'f.yaml:1:4: this number has no value'],
    ['an alias of nothing', 'a: *b\n', 'f.yaml:1:4: this alias refers to itself or to no anchor'],
    ['an alias of itself', 'a: &a [*a]\n', 'f.yaml:1:8: this alias refers to itself or to no anchor'],
    [
      'an alias bomb',
      billionLaughs,
      'the aliases of this file stand for too many values (at most 10000: write them out)',
    ],
    ['a zero byte', 'a: 1\nb: \0\n', 'f.yaml:2:4: this is not a text file: it contains control characters'],
    [
      'UTF-16',
      Buffer.from('\uFEFFa: 1', 'utf16le'),
      'f.yaml:1:1: the file is saved as UTF-16 (save it again as UTF-8)',
    ],
    ['UTF-16 without a mark', Buffer.from('a: 1', 'utf16le'), 'f.yaml:1:1: the file is saved as UTF-16'],
    [
      'Latin-1',
      Buffer.from('a: 1\nb: été\n', 'latin1'),
      'f.yaml:2:4: the file is not valid UTF-8 (save it again as UTF-8)',
    ],
    [
      'an image',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      'f.yaml:1:1: the file is not valid UTF-8',
    ],
    ['an open bracket', 'a: [1, 2\nb: 3\n', 'f.yaml:2:1: the YAML is broken'],
  ])('%s', (_, content, expected) => {
    expect(refusal(content)).toContain(expected);
  });

  test('every duplicate at once', () => {
    expect(refusal('a: 1\na: 2\nb: {c: 1, c: 2}\n').split('\n')).toHaveLength(2);
  });

  test.each(['[', '{a: ', '- ', '? '])('100,000 levels of %j', (opening) => {
    expect(refusal(opening.repeat(100_000))).toContain('the file is nested too deep (at most 100 levels)');
  });

  test.each([
    ['a list', '- a\n', 'too many values'],
    ['brackets that close nothing', ']', 'the YAML is broken'],
    ['directives', '%x\n', 'f.yaml:1:1'],
    ['anchors', '&a ', 'too many values'],
  ])('9 MB of %s', (_, unit, expected) => {
    expect(refusal(unit.repeat(9_000_000 / unit.length))).toContain(expected);
  });

  test('10 MB', () => {
    expect(refusal('a'.repeat(10_000_000))).toBe(
      'f.yaml:1:1: the file is too large: 10 MB (the limit is 10 MB)',
    );
  });

  test('more than the caller allows', () => {
    expect(refusal('a: 1\n', { maxBytes: 5 })).toContain('too large');
  });

  test('control characters of a name are shown as escapes', () => {
    expect(refusal('"\\e[2J": 1\n"\\e[2J": 1\n')).toContain('the key "\\u{1b}[2J" is written twice');
  });
});

describe('reads', () => {
  test.each<[string, string, unknown]>([
    [
      'yes, no and days as texts',
      'a: yes\nb: no\nc: 2018-09-26\nd: 2018-09\n',
      { a: 'yes', b: 'no', c: '2018-09-26', d: '2018-09' },
    ],
    ['JSON', '{"a": [1, null, true, "\\u00e9"]}', { a: [1, null, true, 'é'] }],
    ['a byte order mark and CRLF', '\uFEFFa: 1\r\nb: |\r\n  x\r\n', { a: 1, b: 'x\n' }],
    [
      'keys that look like numbers as written',
      '2018: a\n0x10: b\ntrue: c\n',
      { 2018: 'a', '0x10': 'b', true: 'c' },
    ],
    ['standard tags', 'a: !!str 2018\n', { a: '2018' }],
    ['aliases', 'a: &a {b: 1}\nc: *a\n', { a: { b: 1 }, c: { b: 1 } }],
  ])('%s', (_, content, expected) => {
    expect(readYaml(content, 'f.yaml').value).toEqual(expected);
  });

  test('a key named constructor meets nothing of ours', () => {
    const value = readYaml('constructor: 1\n', 'f.yaml').value as object;
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value)).toEqual(['constructor']);
  });
});

describe('says where', () => {
  const content = '\uFEFFa: 1\r\nb:\r\n  - x\r\n  - {c: yes, d: [1]}\r\ne: &e {f: 1}\r\ng: *e\r\nh:\r\n';
  const { positionOf } = readYaml(content, 'f.yaml');

  test.each<[(string | number)[], 'key' | 'value', number, number]>([
    [[], 'key', 1, 1],
    [['a'], 'key', 1, 1],
    [['a'], 'value', 1, 4],
    [['b', 0], 'key', 3, 5],
    [['b', 1, 'c'], 'key', 4, 6],
    [['b', '1', 'd', '0'], 'value', 4, 18],
    [['g'], 'value', 6, 4],
    [['g', 'f'], 'value', 5, 11],
    [['h'], 'value', 7, 1],
    [['b', 1, 'none', 'at all'], 'key', 4, 5],
    [['none'], 'key', 1, 1],
  ])('%j (%s) is at %i:%i', (path, what, line, column) => {
    expect(positionOf(path, what)).toEqual({ file: 'f.yaml', line, column });
  });
});
