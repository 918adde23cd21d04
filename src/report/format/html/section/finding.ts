import { type ComponentChild, h } from 'preact';
import { severities } from '../../../../result/result.ts';
import type { Story } from '../../../story/story.ts';
import type { Citation, DutyGroup, Occurrence, RuleGroup, Statement } from '../../../story/told.ts';
import { inline, left } from '../table.ts';

export function findingSection(story: Story): ComponentChild {
  const { duties, errors, say, language, textLanguage, shownNote } = story;
  const lang = language === textLanguage ? {} : { lang: textLanguage };
  return [
    language === textLanguage ? null : h('p', { class: 'note' }, say('story.findings.language')),
    duties.length === 0 ? h('p', {}, say('story.findings.none')) : filterForm(story),
    shownNote === null ? null : h('p', { class: 'warning' }, shownNote),
    duties.map((duty) => dutySection(duty, say, lang)),
    errors.length === 0
      ? null
      : h(
          'section',
          { class: 'duty errors', 'aria-labelledby': 'errors' },
          h('h3', { id: 'errors' }, say('story.findings.errors')),
          h('p', { class: 'meaning' }, say('story.findings.errors_intro')),
          errors.map((rule) => ruleArticle(rule, say, lang)),
        ),
  ];
}

/** Shown by the script: without it there is nothing to filter with, and everything is on the page. */
function filterForm({ duties, say }: Story): ComponentChild {
  const total = duties.reduce((sum, { rules }) => sum + rules.length, 0);
  return h(
    'form',
    {
      class: 'filter',
      id: 'filter',
      hidden: true,
      role: 'search',
      'aria-label': say('html.filter'),
      'data-shown': say('html.shown', { shown: '{shown}', total: '{total}' }),
    },
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'filter-text' }, say('html.search')),
      h('input', {
        id: 'filter-text',
        name: 'text',
        type: 'search',
        autocomplete: 'off',
        placeholder: say('html.search_hint'),
      }),
    ),
    h(
      'fieldset',
      {},
      h('legend', {}, say('html.duty')),
      duties.map(({ basis, label }) =>
        h(
          'label',
          {},
          h('input', { type: 'checkbox', name: 'duty', value: basis, checked: true }),
          ` ${label}`,
        ),
      ),
    ),
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'filter-severity' }, say('html.severity')),
      h(
        'select',
        { id: 'filter-severity', name: 'severity' },
        h('option', { value: String(severities.length) }, say('html.all')),
        severities
          .slice(0, -1)
          .map((severity, index) => h('option', { value: String(index) }, say(`severity.${severity}`))),
      ),
    ),
    h('button', { type: 'reset' }, say('html.reset')),
    h(
      'output',
      { 'aria-live': 'polite', for: 'filter-text filter-severity' },
      say('html.shown', { shown: String(total), total: String(total) }),
    ),
  );
}

type Lang = { readonly lang?: string };

function dutySection(
  { basis, label, meaning, countLabel, rules }: DutyGroup,
  say: Story['say'],
  lang: Lang,
): ComponentChild {
  return h(
    'section',
    { class: `duty ${basis}`, 'aria-labelledby': `duty-${basis}` },
    h('h3', { id: `duty-${basis}` }, label, h('span', { class: 'count' }, countLabel)),
    h('p', { class: 'meaning' }, meaning),
    rules.map((rule) => ruleArticle(rule, say, lang)),
  );
}

function ruleArticle(group: RuleGroup, say: Story['say'], lang: Lang): ComponentChild {
  const {
    key,
    rule,
    title,
    severity,
    severityLabel,
    basis,
    basisLabel,
    contested,
    markLabel,
    mark,
    why,
    fix,
    law,
    statements,
  } = group;
  return h(
    'article',
    {
      class: `rule ${severity}`,
      id: key,
      'data-duty': basis,
      'data-severity': String(severities.indexOf(severity)),
      'aria-labelledby': `${key}-title`,
    },
    h(
      'p',
      { class: 'tags' },
      h('span', { class: `tag severity ${severity}` }, severityLabel),
      ' ',
      h('span', { class: `tag duty-${basis}` }, basisLabel),
      contested === null ? null : [' ', h('span', { class: 'tag contested' }, contested)],
      markLabel === null ? null : [' ', h('span', { class: `tag mark ${mark}` }, markLabel)],
    ),
    h('h4', { id: `${key}-title`, ...lang }, h('span', { class: 'rule-id' }, rule), ' ', title),
    h(
      'div',
      { ...lang },
      statements.map((one) => statement(one, say)),
      left(group.left),
      fix === null
        ? null
        : h('div', { class: 'fix' }, h('h5', {}, say('story.findings.fix')), h('p', {}, inline(fix))),
      why === null
        ? null
        : h('div', { class: 'why' }, h('h5', {}, say('story.findings.why')), h('p', {}, inline(why))),
      law.length === 0
        ? null
        : h(
            'div',
            { class: 'texts' },
            h('h5', {}, say('story.findings.texts')),
            h(
              'ul',
              {},
              law.map((one) => h('li', {}, citation(one, basis))),
            ),
          ),
    ),
  );
}

function statement({ message, occurrences }: Statement, say: Story['say']): ComponentChild {
  return h(
    'div',
    { class: 'statement' },
    h('p', { class: 'message' }, inline(message)),
    h(
      'ul',
      { class: 'occurrences' },
      occurrences.map((one) => occurrenceItem(one, say)),
    ),
  );
}

function occurrenceItem(
  { id, subject, subjectType, place, path, evidence, waiver }: Occurrence,
  say: Story['say'],
): ComponentChild {
  const row = (term: string, text: ComponentChild): ComponentChild =>
    h('p', { class: 'detail' }, h('span', { class: 'term' }, term), ' ', text);
  return h(
    'li',
    { class: waiver === null ? '' : 'waived', id: `f-${id.slice(0, 12)}` },
    h(
      'p',
      {},
      h('span', { class: 'term' }, subjectType),
      ' ',
      h('code', { class: 'subject' }, subject),
      place === null ? null : h('span', { class: 'at' }, ` ${place}`),
    ),
    path === null ? null : row(say('label.path'), path),
    evidence.length === 0
      ? null
      : row(
          say('label.evidence'),
          evidence.map((one, index) => [index === 0 ? null : ', ', h('code', {}, one)]),
        ),
    waiver === null ? null : row(say('label.waived'), waiver),
  );
}

/** A text with its mark, and with its kind of duty where that differs from the rule's. */
export function citation(
  { label, url, basis, basisLabel, mark, markLabel }: Citation,
  own: Citation['basis'] | null,
): ComponentChild {
  return [
    url === null ? label : h('a', { href: url, rel: 'noreferrer' }, label),
    basis === own ? null : [' ', h('span', { class: `tag small duty-${basis}` }, basisLabel)],
    mark === 'verified' ? null : [' ', h('span', { class: `tag small mark ${mark}` }, markLabel)],
  ];
}
