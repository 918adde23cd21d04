import type { Column } from '../measure/codes.ts';
import type { Counter, Counts } from '../measure/count.ts';
import type { Recoding } from '../measure/tensor.ts';
import { type Generalisation, generalisationsOf } from './generalise.ts';

export interface Change {
  readonly column: string;
  readonly to: 'removed' | Generalisation['to'];
}

/** What a change would give, an empty cell being a value of its own. */
export interface Effect {
  readonly changes: readonly Change[];
  readonly k: number | null;
  readonly classes: number;
  readonly unique: number;
  /** Rows in classes smaller than the threshold: what would still have to be suppressed. */
  readonly below: number;
}

export interface Effects {
  /** Each change alone. */
  readonly single: readonly Effect[];
  /** The smallest sets of changes that reach the threshold, best first. */
  readonly enough: readonly Effect[];
  readonly complete: boolean;
}

interface Variant {
  readonly change: Change;
  /** Null: the column is removed. */
  readonly recoding: Recoding | null;
  readonly index: number;
}

export interface EffectOptions {
  readonly threshold: number;
  /** Distinct values of a column by code; null where there are too many to look at. */
  readonly valuesOf: (index: number) => readonly string[] | null;
  /** Cells read in all, at most. */
  readonly work?: number;
}

/** What removing or generalising each column would give; then pairs of changes, where one alone does not reach the threshold. */
export function findEffects({ columns, count, spent }: Counter, options: EffectOptions): Effects {
  const { threshold, valuesOf, work = 2e9 } = options;
  const variants = columns.flatMap((column, index) => variantsOf(column, index, valuesOf(index)));
  const most = spent() + work;
  let complete = true;
  const effectOf = (chosen: readonly Variant[]): Effect | null => {
    if (spent() > most) complete = false;
    if (!complete) return null;
    const left = columns.flatMap((_, index) => {
      const variant = chosen.find((one) => one.index === index);
      if (!variant) return { index };
      return variant.recoding === null ? [] : { index, recoding: variant.recoding };
    });
    return { changes: chosen.map(({ change }) => change), ...shown(count(left)) };
  };
  const single = variants.flatMap((variant) => effectOf([variant]) ?? []);
  let enough = single.filter(({ k }) => k !== null && k >= threshold);
  if (enough.length === 0 && columns.length > 1) {
    const pairs = variants.flatMap((a, at) =>
      variants
        .slice(at + 1)
        .filter((b) => b.index !== a.index)
        .map((b) => [a, b]),
    );
    enough = pairs.flatMap((pair) => effectOf(pair) ?? []).filter(({ k }) => k !== null && k >= threshold);
  }
  // More classes left: less is lost.
  return { single, enough: enough.sort((a, b) => b.classes - a.classes).slice(0, 5), complete };
}

function shown({ k, classes, unique, below }: Counts): Counts {
  return { k, classes, unique, below };
}

function variantsOf(column: Column, index: number, values: readonly string[] | null): readonly Variant[] {
  const forms =
    values === null
      ? []
      : generalisationsOf(values.filter((value, code) => code !== column.empty && value !== ''));
  return [
    ...forms.map((form) => ({
      change: { column: column.name, to: form.to },
      recoding: recode(column, values ?? [], form),
      index,
    })),
    { change: { column: column.name, to: 'removed' }, recoding: null, index },
  ];
}

/** Each value replaced; one without the form keeps to itself. */
function recode(column: Column, values: readonly string[], { of }: Generalisation): Recoding {
  const numbers = new Map<string, number>();
  const codes = Uint32Array.from(values, (value, code) => {
    const form = code === column.empty ? null : of(value);
    const name = form === null ? `=${value}` : `~${form}`;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { codes, cardinality: numbers.size };
}
