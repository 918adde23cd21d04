import { describe, expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { histogramSvg } from '../../../src/report/figure/histogram.ts';
import { tellStory } from '../../../src/report/story/story.ts';
import type { MeasureNote } from '../../../src/result/context.ts';
import type { Language, Result } from '../../../src/result/result.ts';
import { toldResult } from '../../fixtures/report/context-2018.ts';
import { messagesOf } from '../rendering.ts';

const note: MeasureNote = {
  dataset: 'results',
  quasi: ['school', 'sex'],
  rows: 1250,
  unique: 3,
  k: 1,
  l: 1,
  t: 0.25,
  threshold: 5,
  histogram: [
    { from: 1, to: 1, classes: 3, rows: 3 },
    { from: 2, to: 2, classes: 0, rows: 0 },
    { from: 5, to: 10, classes: 40, rows: 247 },
    { from: 1001, to: null, classes: 1, rows: 1000 },
  ],
  evidence: 'sample.csv',
  sha256: 'ab',
};

function measuresOf(language: Language, measures: readonly MeasureNote[]) {
  const result = toldResult(language);
  const told = { ...result, context: { ...result.context, measures } } as Result;
  return tellStory(told, language, messagesOf(language), { occurrences: 20, rows: 100 }).measures;
}

describe('what samples measured', () => {
  test.each<[Language, readonly string[]]>([
    ['en', ['1 3 (0.2%) true', '5–10 247 (19.8%) false', '≥ 1,001 1,000 (80%) false']],
    [
      'fr',
      ['1 3 (0,2\u00a0%) true', '5–10 247 (19,8\u00a0%) false', '≥ 1\u202f001 1\u202f000 (80\u00a0%) false'],
    ],
  ])('is told in %s as bars, those under the threshold apart', (language, bars) => {
    const [measure] = measuresOf(language, [note]);
    expect(measure?.bars.map(({ size, value, isSmall }) => `${size} ${value} ${isSmall}`)).toEqual(bars);
  });

  test('marks small groups by a sign, and says in words what the picture shows', () => {
    const [measure] = measuresOf('en', [note]);
    if (!measure) throw new Error('nothing was told');
    const svg = renderToString(
      histogramSvg(measure, 'Rows', { id: 'm', title: 'Rows', description: measure.alternative }) as never,
    );
    expect(svg.match(/▲/g)).toHaveLength(1);
    expect(svg).toContain('Groups of 1: 3 (0.2%) rows. Groups of 5–10');
    expect(measure.summary).toContain('school and sex');
  });

  test('is never a number where the measure is not known', () => {
    const [measure] = measuresOf('en', [
      { ...note, k: null, l: null, t: null, unique: null, quasi: [], histogram: [] },
    ]);
    expect(measure?.summary).not.toMatch(/= \d/);
    expect(measure?.bars).toEqual([]);
  });

  test('is left out where no sample was', () => {
    expect(measuresOf('en', [])).toEqual([]);
  });
});
