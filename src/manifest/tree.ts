/** A map of a manifest that may not have passed its schema: nothing is taken for granted. */
export interface Tree {
  readonly [key: string]: unknown;
}

export function treeOf(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A word that names something; null for `unknown`, a known « none », and what is not a word. */
export function nameOf(value: unknown): string | null {
  return typeof value === 'string' && value !== 'unknown' ? value : null;
}
