import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { markdownText } from '../report/markdown-text.ts';
import type { Messages } from '../report/message.ts';
import { writeJson } from '../report/visible.ts';
import type { Language } from '../result/result.ts';
import type { Diff } from './diff.ts';
import { type DiffPage, tellDiff } from './tell.ts';

type Render = (diff: Diff, messages: Messages, language: Language) => string;

/** Every form of a diff, one line each. */
export const diffFormats: { readonly [name: string]: Render | undefined } = {
  text: (diff, messages) => text(tellDiff(diff, messages)),
  json: (diff) => writeJson(diff),
  markdown: (diff, messages) => markdown(tellDiff(diff, messages)),
  html: (diff, messages, language) => html(tellDiff(diff, messages), language),
};

function text({ title, intro, sections, end }: DiffPage): string {
  const parts = sections.map(({ heading, lines }) =>
    [
      heading,
      ...lines.flatMap(({ mark, head, details }) => [
        `  ${mark} ${head}`,
        ...details.map((one) => `      ${one}`),
      ]),
    ].join('\n'),
  );
  return `${[[title, ...intro].join('\n'), ...parts, end].join('\n\n')}\n`;
}

function markdown({ title, intro, sections, end }: DiffPage): string {
  const parts = sections.map(({ heading, lines }) =>
    [
      `### ${markdownText(heading)}`,
      lines
        .map(({ mark, head, details }) =>
          [
            `- ${markdownText(mark)} **${markdownText(head)}**`,
            ...details.map((one) => `  - ${markdownText(one)}`),
          ].join('\n'),
        )
        .join('\n'),
    ].join('\n\n'),
  );
  return `${[`## ${markdownText(title)}`, intro.map((one) => `- ${markdownText(one)}`).join('\n'), ...parts, markdownText(end)].join('\n\n')}\n`;
}

const style = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
li{margin:.5rem 0;overflow-wrap:anywhere}ul ul{margin:0}b{font-family:ui-monospace,monospace}`;

/** One page that loads nothing. */
function html({ title, intro, sections, end }: DiffPage, language: Language): string {
  const list = (items: readonly string[]) =>
    h(
      'ul',
      {},
      items.map((one) => h('li', {}, one)),
    );
  const page = h(
    'html',
    { lang: language },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', {
        'http-equiv': 'Content-Security-Policy',
        content: "default-src 'none'; style-src 'unsafe-inline'",
      }),
      h('title', {}, title),
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ),
    h(
      'body',
      {},
      h(
        'main',
        {},
        h('h1', {}, title),
        list(intro),
        sections.map(({ heading, lines }) => [
          h('h2', {}, heading),
          h(
            'ul',
            {},
            lines.map(({ mark, head, details }) => h('li', {}, h('b', {}, mark), ` ${head}`, list(details))),
          ),
        ]),
        h('p', {}, end),
      ),
    ),
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}
