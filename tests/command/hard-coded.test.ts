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

function saidBy(text: string): readonly string[] {
  const found: string[] = [];
  visit(parseSync(text, { syntax: 'typescript', target: 'es2022' }), (node: Node) => {
    const callee = node['callee'] as Node | undefined;
    const name =
      ((callee?.['property'] as Node | undefined)?.['value'] as string | undefined) ??
      (callee?.['value'] as string | undefined);
    if (node.type !== 'CallExpression' || name === undefined || !spoken.has(name)) return;
    for (const { expression } of node['arguments'] as readonly { readonly expression: Node }[]) {
      if (expression.type === 'StringLiteral') found.push(String(expression['value']));
      if (expression.type === 'TemplateLiteral')
        found.push(
          (expression['quasis'] as readonly { readonly cooked: string }[])
            .map(({ cooked }) => cooked)
            .join('{}'),
        );
    }
  });
  // A command to type is code.
  return found.filter((said) => sentence.test(said.replace(/^ {2}bercail .*$/gm, '').replaceAll('\n', ' ')));
}

test('no command says a sentence that is not in the message files', () => {
  const found = globSync('src/command/**/*.ts', { cwd: root })
    .sort()
    .flatMap((file) => saidBy(readFileSync(join(root, file), 'utf8')).map((said) => `${file}: ${said}`));
  expect(found).toEqual([]);
});

test.each([
  ["context.err('nothing was written')", 1],
  ['context.out(`${path}: whole, ${count} observations read\\n`)', 1],
  ["command.option('--x', 'only this rule')", 1],
  ["command.option('--policy <file>')", 0],
  ["context.err(say('init.cancelled'))", 0],
])('%s says %d', (code, count) => {
  expect(saidBy(code)).toHaveLength(count);
});
