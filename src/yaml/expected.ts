import type { Json } from '../inventory/fact.ts';
import { formats } from './format.ts';
import { printable, quote } from './quote.ts';
import { formsOf, type JsonSchema, resolveRef } from './schema.ts';

/** What a schema accepts, in words: `a text, false or unknown`, `one of a, b, c`. */
export function expectedBy(root: JsonSchema, node: JsonSchema): string {
  const { words, forms } = alternatives(root, node);
  const isChoice = words.length > 3 && forms.length === 0;
  if (isChoice) return `one of ${words.join(', ')}`;
  const all = [...new Set([...forms, ...words])];
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} or ${all.at(-1)}` : (all[0] ?? 'nothing');
}

/** The words that a schema accepts as such, `unknown` and `none` included, and its other forms described. */
export function alternatives(
  root: JsonSchema,
  start: JsonSchema,
): { readonly words: readonly string[]; readonly forms: readonly string[] } {
  const node = resolveRef(root, start);
  if (typeof node['x-expected'] === 'string') return { words: [], forms: [node['x-expected']] };
  if (node['const'] !== undefined) return { words: [wordOf(node['const'])], forms: [] };
  if (Array.isArray(node['enum'])) return { words: node['enum'].map(wordOf), forms: [] };
  const forms = formsOf(node);
  if (forms.length > 0) {
    const all = forms.map((form) => alternatives(root, form));
    return { words: [...new Set(all.flatMap(({ words }) => words))], forms: all.flatMap((one) => one.forms) };
  }
  if (typeof node['format'] === 'string')
    return { words: [], forms: [formats[node['format']]?.expected ?? 'a text'] };
  switch (node['type']) {
    case 'boolean':
      return { words: ['true', 'false'], forms: [] };
    case 'object':
      return { words: [], forms: ['a map'] };
    case 'array':
      return { words: [], forms: ['a list'] };
    case 'integer':
    case 'number':
      return {
        words: [],
        forms: [node['minimum'] === undefined ? 'a number' : `a number from ${wordOf(node['minimum'])}`],
      };
    case 'null':
      return { words: ['null'], forms: [] };
    default:
      return { words: [], forms: ['a text'] };
  }
}

function wordOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What was found, in words. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' ? 'a map' : quote(value);
}

/** `organisations.men.seat`, `flows[0].to`. */
export function showPath(value: unknown, path: readonly (string | number)[]): string {
  let holder = value;
  let shown = '';
  for (const step of path) {
    shown += Array.isArray(holder) ? `[${step}]` : `${shown === '' ? '' : '.'}${printable(String(step), 40)}`;
    holder =
      typeof holder === 'object' && holder !== null
        ? (holder as { [key: string]: unknown })[step]
        : undefined;
  }
  return shown;
}
