import { type ComponentChild, h } from 'preact';

export interface Column {
  readonly label: string;
  readonly kind?: 'number' | 'code';
}

/**
 * A table that stacks into cards on a narrow screen. Roles are written out: styles that stack cells take the ones that
 * elements have by themselves away.
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly ComponentChild[])[],
  isCaptionShown = true,
): ComponentChild {
  return h(
    'table',
    { role: 'table' },
    h('caption', isCaptionShown ? {} : { class: 'hidden' }, caption),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        columns.map(({ label, kind }) =>
          h('th', { role: 'columnheader', scope: 'col', class: kind ?? '' }, label),
        ),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map((cells) =>
        h(
          'tr',
          { role: 'row' },
          cells.map((cell, index) => {
            const { label = '', kind = '' } = columns[index] ?? {};
            return index === 0
              ? h('th', { role: 'rowheader', scope: 'row', class: kind, 'data-label': label }, cell)
              : h('td', { role: 'cell', class: kind, 'data-label': label }, cell);
          }),
        ),
      ),
    ),
  );
}

/** What a limit left out, where it did. */
export function left(text: string | null): ComponentChild {
  return text === null ? null : h('p', { class: 'left' }, text);
}

export function entries(
  list: readonly { readonly term: string; readonly text: string; readonly isCode?: boolean }[],
  className = '',
): ComponentChild {
  return h(
    'dl',
    { class: `entries ${className}` },
    list.map(({ term, text, isCode }) =>
      h('div', {}, h('dt', {}, term), h('dd', {}, isCode ? h('code', {}, text) : text)),
    ),
  );
}

export function codes(list: readonly string[]): ComponentChild {
  return list.map((one, index) => [index === 0 ? null : ', ', h('code', {}, one)]);
}

/** Words between backticks are what one types: they are set as code. Nothing else in a text has a meaning. */
export function inline(text: string): ComponentChild {
  return text.split(/`([^`\n]{1,80})`/).map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part));
}
