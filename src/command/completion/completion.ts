import type { Command } from 'commander';
import { builtInPolicies, loadBuiltInPacks, loadCatalog } from '../../io/content.ts';
import { reporterNames } from '../../report/names.ts';
import type { CommandContext } from '../context.ts';
import { glossary } from '../explain/glossary.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type Known, placesOf } from './spec.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints what a shell sources to complete commands, options and the words that Bercail knows. */
export async function printCompletion(
  shell: keyof typeof scripts,
  program: Command,
  context: CommandContext,
): Promise<number> {
  await context.out(scripts[shell](placesOf(program, await knownWords())));
  return 0;
}

/** Only words that a shell takes as they are: what is completed is typed as it is shown. */
async function knownWords(): Promise<Known> {
  const { catalog } = await loadCatalog();
  const packs = await loadBuiltInPacks();
  const { data } = catalog;
  const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);
  const rules = packs.flatMap((pack) => pack.rules.map(({ raw }) => raw.id)).sort();
  const known: Known = {
    rule: rules,
    pack: packs.map(({ pack }) => pack.name),
    policy: builtInPolicies(),
    provider: ids(data.providers),
    's3-provider': ids(data.providers),
    'print-permissions': ['aws'],
    'audit format': reporterNames,
    'check format': reporterNames,
    'report format': reporterNames,
    'diff format': ['text', 'json', 'markdown', 'html'],
    'explain id': [...rules, 'manifest', 'glossary', ...glossary().map(({ key }) => key)],
    'rules show id': rules,
    'catalog provider name': ids(data.providers),
    'catalog country code': ids(data.countries),
    'catalog law id': ids(data.laws),
    'catalog category id': ids(data.categories),
    'catalog purpose id': ids(data.purposes),
    categories: ids(data.categories),
    purposes: ids(data.purposes),
    country: ids(data.countries),
    seat: ids(data.countries),
  };
  return Object.fromEntries(
    Object.entries(known).map(([name, words]) => [name, words.filter((word) => /^[\w./:@+-]+$/.test(word))]),
  );
}
