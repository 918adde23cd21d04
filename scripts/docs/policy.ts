import type { PolicyFile } from '../../src/policy/read.ts';
import type { Policy } from '../../src/policy/resolve.ts';
import { bilingual, inLanguage, type Library, levelsOf, type PolicyEntry } from './library.ts';
import { blocks, code, codes, link, list, page, prose, table } from './markdown.ts';

const unknownGate = {
  observed: [
    'incomplet quand manque un fait que les sources lues devaient donner',
    'incomplete when a fact is missing that the sources read should have given',
  ],
  all: [
    'incomplet dès qu’un fait manque, même si seule une personne peut le dire',
    'incomplete whenever a fact is missing, even one that only a person can tell',
  ],
  none: [
    'ce qui n’est pas connu est montré et ne compte pas',
    'what is not known is shown and does not count',
  ],
} as const;
const untagged = {
  unknown: ['détient des données dont rien n’est connu', 'holds data of which nothing is known'],
  pupil_data: ['est présumé détenir des données d’élèves', 'is taken to hold data about pupils'],
  none: ['est présumé ne rien détenir de personnel', 'is taken to hold no personal data'],
} as const;

/** The page of the built-in policies: what each enables, what it changes, its gate, its classification. */
export function policyPage(library: Library): string {
  const { policies } = library;
  return page(
    'policies/',
    '# Politiques · Policies',
    'Une politique dit ce qu’une organisation fait respecter. Celles-ci sont fournies ; la vôtre est un fichier YAML qui peut partir de l’une d’elles (`extends`). Sans politique nommée, `complet` s’applique.',
    `A policy says what one organisation enforces. These are built in; your own is a YAML file that may start from one of them (\`extends\`). When none is named, \`complet\` applies. Schema for editors: ${link(code('policy-v1.schema.json'), '../reports/schema/policy-v1.schema.json')}.`,
    table(
      [
        'Politique · Policy',
        'Pour qui',
        'For whom',
        'Règles · Rules',
        'Échoue à · Fails at',
        'Inconnu · Unknown',
      ],
      policies.map(({ name, file, policy }) => [
        link(code(name), `#${name}`),
        prose(inLanguage(file.value.title, 'fr')),
        prose(inLanguage(file.value.title, 'en')),
        String(policy.rules.length),
        failOn(policy, library),
        code(policy.gate.unknown),
      ]),
    ),
    ...policies.map((entry) => section(entry, library)),
  );
}

