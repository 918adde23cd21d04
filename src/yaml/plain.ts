import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { BercailError, type Problem } from '../error.ts';
import type { ParsedText } from './parse.ts';
import { quote } from './quote.ts';

/** Values that aliases may add to what is written out: enough to share a few blocks, too few for a bomb. */
const maxAliased = 10_000;
const standardTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

interface PlainTree {
  readonly value: unknown;
  /** The node that an alias stands for. */
  readonly targets: ReadonlyMap<Node, Node>;
}

/** What a value under a tag of its own (`!Ref`) stands for; null for a tag that is not read. */
export type ReadTag = (tag: string, value: unknown) => { readonly value: unknown } | null;

interface Converted {
  readonly node: Node;
  readonly value: unknown;
  /** Values in it, those behind its aliases counted each time. */
  readonly size: number;
}

/**
 * A document tree to plain values; maps have no prototype, so that no key of a file can meet one of ours.
 * @throws BercailError `input`: duplicate or reserved keys, own tags, endless aliases, all at once.
 */
export function toPlain({ root, positionAt }: ParsedText, tags?: ReadTag): PlainTree {
  const problems: Problem[] = [];
  const anchors = new Map<string, Converted | null>();
  const targets = new Map<Node, Node>();
  let aliased = 0;

  function report(node: Node, message: string, hint?: string): void {
    problems.push({ message, ...(hint ? { hint } : {}), where: positionAt(node.range?.[0] ?? 0) });
  }

  function convert(node: Node | null): Converted {
    if (node === null) return { node: root, value: null, size: 1 };
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target) {
        report(
          node,
          'this alias refers to itself or to no anchor',
          'an "*alias" needs an "&anchor" before it',
        );
        return { node, value: null, size: 1 };
      }
      targets.set(node, target.node);
      aliased += target.size;
      if (aliased > maxAliased) {
        report(
          node,
          'the aliases of this file stand for too many values',
          `at most ${maxAliased}: write them out`,
        );
        throw new BercailError('input', problems);
      }
      return target;
    }
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    // Null while it is being read: an alias inside its own anchor would never end.
    if (anchor !== undefined) anchors.set(anchor, null);
    const content = convertContent(node);
    const tagged =
      node.tag === undefined || standardTags.has(node.tag) ? content : tags?.(node.tag, content.value);
    if (!tagged) report(node, 'tags of your own are not read', 'remove the word that starts with "!"');
    const converted = { ...content, ...tagged };
    if (anchor !== undefined) anchors.set(anchor, converted);
    return converted;
  }

  function convertContent(node: Node): Converted {
    if (isMap(node)) return convertMap(node);
    if (isSeq(node)) {
      let size = 1;
      const value = node.items.map((item) => {
        const entry = convert(item as Node | null);
        size += entry.size;
        return entry.value;
      });
      return { node, value, size };
    }
    const value = isScalar(node) ? node.value : null;
    if (typeof value === 'number' && !Number.isFinite(value))
      report(node, 'this number has no value', 'put it between quotes if it is a text');
    return { node, value: typeof value === 'bigint' ? Number(value) : value, size: 1 };
  }

  function convertMap(node: YAMLMap): Converted {
    const value: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
    let size = 1;
    for (const pair of node.items) {
      const key = keyOf(pair.key);
      const at = (pair.key ?? node) as Node;
      if (key === null) report(at, 'a key must be a word', 'put a text before the colon');
      else if (key === '__proto__') report(at, `the key ${quote(key)} is reserved`, 'choose another name');
      else if (Object.hasOwn(value, key))
        report(at, `the key ${quote(key)} is written twice`, 'keep one of the two');
      const entry = convert(pair.value as Node | null);
      size += entry.size;
      if (key !== null && key !== '__proto__' && !Object.hasOwn(value, key)) value[key] = entry.value;
    }
    return { node, value, size };
  }

  const { value } = convert(root);
  if (problems.length > 0) throw new BercailError('input', problems.slice(0, 50));
  return { value, targets };
}

/** A scalar key as written (`2018`, `true`), or null where there is none. */
export function keyOf(node: unknown): string | null {
  if (!isScalar(node) || node.value === null) return null;
  return typeof node.value === 'string' ? node.value : (node.source ?? JSON.stringify(node.value));
}
