import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { visible } from '../../src/report/visible.ts';
import type { Result } from '../../src/result/result.ts';
import { hostileTold, largeResult, toldResult } from '../fixtures/report/context-2018.ts';
import { hostile } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { languages, readRepository, render } from './rendering.ts';

const template = (name: string): string => readRepository(`reports/templates/${name}`);
const html = (result: Result): Promise<string> => render('html', result, { template });
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

test('the page may load nothing: its policy allows its own style and script and no more', async () => {
  const page = await html(toldResult('fr'));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
  const hash = (tag: string): string =>
    createHash('sha256')
      .update(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '')
      .digest('base64');
  expect(policy).toBe(
    `default-src 'none'; style-src 'sha256-${hash('style')}'; script-src 'sha256-${hash('script')}'; base-uri 'none'; form-action 'none'`,
  );
  expect(page).not.toMatch(/ style="| on\w+="|<link|<img|<iframe|@import|url\((?!#)/);
});

test.each(languages)(
  'the page in %s holds every finding, each kind of duty, and no word that is lacking',
  async (language) => {
    const result = toldResult(language);
    const page = await html(result);
    expect(page).toContain(`<html lang="${language}">`);
    for (const { id } of result.findings) expect(page).toContain(`id="f-${id.slice(0, 12)}"`);
    expect(page).not.toMatch(/undefined|NaN|\[object|>(story|html|kind)\.\w/);
  },
);

test('maps show Europe, and the world for what lies elsewhere', async () => {
  const page = await html(toldResult('en'));
  expect(page).toContain('id="map-europe-title"');
  expect(page).toContain('id="map-world-title"');
  expect(page).toContain('One place is not on the map, because its country is not known');
});

test('findings in another language than the page say so to screen readers', async () => {
  const page = await render('html', toldResult('fr'), { template, language: 'en' });
  expect(page).toMatch(/<h4 id="[^"]+" lang="fr">/);
});

describe('texts from outside stay texts', () => {
  test.each(Object.entries(hostile).filter(([, text]) => text !== ''))('%s', async (_, text) => {
    const page = await html(hostileTold(text));
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(/<img|<iframe|<\w[^<>]*\son\w+=/.exec(page)?.[0]).toBeUndefined();
    expect(page.includes(escape(visible(text)))).toBe(true);
    expect(/href="(?!#|https?:)[^"]*/.exec(page)?.[0]).toBeUndefined();
  });
});

test('a result of an older version renders', async () => {
  const { context: _, ...old } = result2018('en');
  const page = await html(old);
  expect(page).toContain('auditing again will give them');
});

test('100,000 findings make a page that a browser can hold, and the page says what it leaves out', async () => {
  const page = await html(largeResult(100_000));
  expect(page.length).toBeLessThan(3_000_000);
  expect(page).toMatch(/of 85,7\d\d findings are shown here/);
});
