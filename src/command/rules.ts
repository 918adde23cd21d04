import { join } from 'node:path';
import { nearest } from '../catalog/nearest.ts';
import { BercailError } from '../error.ts';
import {
  loadBuiltInPacks,
  loadCatalog,
  loadMessages,
  packFolders,
  readBuiltInPacks,
  readPackFolder,
} from '../io/content.ts';
import { startDeadline } from '../io/deadline.ts';
import { root } from '../io/root.ts';
import { createMessages } from '../report/message.ts';
import type { Language } from '../result/result.ts';
import { runTests } from '../rule/inline-test.ts';
import { compilePacks, readPack } from '../rule/load.ts';
import type { Rule, RulePack } from '../rule/rule.ts';
import { textIn } from '../rule/say.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { sayIn } from './say.ts';

export interface RulesOptions {
  readonly pack?: readonly string[];
  readonly rule?: readonly string[];
  readonly lang?: Language;
  readonly format?: string;
}

/** Own packs are folders; names choose among the built-in ones. */
function chosen(packs: readonly RulePack[], { pack }: RulesOptions): readonly RulePack[] {
  const names = pack?.filter((name) => !isPath(name)) ?? [];
  const unknown = names.find((name) => !packs.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new BercailError('usage', {
      message: `no pack ${unknown}`,
      hint: `there are: ${packs.map(({ name }) => name).join(', ')}`,
    });
  return names.length === 0 ? packs : packs.filter(({ name }) => names.includes(name));
}

function isPath(name: string): boolean {
  return /[/\\.]/.test(name);
}

/** `full` reads the built-in rules from YAML, with their examples. */
export async function loadRules(options: RulesOptions, full = true): Promise<readonly RulePack[]> {
  const { catalog } = await loadCatalog();
  const own = options.pack?.filter(isPath).map((path) => readPack(readPackFolder(path))) ?? [];
  return chosen(
    compilePacks([...(await (full ? readBuiltInPacks() : loadBuiltInPacks())), ...own], {
      catalog,
      strict: own.length > 0,
    }),
    options,
  );
}

export async function listRules(options: RulesOptions, context: CommandContext): Promise<number> {
  const language = options.lang ?? localeLanguage(context.env);
  const packs = await loadRules(options, false);
  if (options.format === 'json') {
    const rows = packs.flatMap((pack) => pack.rules.map((rule) => summary(rule, language)));
    await context.out(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const messages = createMessages(language, loadMessages(language));
  const lines: string[] = [];
  const tally = new Map<string, number>();
  const add = (key: string): void => void tally.set(key, (tally.get(key) ?? 0) + 1);
  for (const pack of packs) {
    lines.push(`${pack.name} ${pack.version}: ${textIn(pack.title, language) ?? ''} (${pack.rules.length})`);
    for (const rule of pack.rules) {
      const { severity, title, target } = summary(rule, language);
      const { type, contested } = rule.source.basis;
      const say = (kind: string, words: string): string =>
        words
          .split(',')
          .map((word) => messages(`${kind}.${word}`))
          .join(', ');
      add(say('basis', type));
      add(say('severity', severity.split(',')[0] ?? ''));
      const basis = `${say('basis', type)}${contested ? '*' : ''}`;
      lines.push(
        `  ${rule.id.padEnd(8)} ${say('severity', severity).padEnd(17)} ${basis.padEnd(10)} ${say('subject', target).padEnd(19)} ${title}`,
      );
    }
    lines.push('');
  }
  const counts = [...tally].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, number]) => `${key} ${number}`);
  const total = packs.reduce((sum, pack) => sum + pack.rules.length, 0);
  await context.out(
    `${lines.join('\n')}${sayIn(language, context)('rules.count', { total, list: counts.join(', ') })}\n`,
  );
  return 0;
}

function summary(rule: Rule, language: Language) {
  const { source } = rule;
  const severity =
    typeof source.severity === 'string'
      ? source.severity
      : [...new Set(source.severity.map(({ is }) => is))].join(',');
  return {
    id: rule.id,
    pack: rule.pack,
    name: source.name,
    title: textIn(source.title, language) ?? '',
    severity,
    basis: `${source.basis.type}${source.basis.contested ? '*' : ''}`,
    contested: source.basis.contested ?? false,
    mark: source.basis.mark,
    target: [...rule.judgements.keys()].join(','),
    from: source.from,
    law: rule.law.map(({ id }) => id),
  };
}

export async function findRule(
  id: string,
  options: RulesOptions,
): Promise<{ rule: Rule; packs: readonly RulePack[] } | null> {
  const packs = await loadRules(options);
  const rule = packs
    .flatMap((pack) => pack.rules)
    .find((one) => one.id.toLowerCase() === id.toLowerCase() || one.source.name === id);
  return rule ? { rule, packs } : null;
}

export async function showRule(id: string, options: RulesOptions, context: CommandContext): Promise<number> {
  const found = await findRule(id, options);
  if (!found) {
    const ids = (await loadRules(options)).flatMap((pack) => pack.rules.map((rule) => rule.id));
    throw new BercailError('not_found', {
      message: `no rule ${id}`,
      hint: `nearest: ${nearest(id.toUpperCase(), ids).join(', ')}`,
    });
  }
  const { ruleText } = await import('./explain/rule-text.ts');
  const { catalog } = await loadCatalog();
  const language = options.lang ?? localeLanguage(context.env);
  await context.out(
    options.format === 'json'
      ? `${JSON.stringify(found.rule.source, null, 2)}\n`
      : ruleText(found.rule, catalog, language, context.clock().slice(0, 10)),
  );
  return 0;
}

/** Runs the examples inside the rule files, read afresh from YAML. */
export async function testRules(
  paths: readonly string[],
  options: RulesOptions,
  context: CommandContext,
): Promise<number> {
  const { catalog } = await loadCatalog();
  const folders = [...paths, ...(options.pack?.filter(isPath) ?? [])];
  const files = folders.length > 0 ? folders.map(readPackFolder) : packFolders(join(root, 'rules'), 'rules');
  const packs = chosen(compilePacks(files.map(readPack), { catalog, strict: true }), options);
  const rules = packs.flatMap((pack) => pack.rules).filter(({ id }) => options.rule?.includes(id) ?? true);
  const { onRule, within } = startDeadline();
  const failures = within(() =>
    rules.flatMap((rule) => {
      onRule(rule);
      return runTests(rule, catalog);
    }),
  );
  for (const { rule, test, kind, message, where } of failures) {
    await context.out(
      `${where.file}:${where.line}:${where.column}: ${kind}: ${rule} “${test}”: ${message}\n`,
    );
  }
  const total = rules.reduce((sum, rule) => sum + rule.source.tests.length, 0);
  const failed = new Set(failures.map(({ rule, test }) => `${rule}\0${test}`)).size;
  await context.out(
    `${sayIn(options.lang, context)('rules.tested', { rules: rules.length, total, passed: total - failed, failed })}\n`,
  );
  return failed > 0 ? 1 : 0;
}
