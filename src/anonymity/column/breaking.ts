import type { Counter } from '../measure/count.ts';

export interface BreakingSet {
  readonly columns: readonly string[];
  /** Rows that these columns alone make unique. */
  readonly unique: number;
}

export interface BreakingSets {
  readonly sets: readonly BreakingSet[];
  /** Sets that were counted. */
  readonly examined: number;
  readonly largest: number;
  /** False when the bound was reached before every set of that size was looked at. */
  readonly complete: boolean;
}

export interface BreakingOptions {
  /** Columns in a set, at most. */
  readonly largest?: number;
  /** Cells read in all, at most. */
  readonly work?: number;
}

/**
 * The smallest sets of columns that make at least one row unique: no set is listed that holds a smaller one.
 * What a set makes unique, every larger set does too, so a set is only tried when none of its parts has.
 */
export function findBreakingSets(
  { columns, count, spent }: Counter,
  options: BreakingOptions = {},
): BreakingSets {
  const { largest = 4, work = 3e9 } = options;
  const found: { readonly members: readonly number[]; readonly unique: number }[] = [];
  let candidates: readonly (readonly number[])[] = columns.map((_, index) => [index]);
  let [examined, complete] = [0, true];
  const most = spent() + work;
  for (let size = 1; size <= largest && candidates.length > 0 && complete; size++) {
    const open: (readonly number[])[] = [];
    for (const members of candidates) {
      if (spent() > most) {
        complete = false;
        break;
      }
      examined++;
      const { unique } = count(members.map((index) => ({ index })));
      if (unique > 0) found.push({ members, unique });
      else open.push(members);
    }
    candidates = size < largest ? join(open) : [];
  }
  const sets = found
    .sort((a, b) => a.members.length - b.members.length || b.unique - a.unique)
    .map(({ members, unique }) => ({
      columns: members.flatMap((index) => columns[index]?.name ?? []),
      unique,
    }));
  return { sets, examined, largest, complete };
}

/** Sets of one more member of which every part is in `open`. */
function join(open: readonly (readonly number[])[]): (readonly number[])[] {
  const known = new Set(open.map((members) => members.join()));
  const next: (readonly number[])[] = [];
  for (const [at, a] of open.entries()) {
    for (const b of open.slice(at + 1)) {
      if (a.slice(0, -1).join() !== b.slice(0, -1).join()) break;
      const joined = [...a, b.at(-1) ?? 0];
      if (joined.every((_, left) => known.has(joined.toSpliced(left, 1).join()))) next.push(joined);
    }
  }
  return next;
}
