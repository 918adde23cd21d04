import { isAlias, isMap, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Position } from '../error.ts';
import { decodeText } from './decode.ts';
import { parseText } from './parse.ts';
import { keyOf, type ReadTag, toPlain } from './plain.ts';

export type Path = readonly (string | number)[];

/** What a YAML or JSON file says, and where it says it. */
export interface YamlSource {
  readonly file: string;
  /** Plain values. Maps have no prototype; dates stay texts, `yes` and `no` too (YAML 1.2 core). */
  readonly value: unknown;
  /**
   * Where the thing at a path is: its key (default) or its value. A path that does not exist gives the
   * position of its nearest ancestor that does.
   */
  readonly positionOf: (path: Path, what?: 'key' | 'value') => Position;
}

export interface ReadOptions {
  /** Default 10 MB. */
  readonly maxBytes?: number;
  /** Reads tags of the format's own; left out, there are none. */
  readonly tags?: ReadTag;
}

/**
 * Reads one YAML 1.2 (or JSON) document. A byte order mark and CRLF are accepted.
 * @throws BercailError `input` with all problems: syntax, duplicate keys, tabs, alias bombs, binary or
 * non UTF-8 content, a file too large or nested too deep, several documents, no document, own tags.
 */
export function readYaml(content: string | Uint8Array, file: string, options: ReadOptions = {}): YamlSource {
  const parsed = parseText(decodeText(content, file, options.maxBytes), file);
  const { value, targets } = toPlain(parsed, options.tags);
  const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  function pairOf(map: YAMLMap, key: string): Pair | undefined {
    let known = pairs.get(map);
    if (!known) {
      known = new Map(map.items.map((pair) => [keyOf(pair.key) ?? '', pair]));
      pairs.set(map, known);
    }
    return known.get(key);
  }

  function positionOf(path: Path, what: 'key' | 'value' = 'key'): Position {
    let node: Node = parsed.root;
    let offset = node.range?.[0] ?? 0;
    for (const [index, step] of path.entries()) {
      const holder: Node | undefined = isAlias(node) ? targets.get(node) : node;
      const wantsValue = index < path.length - 1 || what === 'value';
      let next: Node | null = null;
      if (isMap(holder)) {
        const pair = pairOf(holder, String(step));
        if (!pair) break;
        next = pair.value as Node | null;
        const key = pair.key as Node;
        // A key without a value has none to point at.
        const shown =
          wantsValue && index === path.length - 1 && next?.range && next.range[0] !== next.range[1]
            ? next
            : key;
        offset = shown.range?.[0] ?? offset;
      } else if (isSeq(holder)) {
        next = (holder.items[Number(step)] as Node | undefined) ?? null;
        offset = next?.range?.[0] ?? offset;
      }
      if (!next) break;
      node = next;
    }
    return parsed.positionAt(offset);
  }

  return { file, value, positionOf };
}
