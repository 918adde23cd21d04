import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { reporterNames } from '../../src/report/names.ts';
import { reporters } from '../../src/report/registry.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { formatNames, languages, readRepository, render } from './rendering.ts';

const cases = formatNames.flatMap((format) => languages.map((language) => ({ format, language })));

test.each(cases)(
  '$format in $language is what was looked at and found good',
  async ({ format, language }) => {
    const rendered = await render(format, result2018(language));
    const path = `tests/golden/report/result-2018.${language}.${format}.${reporters[format]?.extension ?? ''}`;
    const url = new URL(`../../${path}`, import.meta.url);
    if (process.env['BERCAIL_UPDATE_GOLDEN'] === '1') writeFileSync(url, rendered);
    expect(rendered).toBe(readRepository(path));
  },
);

test.each(cases)('$format in $language gives the same bytes twice', async ({ format, language }) => {
  expect(await render(format, result2018(language))).toBe(await render(format, result2018(language)));
});

test('the names that the command line offers are the formats of the registry', () => {
  expect([...reporterNames]).toEqual(Object.keys(reporters));
});

test.each(formatNames)('%s renders a result in which nothing was found', async (format) => {
  const full = result2018('en');
  const zero = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const empty = {
    ...full,
    findings: [],
    unknowns: [],
    warnings: [],
    run: { ...full.run, packs: [], sources: [] },
    coverage: { ...full.coverage, gaps: [] },
    summary: {
      outcomes: { pass: 0, fail: 0, unknown: 0, not_applicable: 0, error: 0 },
      waived: 0,
      fail_by_severity: zero,
      gate: { verdict: 'pass', exit_code: 0, reason: 'nothing fails' } as const,
    },
  };
  expect(await render(format, empty)).not.toMatch(/undefined|NaN|\[object/);
});
