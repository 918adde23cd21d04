import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Result } from '../../src/result/result.ts';
import { hostileTold, toldResult } from '../fixtures/report/context-2018.ts';
import { hostile } from '../fixtures/report/hostile.ts';
import { describeWithProgram } from '../setup/tool.ts';
import { readRepository, render } from './rendering.ts';

const template = (name: string): string => readRepository(`reports/templates/${name}`);
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
  '--no-first-run',
];

interface Axe {
  readonly run: (
    root: unknown,
    options: object,
  ) => Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
}

describeWithProgram(
  'the HTML report in Chromium',
  ['chromium', 'chromium-browser', 'google-chrome'],
  (executablePath) => {
    let browser: Browser;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'bercail-html-'));
      browser = await chromium.launch({ executablePath, args });
    });
    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    /** The page of a result, with everything that it asked of the network or complained of. */
    async function open(
      result: Result,
      options: BrowserContextOptions = {},
    ): Promise<{ readonly page: Page; readonly trouble: readonly string[] }> {
      const file = join(folder, 'report.html');
      await writeFile(file, await render('html', result, { template }));
      const page = await (await browser.newContext(options)).newPage();
      const trouble: string[] = [];
      page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
      page.on('pageerror', (error) => trouble.push(String(error)));
      page.on('dialog', (dialog) => trouble.push(`dialog ${dialog.message()}`));
      page.on(
        'request',
        (request) => !request.url().startsWith('file:') && trouble.push(`request ${request.url()}`),
      );
      await page.goto(`file://${file}`);
      return { page, trouble };
    }

    async function violations(page: Page): Promise<readonly string[]> {
      await page.evaluate(readRepository('node_modules/axe-core/axe.min.js'));
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as typeof globalThis & { readonly axe: Axe };
        const { violations } = await axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      return found;
    }

    describe('axe finds no violation of WCAG 2.2 AA', () => {
      const wide = { width: 1360, height: 900 };
      test.each([
        ['fr', 'wide', { viewport: wide }],
        ['fr', 'dark', { viewport: wide, colorScheme: 'dark' }],
        ['en', 'wide', { viewport: wide }],
        ['en', 'on a phone', { viewport: { width: 360, height: 780 } }],
      ] as const)('%s, %s', async (language, _, options) => {
        const { page } = await open(toldResult(language), { ...options, bypassCSP: true });
        expect(await violations(page)).toEqual([]);
        await page.context().close();
      });
    });

    test('nothing is asked of the network, and nothing is wider than a phone', async () => {
      const { page, trouble } = await open(toldResult('fr'), { viewport: { width: 360, height: 780 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(trouble).toEqual([]);
      await page.context().close();
    });

    test('search and filters leave what fits and say how much', async () => {
      const { page } = await open(toldResult('fr'));
      await page.fill('#filter-text', 'AMAZON propriétaires CLOUD');
      expect(await page.locator('article.rule[data-duty]:visible').count()).toBe(1);
      expect(await page.locator('#filter output').textContent()).toMatch(/^1 règles? montrées? sur/);
      await page.click('#filter button[type=reset]');
      await page.uncheck('#filter input[value=demand]');
      expect(await page.locator('article.rule[data-duty=demand]:visible').count()).toBe(0);
      await page.selectOption('#filter-severity', '0');
      expect(await page.locator('article.rule[data-duty]:visible').count()).toBe(1);
      await page.context().close();
    });

    test('without script everything is there and nothing is offered that does not work', async () => {
      const { page } = await open(toldResult('en'), { javaScriptEnabled: false });
      expect(await page.locator('#filter').isVisible()).toBe(false);
      expect(await page.locator('article.rule').count()).toBeGreaterThan(5);
      await page.context().close();
    });

    test('the first key press offers to skip to the content', async () => {
      const { page } = await open(toldResult('en'));
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
      await page.context().close();
    });

    test.each(['html', 'bidi', 'long', 'longWide', 'separators'] as const)(
      '%s from outside runs nothing and breaks no layout',
      async (name) => {
        const { page, trouble } = await open(hostileTold(hostile[name]), {
          viewport: { width: 360, height: 780 },
        });
        expect(trouble).toEqual([]);
        expect(await page.locator('script').count()).toBe(1);
        expect(await page.locator('img').count()).toBe(0);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        await page.context().close();
      },
    );
  },
);
