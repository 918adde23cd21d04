/** One cell of a published table: where it stands, and its count; null where it was suppressed. */
export interface CountCell {
  readonly key: readonly string[];
  readonly count: number | null;
}

export interface CountTable {
  readonly dimensions: readonly string[];
  readonly cells: readonly CountCell[];
}

const suppressed =
  /^(?:|s|c|x|\*+|-+|n\.?d\.?|n\.?c\.?|ns|secret|supprim[ée]|suppressed|masqu[ée]|<\s*\d+|…|\.\.+)$/i;

/** A count as written: a whole number, null where it is suppressed, undefined where it is neither. */
export function countOf(written: string): number | null | undefined {
  const value = written.replace(/[\s\u00a0\u202f]/g, '');
  if (/^\d+(?:[.,]0+)?$/.test(value)) return Number.parseInt(value, 10);
  return suppressed.test(written.trim()) ? null : undefined;
}

/** Whether a value stands for all values of its dimension. */
export function isTotal(value: string): boolean {
  return /^(?:total|totaux|ensemble|tous|toutes|all|sum|\(all\)|france enti[èe]re)$/i.test(value.trim());
}

/** Cells of at least one person and fewer than the threshold. */
export function smallCells({ cells }: CountTable, threshold: number): number {
  return cells.filter(({ count }) => count !== null && count > 0 && count < threshold).length;
}
