import { severities } from '../../result/result.ts';
import { type Entry, statuses } from './entry.ts';

export const facets = ['status', 'severity', 'pack', 'basis', 'place', 'dataset', 'operator'] as const;
export type Facet = (typeof facets)[number];

/** Chosen values by facet; a facet without any lets everything through. */
export type Filters = { readonly [facet in Facet]: ReadonlySet<string> };

const none: ReadonlySet<string> = new Set();
export const noFilters: Filters = {
  status: none,
  severity: none,
  pack: none,
  basis: none,
  place: none,
  dataset: none,
  operator: none,
};

/** What stands for « it has none » among the values of a facet. */
export const NONE = '';

export function valuesOf(entry: Entry, facet: Facet): readonly string[] {
  switch (facet) {
    case 'status':
    case 'severity':
      return [entry[facet]];
    case 'dataset':
      return entry.datasets.length === 0 ? [NONE] : entry.datasets;
    case 'place':
      return [entry.where ?? NONE];
    case 'pack':
    case 'basis':
    case 'operator':
      return [entry[facet] ?? NONE];
  }
}

export interface Choice {
  readonly facet: Facet;
  readonly value: string;
  readonly count: number;
}

/** Every value that the entries have, with how many have it: the gravest first, then the most frequent. */
export function choicesOf(entries: readonly Entry[]): readonly Choice[] {
  return facets.flatMap((facet) => {
    const counts = new Map<string, number>();
    for (const entry of entries)
      for (const value of valuesOf(entry, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const order: readonly string[] = facet === 'severity' ? severities : facet === 'status' ? statuses : [];
    return [...counts]
      .map(([value, count]) => ({ facet, value, count }))
      .sort(
        (a, b) =>
          order.indexOf(a.value) - order.indexOf(b.value) ||
          b.count - a.count ||
          (a.value < b.value ? -1 : 1),
      );
  });
}

export function toggle(filters: Filters, { facet, value }: Pick<Choice, 'facet' | 'value'>): Filters {
  const next = new Set(filters[facet]);
  if (!next.delete(value)) next.add(value);
  return { ...filters, [facet]: next };
}

/**
 * Positions of the entries that pass every facet and hold every word.
 * @param within where they are, when that is known already
 */
export function select(
  entries: readonly Entry[],
  filters: Filters,
  query: string,
  within: Iterable<number> = entries.keys(),
): readonly number[] {
  const active = facets.filter((facet) => filters[facet].size > 0);
  const words = plain(query).split(/\s+/).filter(Boolean);
  const found: number[] = [];
  for (const index of within) {
    const entry = entries[index];
    if (!entry) continue;
    const isChosen = active.every((facet) =>
      valuesOf(entry, facet).some((value) => filters[facet].has(value)),
    );
    if (isChosen && (words.length === 0 || holds(entry, words))) found.push(index);
  }
  return found;
}

const texts = new WeakMap<Entry, string>();

function holds(entry: Entry, words: readonly string[]): boolean {
  let text = texts.get(entry);
  if (text === undefined) {
    text = plain(
      [
        entry.id,
        entry.rule,
        entry.title,
        entry.pack,
        entry.subject.id,
        entry.subject.label,
        entry.where,
        entry.place?.provider,
        entry.place?.region,
        entry.operator,
        ...entry.datasets,
        entry.finding?.message,
        ...(entry.question?.missing ?? []),
      ].join('\n'),
    );
    texts.set(entry, text);
  }
  const whole = text;
  return words.every((word) => whole.includes(word));
}

/** Without case or accents: what people type. */
function plain(text: string): string {
  const lower = text.toLowerCase();
  // Most texts have none, and to look costs less than to take them apart.
  return /[\u00c0-\u1fff]/.test(lower) ? lower.normalize('NFD').replace(/\p{M}/gu, '') : lower;
}
