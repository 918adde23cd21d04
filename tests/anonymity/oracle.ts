import type { Column, Sensitive } from '../../src/anonymity/measure/codes.ts';
import type { EmptyMode } from '../../src/anonymity/types.ts';

/** A table as a person would write it: null is an empty cell. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly quasi: readonly (string | null)[]; readonly sensitive: number }[];
  readonly numeric: boolean;
}

export interface Expected {
  readonly rows: number;
  readonly unique: number;
  readonly k: number | null;
  readonly l: number | null;
  readonly entropy: number | null;
  readonly t: number | null;
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly delta: number | null;
  readonly mean: number | null;
}

/** The measures from their definitions, row against row, with no thought for speed. */
export function expected({ rows: all, numeric }: Table, mode: EmptyMode): Expected {
  const rows = mode === 'exclude' ? all.filter(({ quasi }) => !quasi.includes(null)) : all;
  if (rows.length === 0)
    return {
      rows: 0,
      unique: 0,
      k: null,
      l: null,
      entropy: null,
      t: null,
      alpha: null,
      beta: null,
      delta: null,
      mean: null,
    };
  const alike = (a: (typeof rows)[number], b: (typeof rows)[number]): boolean =>
    a.quasi.every(
      (cell, at) => cell === b.quasi[at] || (mode === 'wildcard' && (cell === null || b.quasi[at] === null)),
    );
  const values = [...new Set(rows.map(({ sensitive }) => sensitive))].sort((a, b) => a - b);
  const shares = (of: typeof rows): readonly number[] =>
    values.map((value) => of.filter(({ sensitive }) => sensitive === value).length / of.length);
  const whole = shares(rows);
  const classes = rows.map((row) => rows.filter((other) => alike(row, other)));
  const each = classes.map((members) => {
    const own = shares(members);
    const present = own.filter((share) => share > 0);
    const ratios = own.map((share, at) => share / (whole[at] ?? 1));
    return {
      size: members.length,
      l: present.length,
      entropy: Math.exp(-present.reduce((sum, share) => sum + share * Math.log(share), 0)),
      t: distance(own, whole, numeric),
      alpha: Math.max(...own),
      beta: Math.max(...ratios.map((ratio) => ratio - 1)),
      delta: Math.max(...ratios.filter((ratio) => ratio > 0).map((ratio) => Math.abs(Math.log(ratio)))),
    };
  });
  const least = (of: (one: (typeof each)[number]) => number): number => Math.min(...each.map(of));
  const most = (of: (one: (typeof each)[number]) => number): number => Math.max(...each.map(of));
  return {
    rows: rows.length,
    unique: each.filter(({ size }) => size === 1).length,
    k: least(({ size }) => size),
    l: least(({ l }) => l),
    entropy: least(({ entropy }) => entropy),
    t: most(({ t }) => t),
    alpha: most(({ alpha }) => alpha),
    beta: most(({ beta }) => beta),
    delta: most(({ delta }) => delta),
    mean: each.reduce((sum, { size }) => sum + 1 / size, 0) / rows.length,
  };
}

function distance(a: readonly number[], b: readonly number[], numeric: boolean): number {
  if (!numeric) return a.reduce((sum, share, at) => sum + Math.abs(share - (b[at] ?? 0)), 0) / 2;
  if (a.length < 2) return 0;
  let [moved, sum] = [0, 0];
  for (const [at, share] of a.entries()) {
    moved += share - (b[at] ?? 0);
    sum += Math.abs(moved);
  }
  return sum / (a.length - 1);
}

/** The same table as codes. */
export function coded({ columns, rows, numeric }: Table): {
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly sensitive: Sensitive;
} {
  const quasi = columns.map((name, at): Column => {
    const values = [...new Set(rows.map((row) => row.quasi[at] ?? null))];
    const empty = values.indexOf(null);
    return {
      name,
      codes: Uint32Array.from(rows, (row) => values.indexOf(row.quasi[at] ?? null)),
      cardinality: values.length,
      empty: empty < 0 ? null : empty,
    };
  });
  const values = [...new Set(rows.map(({ sensitive }) => sensitive))].sort((a, b) => a - b);
  const sensitive = {
    name: 's',
    codes: Uint32Array.from(rows, (row) => values.indexOf(row.sensitive)),
    cardinality: values.length,
    empty: null,
    numeric,
  };
  return { rows: rows.length, columns: quasi, sensitive };
}
