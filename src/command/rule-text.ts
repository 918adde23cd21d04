import type { Catalog } from '../catalog/catalog.ts';
import { lawOf } from '../evaluate/finding.ts';
import type { Language } from '../result/result.ts';
import type { Rule } from '../rule/rule.ts';
import { textIn } from '../rule/say.ts';

const words = {
  fr: {
    pack: 'Pack',
    target: 'Juge',
    severity: 'Gravité',
    basis: 'Nature du devoir',
    contested: 'contesté',
    law: 'Fondements',
    why: 'Pourquoi',
    fix: 'Que faire',
    from: 'Établi par',
    facts: 'Faits lus',
    params: 'Paramètres',
    when: 'Quand',
    assert: 'Exige',
    tests: 'Exemples',
    force: 'En vigueur',
  },
  en: {
    pack: 'Pack',
    target: 'Judges',
    severity: 'Severity',
    basis: 'Kind of duty',
    contested: 'contested',
    law: 'Law',
    why: 'Why',
    fix: 'What to do',
    from: 'Established from',
    facts: 'Facts read',
    params: 'Parameters',
    when: 'When',
    assert: 'Requires',
    tests: 'Examples',
    force: 'In force',
  },
} as const;

/** A rule as a person reads it: what must hold, on which basis, and how it is decided. */
export function ruleText(rule: Rule, catalog: Catalog, language: Language, asOf: string): string {
  const { source } = rule;
  const say = words[language];
  const severity =
    typeof source.severity === 'string'
      ? source.severity
      : source.severity.map(({ when, is }) => (when ? `${is} (${when})` : is)).join(', ');
  const { type, contested, mark, checked_on: checked } = source.basis;
  const lines = [
    `${rule.id}  ${textIn(source.title, language) ?? source.name}`,
    '',
    row(say.pack, `${rule.pack} / ${source.name}`),
    row(say.target, [...rule.judgements.keys()].join(', ')),
    row(say.severity, severity),
    row(say.basis, `${type}${contested ? `, ${say.contested}` : ''} (${mark}, ${checked})`),
    row(say.from, source.from.join(', ')),
    ...(source.in_force
      ? [row(say.force, `${source.in_force.from ?? '…'} – ${source.in_force.to ?? '…'}`)]
      : []),
    '',
    `${say.law}:`,
    ...lawOf(rule, catalog, language, asOf).map(
      ({ id, label, url, basis, mark: of }) =>
        `  - ${label} [${id}] ${basis}, ${of}${url ? `\n    ${url}` : ''}`,
    ),
    '',
    `${say.why}: ${textIn(source.why, language) ?? ''}`,
    '',
    `${say.fix}: ${textIn(source.fix[language], language) ?? ''}`,
    ...Object.entries(source.fix)
      .filter(([key]) => key !== 'fr' && key !== 'en')
      .map(([key, text]) => `  ${key}: ${textIn(text, language) ?? ''}`),
    '',
    ...[...rule.judgements.values()].flatMap(({ target, when, assert }) => [
      `${say.when} (${target}): ${when?.source.trim() ?? 'true'}`,
      `${say.assert} (${target}): ${assert.source.trim()}`,
    ]),
    '',
    row(say.facts, rule.facts.join(', ')),
    ...Object.entries(source.params ?? {}).map(([name, param]) =>
      row(say.params, `${name} = ${JSON.stringify(param.default)} (${param.type})`),
    ),
    row(say.tests, String(source.tests.length)),
  ];
  return `${lines.join('\n')}\n`;
}

function row(label: string, value: string): string {
  return `${label}: ${value}`;
}
