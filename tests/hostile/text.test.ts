import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { embedded } from '../../src/anonymity/identifier/shape.ts';
import { canonicalId } from '../../src/collect/azure/read/id.ts';
import { sightOf } from '../../src/collect/azure/sight.ts';
import { bucketOfHost } from '../../src/collect/code/arn.ts';
import { parseSourceText } from '../../src/collect/code/document.ts';
import { readItems } from '../../src/collect/kubernetes/document.ts';
import { kindOfImage } from '../../src/collect/kubernetes/kind.ts';
import { fileSettings } from '../../src/collect/kubernetes/setting.ts';
import { rootOf } from '../../src/collect/s3/endpoint/answer.ts';
import { withoutSecrets } from '../../src/command/error/secret.ts';
import { detectText, looksLikeOurs } from '../../src/input/detect.ts';
import { translator } from '../../src/io/translate.ts';
import { createEngine } from '../../src/rule/cel/engine.ts';

const many = 200_000;
const { compile } = createEngine({ types: {} });
const evaluate = (source: string, text: string): unknown =>
  compile(source, { variables: { text: 'string' } }).evaluate({ text });
const refused = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return (error as Error).name;
  }
};

/** Each took minutes, or no end, by a pattern that tried every way to read it. */
test.each<[string, () => unknown, unknown]>([
  ['empty lines before nothing', () => looksLikeOurs(`${'\n'.repeat(many)}x`), false],
  ['empty lines in JSON that is nothing', () => detectText(`{${'\n\t'.repeat(many)}x`, 'a.json'), null],
  [
    'comments before an answer that is none',
    () => rootOf(`<!---->${'<!--?><--><!--?><-->'.repeat(90)}?><.`),
    '',
  ],
  [
    'a declaration and comments before an answer',
    () => rootOf('<?xml?> <!-- a --><!--b-->\n<n:Error>'),
    'Error',
  ],
  ['a host that is nearly one of S3', () => bucketOfHost(`-.s3-${'s-s.'.repeat(50)}-`), undefined],
  ['a host of S3', () => bucketOfHost('my.bucket.s3.dualstack.eu-west-3.amazonaws.com'), 'my.bucket'],
  ['slashes in an id', () => canonicalId(`a${'/'.repeat(many)}b//`).endsWith('b'), true],
  [
    'stars in the role of somebody else',
    () => sightOf([{ actions: [`${'*e'.repeat(40)}z`, '*/read'], notActions: [] }]),
    'all',
  ],
  [
    'a digest of an image, again and again',
    () => kindOfImage(`postgres${'@sha256:'.repeat(many)}\n`),
    'database',
  ],
  [
    'comments of a template that do not end',
    () => refused(() => parseSourceText(`{"a": ${'/*'.repeat(many)}`, 'a.json')),
    'BercailError',
  ],
  [
    'quotes of a template that do not end',
    () => refused(() => parseSourceText(`{"a": "${'*\\"'.repeat(many)}/*`, 'a.json')),
    'BercailError',
  ],
  [
    'heads of helm without manifests',
    () => refused(() => readItems(`NAME: a\n${'NAME: a\n'.repeat(100)}`, 'a.yaml')),
    'BercailError',
  ],
  ['words of a setting', () => fileSettings(`:${'a.'.repeat(many)}`, 'env', 'A', 9).length, 1],
  ['spaces of a setting', () => fileSettings(`a: b${' '.repeat(many)}c`, 'env', 'A', 9).length, 1],
  ['defaults in defaults', () => fileSettings(`a=${'${a:-'.repeat(many / 4)}`, 'env', 'A', 9).length, 1],
  [
    'what is nearly a token, in an error',
    () => withoutSecrets('eyJ-eyJ'.repeat(many), {}).length,
    'eyJ-eyJ'.length * many,
  ],
  [
    'white space before a secret',
    () => withoutSecrets(`${' '.repeat(many)}token: abcdefgh`, {}).slice(-4),
    ' ***',
  ],
  ['an error in another language', () => typeof translator('fr')(`a: ${'1 of 2 '.repeat(many)}`), 'string'],
  [
    'digits that are no number',
    () => evaluate('double(text) > 0.0', `${'0'.repeat(190_000)}x`),
    expect.objectContaining({ message: expect.stringContaining('not a double') }),
  ],
  [
    'digits in a pattern',
    () => evaluate('"a".matches(text)', `{${'0'.repeat(190_000)}`),
    expect.objectContaining({ message: 'a pattern that repeats too much' }),
  ],
  [
    'backslashes beside a comparison',
    () => evaluate(`text == 'x' && (text == (text < "${'\\\\'.repeat(40)}" ? "'" : ''))`, 'x'),
    false,
  ],
  [
    'cells that are nearly addresses',
    () => embedded.filter(({ find }) => find.test('.-'.repeat(many))).length,
    0,
  ],
])('%s: read in time', (_, read, expected) => {
  // A test that hangs would stop them all: past a minute it fails.
  expect(runInNewContext('read()', { read }, { timeout: 60_000 })).toEqual(expected);
});
