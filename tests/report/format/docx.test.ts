import { describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { createWriter, dossiers } from '../../../src/report/dossier/registry.ts';
import { render } from '../../../src/report/format/docx/docx.ts';
import { reporters } from '../../../src/report/registry.ts';
import type { Result } from '../../../src/result/result.ts';
import { hostile, hostileResult } from '../../fixtures/report/hostile.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { languages, messagesOf } from '../rendering.ts';

const parts = Object.keys(dossiers);

async function letter(result: Result, part?: string): Promise<Uint8Array> {
  const { language } = result.run;
  const context = { language, messages: messagesOf(language), color: false, width: null, hyperlinks: false };
  return (await render(result, { ...context, ...(part === undefined ? {} : { part }) })) as Uint8Array;
}

async function textOf(result: Result, part?: string): Promise<string> {
  const xml = strFromU8(unzipSync(await letter(result, part))['word/document.xml'] ?? new Uint8Array());
  return xml.replaceAll(/<\/w:p>/g, '\n').replaceAll(/<[^>]*>/g, '');
}

test('the letters that the registry promises are those that there are, the referral first', async () => {
  expect(reporters['docx']?.parts?.(result2018('fr'))).toEqual(parts);
  expect(await textOf(result2018('fr'))).toBe(await textOf(result2018('fr'), 'referral'));
});

const cases = parts.flatMap((part) => languages.map((language) => ({ part, language })));

test.each(cases)(
  '$part in $language has the same bytes twice, and no word that is missing',
  async ({ part, language }) => {
    const result = result2018(language);
    expect(Buffer.compare(await letter(result, part), await letter(result, part))).toBe(0);
    expect(await textOf(result, part)).not.toMatch(/dossier\.|undefined|\[object|\{\w+\}/);
  },
);

test.each(cases)(
  'every statement of $part in $language is a finding’s or a question’s, and rests on what it names',
  ({ part, language }) => {
    const result = result2018(language);
    const writer = createWriter(result, language, messagesOf(language));
    const facts = (dossiers[part]?.(writer).blocks ?? []).filter((block) => block.kind === 'fact');
    const said = new Set(result.findings.map(({ message }) => writer.prose(message)));
    const asked = result.unknowns.map(({ subject }) => subject.label);
    for (const { text, rests } of facts) {
      expect(said.has(text) || asked.some((label) => text.startsWith(label))).toBe(true);
      expect(rests.length).toBeGreaterThan(0);
    }
  },
);

test('what is accepted is told as accepted, and is no failure', async () => {
  const text = await textOf(result2018('en'), 'referral');
  expect(text.indexOf('Kept until the end of the legal retention period')).toBeGreaterThan(
    text.indexOf('Findings that somebody accepted'),
  );
});

test('a demand is never told as a duty in law', async () => {
  const text = await textOf(result2018('en'), 'referral');
  const law = text.slice(
    text.indexOf('Findings under law and doctrine'),
    text.indexOf('Findings that rest on a contract'),
  );
  expect(law).not.toContain('Rule LOC-01');
  expect(text).toContain('Rule LOC-01');
});

test.each(parts)('%s says so when nothing was found', async (part) => {
  const text = await textOf({ ...result2018('en'), findings: [], unknowns: [] }, part);
  expect(text).toMatch(/no finding|Nothing|nothing/);
});

describe.each(Object.keys(hostile) as (keyof typeof hostile)[])('where names are %s', (name) => {
  test.each(parts)('%s holds them as text', async (part) => {
    for (const [file, bytes] of Object.entries(unzipSync(await letter(hostileResult(hostile[name]), part)))) {
      const xml = strFromU8(bytes);
      expect([
        file,
        /[^\P{Cc}\r\n\t]|[\ufffe\uffff]|\p{Cs}|(?![\u200c\u200d])\p{Cf}|\p{Zl}/u.exec(xml)?.[0],
      ]).toEqual([file, undefined]);
      expect(xml).not.toMatch(/<script|<img|w:hyperlink|w:fldSimple/);
    }
  });
});

test('a result of 20,000 findings gives a letter that can be opened: the rest is counted', async () => {
  const [one] = result2018('en').findings;
  if (!one) throw new Error('no finding');
  const findings = Array.from({ length: 20_000 }, (_, index) => ({ ...one, id: String(index) }));
  expect((await textOf({ ...result2018('en'), findings })).length).toBeLessThan(100_000);
});
