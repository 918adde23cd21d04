import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { root } from '../../../src/io/root.ts';

export interface Sentence {
  /** With `{}` for what varies. */
  readonly text: string;
  readonly file: string;
}

type Node = { readonly type?: string; readonly [key: string]: unknown };

/** What the code says in the `message` and `hint` of its problems, as it is written there. */
export function sentencesOf(pattern = 'src/**/*.ts'): readonly Sentence[] {
  const found: Sentence[] = [];
  for (const file of globSync(pattern, { cwd: root }).sort()) {
    // Reports say what they say by key; examples of rules and their failures are for authors of rules, in English.
    if (/generated|^src\/report\/|inline-test|command\/(?:template|doctor)\//.test(file)) continue;
    const text = readFileSync(join(root, file), 'utf8');
    visit(parseSync(text, { syntax: 'typescript', target: 'es2022' }), (node) => {
      const key = node['key'] as { readonly value?: string } | undefined;
      if (node.type === 'KeyValueProperty' && (key?.value === 'message' || key?.value === 'hint'))
        found.push(...textsIn(node['value'] as Node).map((one) => ({ text: one, file })));
    });
  }
  return found;
}

function textsIn(node: Node): readonly string[] {
  const part = (name: string): readonly string[] => textsIn(node[name] as Node);
  switch (node.type) {
    case 'StringLiteral':
      return [String(node['value'])];
    case 'TemplateLiteral':
      return [
        (node['quasis'] as readonly { readonly cooked: string }[]).map(({ cooked }) => cooked).join('{}'),
      ];
    case 'ConditionalExpression':
      return [...part('consequent'), ...part('alternate')];
    case 'ParenthesisExpression':
      return part('expression');
    case 'BinaryExpression':
      return node['operator'] === '??' ? [...part('left'), ...part('right')] : [];
    default:
      return [];
  }
}

export function visit(node: unknown, see: (node: Node) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) see(node as Node);
  for (const [key, value] of Object.entries(node)) if (key !== 'span') visit(value, see);
}