function section({ name, file, policy }: PolicyEntry, library: Library): string {
  const { title, description, extends: parents } = file.value;
  const [incomplet, incomplete] = unknownGate[policy.gate.unknown];
  return blocks(
    `## ${name}`,
    `**${prose(inLanguage(title, 'fr'))}** — ${prose(inLanguage(description, 'fr'))}`,
    `**${prose(inLanguage(title, 'en'))}** — ${prose(inLanguage(description, 'en'))}`,
    list([
      `Fichier · File : ${link(code(file.source.file), `../${file.source.file}`)}`,
      ...(parents
        ? [`Part de · Starts from : ${parents.map((parent) => link(code(parent), `#${parent}`)).join(', ')}`]
        : []),
      `Seuil d’échec · Fails at : ${failOn(policy, library)}`,
      `Inconnu · Unknown : ${code(policy.gate.unknown)}, ${incomplet} · ${incomplete}`,
    ]),
    `### Règles de ${name} · Rules of ${name}`,
    enabled(policy, library),
    changes(file, policy, library),
    classification(name, policy, library),
  );
}

function failOn(policy: Policy, { say }: Library): string {
  return policy.gate.fail_on === 'never'
    ? 'jamais · never'
    : bilingual(say, `severity.${policy.gate.fail_on}`);
}

function enabled(policy: Policy, { packs, say }: Library): string {
  const rows = packs.map((pack) => {
    const active = policy.rules.filter(({ rule }) => rule.pack === pack.name);
    const shown = active.map(({ rule, severity }) => {
      const page = link(rule.id, `rules/${rule.id}.md`);
      return severity === null || levelsOf(rule).join() === severity
        ? page
        : `**${page}** (${bilingual(say, `severity.${severity}`)})`;
    });
    return [code(pack.name), `${active.length} / ${pack.rules.length}`, shown.join(', ') || '—'];
  });
  return table(['Paquet · Pack', '', 'Règles · Rules'], rows);
}

/** What this file sets by itself, beside what it takes over. */
function changes({ value }: PolicyFile, policy: Policy, { say, rules }: Library): string {
  const settings = Object.entries(value.rules ?? {}).map(
    ([id, { enabled, reason, expires, severity, params }]) => {
      const rule = rules.find((one) => one.id === id);
      const before = rule
        ? levelsOf(rule)
            .map((level) => bilingual(say, `severity.${level}`))
            .join(' / ')
        : '';
      return [
        link(id, `rules/${id}.md`),
        [
          ...(enabled === false
            ? [
                `désactivée · off${expires === undefined ? '' : `, → ${expires}`} : ${prose(inLanguage(reason, 'fr'))} · ${prose(inLanguage(reason, 'en'))}`,
              ]
            : []),
          ...(severity === undefined
            ? []
            : [`gravité · severity : ${before} → **${bilingual(say, `severity.${severity}`)}**`]),
          ...paramTexts(params),
        ].join('<br>'),
      ];
    },
  );
  const packs = Object.entries(value.packs ?? {}).flatMap(([pack, { params }]) =>
    params ? [[code(pack), paramTexts(params).join('<br>')]] : [],
  );
  const inherited = policy.disabled
    .filter(({ rule }) => value.rules?.[rule] === undefined)
    .map(({ rule, expires }) => [
      link(rule, `rules/${rule}.md`),
      `désactivée par une politique dont elle part · off in a policy that it starts from${expires === null ? '' : `, → ${expires}`}`,
    ]);
  const { basis, contested } = value.select ?? {};
  const only = [
    ...(basis ? [`basis : ${codes(basis)}`] : []),
    ...(contested === undefined ? [] : [`contested : ${code(String(contested))}`]),
  ];
  const select = only.length === 0 ? [] : [['*select*', only.join('<br>')]];
  return table(['Réglage · Setting', ''], [...select, ...packs, ...settings, ...inherited]);
}

function paramTexts(params: { readonly [name: string]: unknown } | undefined): string[] {
  return Object.entries(params ?? {}).map(
    ([name, value]) => `${code(name)} = ${code(JSON.stringify(value))}`,
  );
}

/** Tags that say the same are told once. */
function classification(name: string, policy: Policy, { catalog }: Library): string {
  const { tags, untagged: rest } = policy.classification;
  const keysOf = new Map<string, string[]>();
  for (const [key, classes] of tags) {
    const same = JSON.stringify([...classes]);
    keysOf.set(same, [...(keysOf.get(same) ?? []), key]);
  }
  const groups = [...keysOf.values()].map((keys) => [keys, tags.get(keys[0] ?? '') ?? new Map()] as const);
  const [sans, without] = untagged[rest];
  return blocks(
    `### Classement de ${name} · Classification of ${name}`,
    `Un stockage ni déclaré ni étiqueté ${sans}. · A store neither declared nor tagged ${without}. (${code(`untagged: ${rest}`)})`,
    groups.flatMap(([keys, classes]) => [
      `Étiquette · Tag ${codes(keys)} :`,
      table(
        ['Valeur · Value', 'Catégories · Categories', 'Personnes · Subjects', 'Secret · Secrecy'],
        [...classes].map(([value, { categories, subjects, secrecy }]) => [
          code(value),
          categories
            .map((id: string) => `${code(id)} ${prose(inLanguage(catalog.category(id)?.label, 'fr'))}`)
            .join('<br>') || '—',
          codes(subjects) || '—',
          code(secrecy),
        ]),
      ),
    ]),
  );
}
