import { wrap } from '../../../report/format/text/layout.ts';
import type { Span } from '../../../report/format/text/span.ts';
import type { Messages } from '../../../report/message.ts';
import { prose, visible } from '../../../report/visible.ts';
import { fitLine } from '../../line.ts';
import type { Form } from '../form.ts';
import type { Browse } from '../state.ts';
import { nameOf, valueText } from './row.ts';

type Lines = readonly (readonly Span[])[];

/** The values to filter by, under the name of what they are values of; and the line that the cursor is on. */
export function filterLines(
  { choices, filters }: Browse,
  cursor: number,
  messages: Messages,
  width: number,
): { readonly lines: Lines; readonly at: number } {
  const lines: Span[][] = [];
  let at = 0;
  for (const [index, { facet, value, count }] of choices.entries()) {
    if (choices[index - 1]?.facet !== facet) {
      if (index > 0) lines.push([]);
      lines.push([{ text: messages(`browse.facet.${facet}`), style: 'bold' }]);
    }
    if (index === cursor) at = lines.length;
    const box = filters[facet].has(value) ? '[x]' : '[ ]';
    const text = `${index === cursor ? '❯' : ' '} ${box} ${valueText(facet, value, messages)}  ${count}`;
    lines.push(
      index === cursor
        ? fitLine([{ text, style: 'cursor' }], width)
        : [{ text, style: box === '[x]' ? 'bold' : 'dim' }],
    );
  }
  return { lines, at };
}

/** A form: what it is about, its fields, and what is wrong with the one that is typed in. */
export function formLines(form: Form, state: Browse, messages: Messages, width: number): Lines {
  const { kind, fields, at, problem, targets } = form;
  const rules = [...new Set(targets.flatMap((target) => state.entries[target]?.rule ?? []))];
  const [first] = targets;
  const subject = first === undefined ? '' : (state.entries[first]?.subject.id ?? '');
  const about = targets.length === 1 ? `${rules.map(nameOf).join(', ')} · ${nameOf(subject)}` : '';
  const say = (text: string, style?: Span['style']): Span[][] =>
    wrap([style === undefined ? { text } : { text, style }], width);
  return [
    ...say(messages(`browse.form.${kind}`, { count: targets.length }), 'bold'),
    ...(about === '' ? [] : say(about)),
    ...(kind === 'waive'
      ? say(messages('browse.form.into', { file: visible(state.waiverFile) }), 'dim')
      : []),
    [],
    ...fields.flatMap(({ name, value }, index): Span[][] => {
      const isHere = index === at;
      const label = messages(`browse.field.${name}`);
      return [
        [{ text: `${isHere ? '❯' : ' '} ${label}`, style: isHere ? 'bold' : 'dim' }],
        // The end of a long text is what is being typed.
        [{ text: `    ${tail(visible(value), width - 6)}${isHere ? '▏' : ''}` }],
        ...(isHere && problem !== null
          ? [[{ text: `  ✗ ${messages(problem)}`, style: 'bad' as const }]]
          : []),
      ];
    }),
    [],
    ...say(messages('browse.form.keys'), 'dim'),
  ];
}

function tail(text: string, width: number): string {
  let kept = text;
  while (wrap([kept.replaceAll(' ', '\u00a0')], Math.max(4, width)).length > 1) kept = kept.slice(1);
  return kept;
}

const helpKeys = [
  'move',
  'page',
  'open',
  'back',
  'search',
  'filter',
  'clear',
  'tree',
  'mark',
  'waive',
  'copy',
  'law',
  'export',
  'quit',
] as const;

/** Columns of the keys, beside what they do. */
const KEYS = 26;

/** Every key. */
export function helpLines(messages: Messages, width: number): Lines {
  return helpKeys.flatMap((name) => {
    const [keys = '', what = ''] = messages(`browse.help.${name}`).split(' — ');
    const rows = wrap([what], Math.max(12, width - KEYS));
    return rows.map((row, index): readonly Span[] => [
      ...fitLine([{ text: index === 0 ? `  ${keys}` : '', style: 'bold' }], KEYS),
      ...row,
    ]);
  });
}

export function textLines(text: string, width: number): Lines {
  return wrap([prose(text)], width);
}
