import type { Catalog } from '../../catalog/catalog.ts';
import { lawOf } from '../../evaluate/finding.ts';
import { loadMessages } from '../../io/content.ts';
import { createMessages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import type { Rule } from '../../rule/rule.ts';
import { textIn } from '../../rule/say.ts';
import { textsOf } from '../tree/text.ts';

/** A rule as a person reads it: what must hold, on which basis, and how it is decided. */
export function ruleText(rule: Rule, catalog: Catalog, language: Language, asOf: string): string {
  const { source } = rule;
  const text = textsOf(language);
  const say = (key: string): string => text(`rule.${key}`) ?? key;
  const label = createMessages(language, loadMessages(language));
  // French has a space before its colon.
  const colon = text('rule.colon') ?? ':';
  const row = (label: string, value: string): string => `${say(label)}${colon} ${value}`;
  const severity =
    typeof source.severity === 'string'
      ? label(`severity.${source.severity}`)
      : source.severity
          .map(({ when, is }) => `${label(`severity.${is}`)}${when ? ` (${when})` : ''}`)
          .join(', ');
  const { type, contested, mark, checked_on: checked } = source.basis;
  const lines = [
    `${rule.id}  ${textIn(source.title, language) ?? source.name}`,
    '',
    row('pack', `${rule.pack} / ${source.name}`),
    row('target', [...rule.judgements.keys()].join(', ')),
    row('severity', severity),
    row(
      'basis',
      `${label(`basis.${type}`)}${contested ? `, ${say('contested')}` : ''} (${label(`mark.${mark}`)}, ${checked})`,
    ),
    row('from', source.from.join(', ')),
    ...(source.in_force
      ? [row('force', `${source.in_force.from ?? '…'} – ${source.in_force.to ?? '…'}`)]
      : []),
    '',
    `${say('law')}${colon}`,
    ...lawOf(rule, catalog, language, asOf).map(
      ({ id, label: title, url, basis, mark: of }) =>
        `  - ${title} [${id}] ${label(`basis.${basis}`)}, ${label(`mark.${of}`)}${url ? `\n    ${url}` : ''}`,
    ),
    '',
    `${say('why')}${colon} ${textIn(source.why, language) ?? ''}`,
    '',
    `${say('fix')}${colon} ${textIn(source.fix[language], language) ?? ''}`,
    ...Object.entries(source.fix)
      .filter(([key]) => key !== 'fr' && key !== 'en')
      .map(([key, text]) => `  ${key}${colon} ${textIn(text, language) ?? ''}`),
    '',
    ...[...rule.judgements.values()].flatMap(({ target, when, assert }) => [
      `${say('when')} (${target})${colon} ${when?.source.trim() ?? 'true'}`,
      `${say('assert')} (${target})${colon} ${assert.source.trim()}`,
    ]),
    '',
    row('facts', rule.facts.join(', ')),
    ...Object.entries(source.params ?? {}).map(([name, param]) =>
      row('params', `${name} = ${JSON.stringify(param.default)} (${param.type})`),
    ),
    row('tests', String(source.tests.length)),
  ];
  return `${lines.join('\n')}\n`;
}
