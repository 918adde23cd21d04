import { type ComponentChild, h } from 'preact';
import type { Story } from '../../../story/story.ts';
import { entries } from '../table.ts';

export function answerSection({
  question,
  asked,
  verdict,
  answer,
  disclaimer,
  matrix,
  textLanguage,
  language,
}: Story): ComponentChild {
  return [
    h('p', { class: 'question' }, question),
    h(
      'div',
      { class: `verdict ${verdict.kind}` },
      h('p', { class: 'verdict-label' }, verdict.label),
      h('p', textLanguage === language ? {} : { lang: textLanguage }, verdict.reason),
    ),
    h(
      'div',
      { class: 'brief' },
      h(
        'ul',
        { class: 'answer' },
        answer.map((line) => h('li', {}, line)),
      ),
      matrix.rows.length === 0 ? null : matrixTable(matrix),
    ),
    entries(asked, 'asked'),
    h('p', { class: 'disclaimer' }, disclaimer),
  ];
}

/** Small enough to stay a table on every screen. */
function matrixTable({ caption, corner, columns, rows, total, waived }: Story['matrix']): ComponentChild {
  const cell = (count: number, className = ''): ComponentChild =>
    h('td', { class: count === 0 ? 'zero' : className }, String(count));
  return h(
    'table',
    { class: 'matrix' },
    h('caption', {}, caption, waived === null ? null : h('span', { class: 'waived-count' }, ` ${waived}`)),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, corner),
        columns.map(({ label, basis }) => h('th', { scope: 'col', class: `duty-${basis}` }, label)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map(({ severity, label, counts }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, h('span', { class: `tag severity ${severity}` }, label)),
          counts.map((count) => cell(count, severity)),
        ),
      ),
    ),
    h(
      'tfoot',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, total.label),
        total.counts.map((count) => cell(count)),
      ),
    ),
  );
}
