import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hostile, hostileResult } from '../fixtures/report/hostile.ts';
import { formatNames, render } from './rendering.ts';

const cases = formatNames.flatMap((format) =>
  Object.keys(hostile).map((name) => ({ format, name: name as keyof typeof hostile })),
);

/** Characters that no output may hold: they move the cursor, turn the text around, or cannot be seen. */
const unsafe = /[^\P{Cc}\r\n]|\p{Zl}|\p{Zp}|\p{Cs}|(?![\u200c\u200d])\p{Cf}/u;

describe.each(cases)('$format, where names are $name', ({ format, name }) => {
  test('holds no character that hides or misleads', async () => {
    const rendered = await render(format, hostileResult(hostile[name]));
    expect(unsafe.exec(rendered)?.[0]?.codePointAt(0)).toBeUndefined();
  });
});

const safeText = fc.string({ unit: 'binary', maxLength: 60 });

test.each(formatNames)('%s renders any text at all, and stays free of control characters', async (format) => {
  await fc.assert(
    fc.asyncProperty(safeText, async (text) => {
      const rendered = await render(format, hostileResult(text));
      return !unsafe.test(rendered);
    }),
    { numRuns: 60 },
  );
});

test.each(['text', 'markdown'])('%s does not drown in one endless name', async (format) => {
  const short = await render(format, hostileResult('x'));
  const long = await render(format, hostileResult(hostile.long));
  expect(long.length).toBeLessThan(short.length + 60_000);
  expect(long.includes('characters more')).toBe(true);
});
