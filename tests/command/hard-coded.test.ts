import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { root } from '../../src/io/root.ts';
import { visit } from './error/sentences.ts';

type Node = { readonly type?: string; readonly [key: string]: unknown };

/** Ways to what people read: the streams of a command, and the words of the command tree. */
const spoken = new Set([
  'out',
  'err',
  'description',
  'summary',
  'option',
  'requiredOption',
  'argument',
  'addHelpText',
]);

/** Two words of a sentence in a row. Paths, flags and formats are none. */
const sentence = /(?:^|[\s(“])[a-zà-ÿ]{2,}[,;:]? [a-zà-ÿ]{2,}(?=[\s.,;:)”]|$)/i;

/** A count or a name beside a word: a sentence with holes in it. */
const holed = /\{\},? [a-zà-ÿ]{3,}|[a-zà-ÿ]{3,}[,:]? \{\}/i;

/** Words of a screen or of a report stand in spans: `text: '…'`. */
const spans = new Set(['text', 'label', 'title']);

function saidBy(text: string): readonly string[] {
  const found: string[] = [];
  visit(parseSync(text, { syntax: 'typescript', target: 'es2022' }), (node: Node) => {
    const key = node['key'] as Node | undefined;
    if (node.type === 'KeyValueProperty' && spans.has(String(key?.['value'])))
      found.push(...textOf(node['value'] as Node));
    const callee = node['callee'] as Node | undefined;
    const name =
      ((callee?.['property'] as Node | undefined)?.['value'] as string | undefined) ??
      (callee?.['value'] as string | undefined);
    if (node.type !== 'CallExpression' || name === undefined || !spoken.has(name)) return;
    for (const { expression } of node['arguments'] as readonly { readonly expression: Node }[])
      found.push(...textOf(expression));
  });
  // A command to type is code.
  return found.filter((said) => {
    const text = said.replace(/^ {2}bercail .*$/gm, '').replaceAll('\n', ' ');
    return sentence.test(text) || holed.test(text.replace(/bercail:? /i, ''));
  });
}

function textOf(node: Node): readonly string[] {
  if (node.type === 'StringLiteral') return [String(node['value'])];
  if (node.type === 'TemplateLiteral')
    return [
      (node['quasis'] as readonly { readonly cooked: string }[]).map(({ cooked }) => cooked).join('{}'),
    ];
  return [];
}

test('no command, screen or report in text says a sentence that is not in the message files', () => {
  const found = globSync('src/{command,ui,report/format/text}/**/*.ts', { cwd: root })
    .sort()
    .flatMap((file) => saidBy(readFileSync(join(root, file), 'utf8')).map((said) => `${file}: ${said}`));
  expect(found).toEqual([]);
});

test.each([
  ["context.err('nothing was written')", 1],
  ['context.out(`${path}: whole, ${count} observations read\\n`)', 1],
  ['context.out(`${rules.length} rules, ${total} examples\\n`)', 1],
  ["const line = { text: 'nothing matches' }", 1],
  ["const line = { text: `${say('rules.count')}: ` }", 0],
  ["command.option('--x', 'only this rule')", 1],
  ["command.option('--policy <file>')", 0],
  ["context.err(say('init.cancelled'))", 0],
])('%s says %d', (code, count) => {
  expect(saidBy(code)).toHaveLength(count);
});
