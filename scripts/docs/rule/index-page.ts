import type { Basis, Rule } from '../../../src/rule/rule.ts';
import { basisWords, severityWords, sourceWords } from '../../../src/rule/schema.ts';
import { bilingual, fileOf, inLanguage, interval, type Library, levelsOf } from '../library.ts';
import { anchor, blocks, code, fence, link, list, page, prose, table } from '../markdown.ts';
import { ruleWords } from './words.ts';

/** The index of the rules: by pack, text, severity, source and policy. */
export function ruleIndex(library: Library): string {
  const { rules, packs } = library;
  const sections = [
    ['Par paquet · By pack', byPack(library)],
    ['Par texte · By law article', byLaw(library)],
    ['Par gravité · By severity', bySeverity(library)],
    ['Par source des faits · By source', bySource(rules)],
    ['Par politique · By policy', byPolicy(library)],
    ['Écrire une règle · Write a rule', writing],
  ] as const;
  return page(
    'rules/, catalog/laws/ and policies/',
    '# Règles · Rules',
    `${rules.length} règles en ${packs.length} paquets. Chacune est un fichier YAML qui dit ce qui doit tenir, sur quel fondement, et comment le savoir.`,
    `${rules.length} rules in ${packs.length} packs. Each is a YAML file that says what must hold, on which basis, and how one knows.`,
    list(sections.map(([title]) => link(title, `#${anchor(title)}`))),
    ...sections.flatMap(([title, text]) => [`## ${title}`, text]),
  );
}

function pageOf({ id }: Rule): string {
  return link(id, `${id}.md`);
}

function pagesOf(rules: readonly Rule[]): string {
  return rules.map(pageOf).join(', ');
}

function byPack({ packs, say }: Library): string {
  return blocks(
    packs.flatMap(({ name, title, description, rules }) => [
      `### ${name}`,
      `**${prose(inLanguage(title, 'fr'))}** — ${prose(inLanguage(description, 'fr'))}`,
      `**${prose(inLanguage(title, 'en'))}** — ${prose(inLanguage(description, 'en'))}`,
      table(
        ['', 'Énoncé', 'Statement', 'Gravité · Severity', 'Devoir · Duty', 'Fichier · File'],
        rules.map((rule) => {
          const { title: statement, basis } = rule.source;
          return [
            `**${pageOf(rule)}**`,
            prose(inLanguage(statement, 'fr')),
            prose(inLanguage(statement, 'en')),
            levelsOf(rule)
              .map((level) => bilingual(say, `severity.${level}`))
              .join('<br>'),
            [
              bilingual(say, `basis.${basis.type}`),
              ...(basis.contested ? [bilingual(say, 'basis.contested')] : []),
            ].join('<br>'),
            link('YAML', `../../${fileOf(rule)}`),
          ];
        }),
      ),
    ]),
  );
}

/** Texts that rules name, by what they are, in the order of their articles. */
function byLaw({ rules, catalog, say }: Library): string {
  const naming = new Map<string, Rule[]>();
  for (const rule of rules) for (const { id } of rule.law) naming.set(id, [...(naming.get(id) ?? []), rule]);
  const { compare } = new Intl.Collator('en', { numeric: true });
  const entries = [...naming]
    .sort(([a], [b]) => compare(a, b))
    .map(([id, citing]) => ({ id, citing, entry: catalog.law(id) }));
  return blocks(
    (Object.keys(basisWords) as Basis[]).flatMap((basis) => {
      const rows = entries
        .filter(({ entry }) => entry?.basis === basis)
        .map(({ id, citing, entry }) => {
          const label = prose(inLanguage(entry?.label, 'fr'));
          return [
            `${entry?.url ? link(label, entry.url) : label}<br>${code(id)}`,
            prose(inLanguage(entry?.title, 'fr')),
            prose(inLanguage(entry?.title, 'en')),
            interval(entry?.from ?? null, entry?.to ?? null),
            entry ? bilingual(say, `mark.${entry.mark}`) : '',
            pagesOf(citing),
          ];
        });
      if (rows.length === 0) return [];
      return [
        `### ${bilingual(say, `basis.${basis}`)}`,
        table(
          [
            'Texte · Text',
            'Objet',
            'Subject',
            'En vigueur · In force',
            'Relecture · Checked',
            'Règles · Rules',
          ],
          rows,
        ),
      ];
    }),
  );
}

function bySeverity({ rules, say }: Library): string {
  const levels = Object.keys(severityWords) as (keyof typeof severityWords)[];
  const rows = levels.map((level) => {
    const found = rules.filter((rule) => levelsOf(rule).includes(level));
    const shown = found.map((rule) => (levelsOf(rule).length > 1 ? `${pageOf(rule)}\\*` : pageOf(rule)));
    return [`**${bilingual(say, `severity.${level}`)}**`, String(found.length), shown.join(', ')];
  });
  return blocks(table(['', '', 'Règles · Rules'], rows), '\\* selon les faits · depending on the facts');
}

function bySource(rules: readonly Rule[]): string {
  const kinds = Object.keys(sourceWords) as (keyof typeof sourceWords)[];
  const rows = kinds.map((kind) => {
    const found = rules.filter(({ source }) => source.from.includes(kind));
    const shown = found.map((rule) => (rule.source.from.length === 1 ? `**${pageOf(rule)}**` : pageOf(rule)));
    return [
      `**${kind}**<br>${ruleWords.fr.sources[kind]} · ${ruleWords.en.sources[kind]}`,
      String(found.length),
      shown.join(', '),
    ];
  });
  return blocks(
    table(['', '', 'Règles · Rules'], rows),
    'En gras : cette source seule. · In bold: from this source alone.',
  );
}

/** Which built-in policies enable a rule, with which severity; in bold what the policy changes. */
function byPolicy({ rules, policies }: Library): string {
  const rows = rules.map((rule) => [
    pageOf(rule),
    ...policies.map(({ policy }) => {
      const active = policy.rules.find((one) => one.rule.id === rule.id);
      if (!active) return policy.disabled.some((one) => one.rule === rule.id) ? '*off*' : '—';
      return active.severity === null ? levelsOf(rule).join(' / ') : `**${active.severity}**`;
    }),
  ]);
  return blocks(
    'En gras, la gravité que la politique change ; — : la politique ne prend pas la règle ; *off* : elle la désactive, avec une raison. · In bold, the severity that the policy changes; —: the policy does not take the rule; *off*: it turns it off, with a reason.',
    table(['', ...policies.map(({ name }) => link(name, `../policies.md#${name}`))], rows),
  );
}

const writing = blocks(
  `La commande ci-dessous écrit une règle commentée, avec des exemples qui passent ; ${link('le modèle', '../model.md')} dit ce qu’une règle voit, ${link('CEL', '../cel.md')} comment l’écrire. · The command below writes a commented rule, with examples that pass; ${link('the model', '../model.md')} says what a rule sees, ${link('CEL', '../cel.md')} how to write it.`,
  fence(
    'sh',
    'bercail rules new ORG-01 --name contract-names-a-contact --pack our-rules --target organisation\nbercail rules test our-rules',
  ),
  `Complétion et aide dans l’éditeur · Completion and help in the editor: ${link(code('rule-v1.schema.json'), '../../reports/schema/rule-v1.schema.json')}, ${link(code('pack-v1.schema.json'), '../../reports/schema/pack-v1.schema.json')}, ${link(code('policy-v1.schema.json'), '../../reports/schema/policy-v1.schema.json')}.`,
  fence('yaml', '# yaml-language-server: $schema=node_modules/bercail/reports/schema/rule-v1.schema.json'),
);
