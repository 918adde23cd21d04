import type { Entry } from './entry.ts';
import { type Facet, valuesOf } from './filter.ts';

/** A line of the list: an entry, by its position, or a branch of the tree. */
export type Row = Leaf | Branch;

export interface Leaf {
  readonly entry: number;
  readonly depth: number;
}

export interface Branch {
  /** The values from the root to it: stays the same while filters change. */
  readonly key: string;
  readonly facet: Facet;
  readonly value: string;
  readonly depth: number;
  readonly members: readonly number[];
  readonly isOpen: boolean;
}

export function isBranch(row: Row | undefined): row is Branch {
  return row !== undefined && 'key' in row;
}

const levels = ['dataset', 'place', 'operator'] as const satisfies readonly Facet[];

/** The entries by dataset, place and operator; under what is open, what is in it. An entry of two datasets is under both. */
export function treeRows(
  entries: readonly Entry[],
  shown: readonly number[],
  open: ReadonlySet<string>,
): readonly Row[] {
  const rows: Row[] = [];
  const grow = (members: readonly number[], depth: number, path: readonly string[]): void => {
    const facet = levels[depth];
    if (facet === undefined) {
      for (const entry of members) rows.push({ entry, depth });
      return;
    }
    const groups = new Map<string, number[]>();
    for (const member of members) {
      const entry = entries[member];
      for (const value of entry ? valuesOf(entry, facet) : []) {
        const group = groups.get(value);
        if (group) group.push(member);
        else groups.set(value, [member]);
      }
    }
    for (const [value, group] of [...groups].sort(
      ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
    )) {
      const key = JSON.stringify([...path, value]);
      const isOpen = open.has(key);
      rows.push({ key, facet, value, depth, members: group, isOpen });
      if (isOpen) grow(group, depth + 1, [...path, value]);
    }
  };
  grow(shown, 0, []);
  return rows;
}
