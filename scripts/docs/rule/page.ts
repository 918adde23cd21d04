import type { Language } from '../../../src/result/result.ts';
import type { Template } from '../../../src/rule/cel/template.ts';
import type { Basis, Rule } from '../../../src/rule/rule.ts';
import { bilingual, fileOf, inLanguage, type Library } from '../library.ts';
import { blocks, code, codes, fence, link, list, page, prose, table } from '../markdown.ts';
import { layOut } from './cel.ts';
import { factTable } from './fact.ts';
import { ruleWords } from './words.ts';

/** The page of one rule: what a jurist reads, in French then in English, then how it is decided. */
export function rulePage(rule: Rule, library: Library): string {
  const { source, id } = rule;
  const file = fileOf(rule);
  return page(
    file,
    `# ${id} · ${prose(source.title.fr ?? source.name)}`,
    `*${prose(source.title.en ?? source.name)}*`,
    [
      link('Français', '#français'),
      link('English', '#english'),
      link('Comment elle juge · How it judges', '#comment-elle-juge--how-it-judges'),
      link(code(file), `../../${file}`),
      link('Toutes les règles · All rules', 'README.md'),
    ].join(' — '),
    inWords(rule, library, 'fr'),
    inWords(rule, library, 'en'),
    howItJudges(rule, library),
  );
}

function inWords(rule: Rule, library: Library, language: Language): string {
  const { source } = rule;
  const words = ruleWords[language];
  const { fr: _fr, en: _en, ...providers } = source.fix;
  const only = source.from.join() === 'attestation';
  return blocks(
    `## ${words.heading}`,
    `> **${prose(inLanguage(source.title, language))}**`,
    table(['', ''], glance(rule, library, language)),
    source.from.includes('attestation') ? (only ? words.attestationAlone : words.attestationBeside) : '',
    `### ${words.law}`,
    mixedDuties(rule, library, language),
    lawTable(rule, library, language),
    `### ${words.why}`,
    prose(inLanguage(source.why, language)),
    `### ${words.fix}`,
    prose(inLanguage(source.fix[language], language)),
    list(
      Object.entries(providers).map(
        ([provider, text]) => `**${prose(provider)}** — ${prose(inLanguage(text, language))}`,
      ),
    ),
    `### ${words.message}`,
    messages(rule, library, language),
    ...params(rule, language),
    ...(source.note === undefined ? [] : [`### ${words.author}`, prose(inLanguage(source.note, language))]),
  );
}

function glance(rule: Rule, { say, policies }: Library, language: Language): string[][] {
  const { source, pack } = rule;
  const { type, contested, mark, checked_on: checked } = source.basis;
  const words = ruleWords[language];
  const tell = say[language];
  const levels = typeof source.severity === 'string' ? [{ is: source.severity }] : source.severity;
  const severity = levels.map(({ when, is }: { readonly when?: string; readonly is: string }) => {
    const level = tell(`severity.${is}`);
    return when === undefined
      ? levels.length > 1
        ? words.otherwise(level)
        : level
      : words.when(level, code(when));
  });
  const period = words.period(source.in_force?.from ?? null, source.in_force?.to ?? null);
  const enabling = policies.flatMap(({ name, policy }) => {
    const active = policy.rules.find((one) => one.rule.id === rule.id);
    if (!active) return [];
    const page = link(code(name), `../policies.md#${name}`);
    return [active.severity === null ? page : `${page} (${tell(`severity.${active.severity}`)})`];
  });
  return [
    [`**${words.pack}**`, code(`${pack} / ${source.name}`)],
    [
      `**${words.duty}**`,
      [
        `**${tell(`basis.${type}`)}**${words.colon}${words.basis[type]}`,
        ...(contested ? [words.contested] : []),
      ].join(words.semicolon),
    ],
    [`**${words.checked}**`, `${words.mark[mark]}, ${words.on(checked)}`],
    [`**${words.force}**`, period === '' ? '' : `${period} (${words.outside})`],
    [`**${words.severity}**`, severity.join('<br>')],
    [
      `**${words.target}**`,
      [...rule.judgements.keys()]
        .map((target) => `${tell(`subject.${target}`)} (${code(target)})`)
        .join(', '),
    ],
    [`**${words.from}**`, source.from.map((one) => words.sources[one]).join(', ')],
    [`**${words.policies}**`, enabling.join(', ')],
  ].filter(([, value]) => value !== '');
}

/** Which texts make the law part of a rule, which its doctrine, when it has both. */
function mixedDuties(rule: Rule, { catalog, say }: Library, language: Language): string {
  const groups = new Map<Basis, string[]>();
  for (const { id, basis } of rule.law) {
    const entry = catalog.law(id);
    const kind = basis ?? entry?.basis ?? rule.source.basis.type;
    groups.set(kind, [...(groups.get(kind) ?? []), prose(inLanguage(entry?.label, language) || id)]);
  }
  if (groups.size < 2) return '';
  const { colon, semicolon, mixed } = ruleWords[language];
  const parts = [...groups].map(
    ([kind, labels]) => `**${say[language](`basis.${kind}`)}**${colon}${labels.join(semicolon)}`,
  );
  return blocks(mixed, list(parts));
}

