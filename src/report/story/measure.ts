import type { MeasureNote } from '../../result/context.ts';
import type { Teller } from './teller.ts';

/** Groups of alike rows in the samples of one dataset, told; the figure draws `bars`. */
export interface ToldMeasure {
  readonly title: string;
  readonly summary: string;
  readonly bars: readonly ToldBar[];
  /** What the picture shows, in words. */
  readonly alternative: string;
  readonly legend: string;
  readonly evidence: string | null;
}

export interface ToldBar {
  readonly size: string;
  readonly rows: number;
  readonly value: string;
  /** Whether the groups are smaller than the policy asks. */
  readonly isSmall: boolean;
}

export function tellMeasures(teller: Teller): readonly ToldMeasure[] {
  return (teller.context?.measures ?? []).map((note) => toldMeasure(teller, note));
}

function toldMeasure(teller: Teller, note: MeasureNote): ToldMeasure {
  const { say, number, list, code, dataset } = teller;
  const { quasi, rows, unique, k, l, t, threshold, histogram, evidence, sha256 } = note;
  const filled = histogram.filter((bin) => bin.rows > 0);
  const total = filled.reduce((sum, bin) => sum + bin.rows, 0);
  const isSmall = ({ from }: { readonly from: number }): boolean => threshold !== null && from < threshold;
  const share = new Intl.NumberFormat(teller.language, { style: 'percent', maximumFractionDigits: 1 });
  const bars = filled.map(
    (bin): ToldBar => ({
      size: sizeText(bin, number),
      rows: bin.rows,
      value: teller.prose(`${number(bin.rows)} (${share.format(bin.rows / total)})`),
      isSmall: isSmall(bin),
    }),
  );
  const value = (of: number | null): string => (of === null ? say('story.unknown_one') : number(of));
  return {
    title: say('story.measure.title', { dataset: dataset(note.dataset) }),
    summary: say('story.measure.summary', {
      rows: number(rows),
      columns: quasi.length === 0 ? say('story.measure.no_column') : list(quasi.map(code)),
      k: value(k),
      l: value(l),
      t: value(t),
      unique: value(unique),
    }),
    bars,
    alternative: bars.map(({ size, value }) => say('story.measure.bar', { size, value })).join(' '),
    legend: threshold === null ? '' : say('story.measure.legend', { threshold }),
    evidence: evidence === null ? null : `${code(evidence)}${sha256 === null ? '' : ` · SHA-256 ${sha256}`}`,
  };
}

function sizeText({ from, to }: MeasureNote['histogram'][number], number: (value: number) => string): string {
  if (to === null) return `≥ ${number(from)}`;
  return from === to ? number(from) : `${number(from)}–${number(to)}`;
}
