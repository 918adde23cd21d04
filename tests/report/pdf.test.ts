import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { showable } from '../../src/report/format/pdf/glyph.ts';
import { render } from '../../src/report/format/pdf/pdf.ts';
import { visible } from '../../src/report/visible.ts';
import type { Language, Result } from '../../src/result/result.ts';
import { hostileTold, largeResult, toldResult } from '../fixtures/report/context-2018.ts';
import { hostile } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { describeWithProgram } from '../setup/tool.ts';
import { languages, messagesOf, readRepository } from './rendering.ts';

const template = (name: string): string => readRepository(`reports/templates/${name}`);

async function pdf(result: Result, language: Language = result.run.language): Promise<Buffer> {
  return Buffer.from(
    await render(result, {
      language,
      messages: messagesOf(language),
      color: false,
      width: null,
      hyperlinks: false,
      template,
    }),
  );
}

test.each(languages)(
  'the report in %s is tagged, says its language and claims PDF/UA-1',
  async (language) => {
    const text = (await pdf(toldResult(language))).toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(text).toContain(`/Lang (${language === 'fr' ? 'fr-FR' : 'en-GB'})`);
  },
);

test('the same result gives the same bytes', async () => {
  expect((await pdf(toldResult('fr'))).equals(await pdf(toldResult('fr')))).toBe(true);
});

test('a result of an older version renders', async () => {
  const { context: _, ...old } = result2018('en');
  expect((await pdf(old)).length).toBeGreaterThan(20_000);
});

test('20,000 findings make a document that can be sent', async () => {
  expect((await pdf(largeResult(20_000))).length).toBeLessThan(6_000_000);
});

test('what no font can show is written as its number', () => {
  expect(showable('école 漢 → ✓ e\u0301')).toBe('école \\u{6f22} → ✓ é');
});

describeWithProgram('read back from the PDF', ['pdftotext'], (pdftotext) => {
  function textOf(document: Buffer): string {
    const folder = mkdtempSync(join(tmpdir(), 'bercail-pdf-'));
    try {
      writeFileSync(join(folder, 'report.pdf'), document);
      return execFileSync(pdftotext, ['-enc', 'UTF-8', join(folder, 'report.pdf'), '-'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 1 << 28,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const squeeze = (text: string): string => text.replace(/[\s\u00ad\u2010-]/gu, '');

  test('every rule that fails and every section is there', async () => {
    const result = toldResult('fr');
    const text = textOf(await pdf(result));
    for (const { rule, outcome } of result.findings) if (outcome === 'fail') expect(text).toContain(rule);
    for (const heading of [
      'En bref',
      'Où sont les données',
      'Par où elles passent',
      'Entre quelles mains',
      'Constats',
      'Ce qui n’est pas connu',
      'Méthode, sources et textes',
    ])
      expect(text).toContain(heading);
  });

  describe('texts from outside stay texts', () => {
    test.each(['html', 'markdown', 'ansi', 'bidi', 'xml', 'surrogate', 'long', 'longWide'] as const)(
      '%s',
      async (name) => {
        const text = hostile[name];
        const read = squeeze(textOf(await pdf(hostileTold(text))));
        expect(read).toContain(squeeze(showable(visible(text))).slice(0, 60));
      },
    );
  });
});
