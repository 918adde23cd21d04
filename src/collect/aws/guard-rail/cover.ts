import { matchesGlob } from '../../../inventory/glob.ts';
import type { Matcher } from './policy.ts';

/** Which actions a statement speaks of. */
export type Cover =
  /** All, but for what these patterns match. */
  | { readonly kind: 'except'; readonly patterns: readonly string[] }
  | { readonly kind: 'only'; readonly patterns: readonly string[] };

/** `*` is « all but nothing »; `NotAction: *` is « only nothing ». */
export function coverOf({ kind, patterns }: Matcher): Cover {
  const isWhole = patterns.some((pattern) => /^\*+(?::\*+)?$/.test(pattern));
  if (isWhole) return { kind: kind === 'only' ? 'except' : 'only', patterns: [] };
  return { kind, patterns };
}

/** IAM compares actions without regard to case. */
export function covers(pattern: string, other: string): boolean {
  return matchesGlob(pattern.toLowerCase(), other.toLowerCase());
}

/** Patterns that may match an action together: one covers the other, or their beginnings agree. */
export function overlaps(one: string, other: string): boolean {
  if (covers(one, other) || covers(other, one)) return true;
  const [a, b] = [prefixOf(one), prefixOf(other)];
  return (/[*?]/.test(one) && b.startsWith(a)) || (/[*?]/.test(other) && a.startsWith(b));
}

function prefixOf(pattern: string): string {
  return pattern.toLowerCase().replace(/[*?].*$/s, '');
}

/** What several statements together leave open: what each one leaves open, kept where they may agree. */
export function leftOpenByAll(covers_: readonly Cover[]): readonly string[] {
  const lists = covers_.filter(({ kind }) => kind === 'except').map(({ patterns }) => patterns);
  const [first = [], ...others] = lists;
  const common = others.reduce<readonly string[]>(
    (left, list) => [
      ...left.filter((pattern) => list.some((other) => overlaps(pattern, other))),
      ...list.filter((pattern) => left.some((other) => overlaps(pattern, other))),
    ],
    first,
  );
  const closed = covers_.flatMap(({ kind, patterns }) => (kind === 'only' ? patterns : []));
  return [...new Set(common)].filter((pattern) => !closed.some((one) => covers(one, pattern)));
}
