import { describe, expect, test } from '@jest/globals';
import { reporters } from '../../../src/report/registry.ts';
import { context2018, hostileTold, toldResult } from '../../fixtures/report/context-2018.ts';
import { declared2018 } from '../../fixtures/report/declared-2018.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { render } from '../rendering.ts';

const told = { ...toldResult('en'), context: { ...context2018, ...declared2018 } };
const parts = reporters['registers']?.parts?.(told) ?? [];

/** The records of a CSV text (RFC 4180), every cell quoted. */
function records(text: string): readonly (readonly string[])[] {
  const lines = text.split('\r\n').slice(0, -1);
  return lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
  );
}

test.each(parts)('the %s has as many cells in each row as headings', async (part) => {
  const [head = [], ...rows] = records(await render('registers', told, { part }));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toHaveLength(head.length);
});

test('the first part is the register of article 30', async () => {
  expect(await render('registers', told)).toBe(await render('registers', told, { part: 'register' }));
  const [head = [], row = []] = records(await render('registers', told));
  expect(row[head.indexOf('Purposes')]).toBe('Assessment of pupils');
});

describe.each(parts)('the %s', (part) => {
  test.each(Object.keys(hostile) as (keyof typeof hostile)[])(
    'holds no formula, in no line of a cell, where names are %s',
    async (name) => {
      const cells = records(await render('registers', hostileTold(hostile[name]), { part })).flat();
      expect(
        cells.flatMap((cell) => cell.split('\n')).filter((line) => /^\s*[=+\-@|%＝＋－＠]/.test(line)),
      ).toEqual([]);
    },
  );
});