function lawTable(rule: Rule, { catalog, say }: Library, language: Language): string {
  const words = ruleWords[language];
  const rows = rule.law.map(({ id, basis }) => {
    const entry = catalog.law(id);
    if (!entry) return [code(id)];
    const label = prose(inLanguage(entry.label, language));
    const kind = say[language](`basis.${basis ?? entry.basis}`);
    const next = entry.replaced_by === null ? null : catalog.law(entry.replaced_by);
    const period = words.period(entry.from, entry.to);
    return [
      `${entry.url === null ? label : link(label, entry.url)}<br>${code(id)}`,
      prose(inLanguage(entry.title, language)),
      entry.contested ? `${kind}, ${say[language]('basis.contested')}` : kind,
      next ? `${period}, ${words.replaced(prose(inLanguage(next.label, language)))}` : period,
      `${say[language](`mark.${entry.mark}`)}, ${entry.checked_on}`,
    ];
  });
  return table(words.lawHead, rows);
}

function messages(rule: Rule, { say }: Library, language: Language): string {
  const words = ruleWords[language];
  const several = rule.judgements.size > 1;
  const shown = [...rule.judgements.values()].flatMap(({ target, message, messagePass }) => {
    const name = several ? `${say[language](`subject.${target}`)} — ` : '';
    const pass = messagePass(language);
    return [
      `${name}${inMarkdown(message(language))}`,
      ...(pass ? [`${name}*${words.passes}*${words.colon}${inMarkdown(pass)}`] : []),
    ];
  });
  const unique = [...new Set(shown)];
  return blocks(
    unique.map((text) => `> ${text}`),
    unique.some((text) => text.includes('`{…}`')) ? words.elided : '',
  );
}

/** Text as written, and each expression as code; a long one, or one that only joins, would hide the sentence. */
function inMarkdown(template: Template): string {
  const text = template
    .map((part) =>
      typeof part === 'string'
        ? part.replaceAll('`', '')
        : `\`{${/[`?]/.test(part.source) || part.source.length > 60 ? '…' : part.source}}\``,
    )
    .join('')
    .replaceAll('}``{', '}` `{')
    .replace(/(`\{…\}`)( `\{…\}`)+/g, '$1');
  return prose(text);
}

function params({ source }: Rule, language: Language): string[] {
  const words = ruleWords[language];
  const rows = Object.entries(source.params ?? {}).map(([name, { type, default: value, description }]) => [
    code(name),
    code(type),
    code(JSON.stringify(value)),
    prose(inLanguage(description, language)),
  ]);
  return rows.length === 0 ? [] : [`### ${words.params}`, table(words.paramHead, rows)];
}

function howItJudges(rule: Rule, { say }: Library): string {
  const several = rule.judgements.size > 1;
  const conditions = [...rule.judgements.values()].flatMap(({ target, when, assert }) => [
    several ? `### ${bilingual(say, `subject.${target}`)} (${code(target)})` : '',
    when ? 'S’applique quand · Applies when' : 'S’applique toujours · Always applies',
    when ? fence('cel', layOut(when.source)) : '',
    'Exige · Requires',
    fence('cel', layOut(assert.source)),
  ]);
  const lets = Object.entries(rule.source.let ?? {}).map(
    ([name, value]) => `${name} =\n${layOut(value).replace(/^/gm, '  ')}`,
  );
  const examples = rule.source.tests.map(({ name, target, given, expect }) => [
    prose(name),
    several && target ? code(target) : '',
    typeof given['as_of'] === 'string' ? given['as_of'] : '',
    expected(expect, say),
  ]);
  return blocks(
    '## Comment elle juge · How it judges',
    `En ${link('CEL', '../cel.md')}, sur ${link('le modèle', '../model.md')} · In ${link('CEL', '../cel.md')}, on ${link('the model', '../model.md')}.`,
    ...conditions,
    ...(lets.length === 0
      ? []
      : ['### Valeurs que les messages nomment · Values that messages name', fence('cel', lets.join('\n'))]),
    '### Faits lus · Facts read',
    factTable(rule),
    '### Exemples · Examples',
    table(['Exemple · Example', 'Cible · Target', 'Jour · Day', 'Attendu · Expected'], examples),
    code(`bercail rules test --rule ${rule.id}`),
  );
}

/** `fail`, with its severity or the facts that are missing. */
function expected(expect: Rule['source']['tests'][number]['expect'], say: Library['say']): string {
  const [outcome, more] =
    typeof expect === 'object' && expect !== null && !Array.isArray(expect)
      ? (Object.entries(expect)[0] ?? ['', null])
      : [String(expect), null];
  const name = `${say.fr(`outcome.${outcome}`)} · ${code(outcome)}`;
  if (Array.isArray(more)) return `${name} : ${codes(more.map(String))}`;
  const severity =
    typeof more === 'object' && more !== null && 'severity' in more && typeof more.severity === 'string'
      ? more.severity
      : null;
  return severity === null ? name : `${name}, ${bilingual(say, `severity.${severity}`)}`;
}
