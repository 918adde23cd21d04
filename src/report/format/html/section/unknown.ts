import { type ComponentChild, h } from 'preact';
import type { Story } from '../../../story/story.ts';
import type { Answerer, Question } from '../../../story/unknown.ts';
import { codes, inline, left } from '../table.ts';

export function unknownSection({ unknowns, say }: Story): ComponentChild {
  if (unknowns.answerers.length === 0) return h('p', {}, say('story.unknowns.none'));
  return [
    h('p', {}, unknowns.intro),
    unknowns.answerers.map((answerer, index) => answererSection(answerer, index, say)),
  ];
}

function answererSection(
  { who, countLabel, questions, left: more }: Answerer,
  index: number,
  say: Story['say'],
): ComponentChild {
  return h(
    'section',
    { class: 'answerer', 'aria-labelledby': `who-${index}` },
    h('h3', { id: `who-${index}` }, who, h('span', { class: 'count' }, countLabel)),
    h(
      'ul',
      { class: 'questions' },
      questions.map((question) => h('li', {}, questionItem(question, say))),
    ),
    left(more),
  );
}

function questionItem(
  { subjects, severity, severityLabel, rules, missing, how }: Question,
  say: Story['say'],
): ComponentChild {
  const row = (term: string, text: ComponentChild): ComponentChild =>
    h('div', {}, h('dt', {}, term), h('dd', {}, text));
  return [
    h(
      'p',
      { class: 'awaited' },
      h('span', { class: `tag severity small ${severity}` }, severityLabel),
      ' ',
      rules.map(({ id, title }, index) => [
        index === 0 ? null : ' · ',
        h('span', { class: 'rule-id' }, id),
        title === null ? null : ` ${title}`,
      ]),
    ),
    h(
      'dl',
      { class: 'facts' },
      row(say('story.column.subject'), codes(subjects)),
      row(say('label.missing'), codes(missing)),
      row(
        say('label.how'),
        how.map(({ text, fields }) =>
          h(
            'p',
            {},
            inline(text),
            fields === null ? null : [' ', h('code', { class: 'field-name' }, fields)],
          ),
        ),
      ),
    ),
  ];
}
