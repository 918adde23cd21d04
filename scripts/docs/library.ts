/** Everything that the pages tell of: read once, from the same readers as the tool. */
import type { Catalog } from '../../src/catalog/catalog.ts';
import { builtInPolicies, builtInPolicyPath, loadCatalog, loadMessages } from '../../src/io/content.ts';
import { readText } from '../../src/io/file.ts';
import { loadRules } from '../../src/load.ts';
import { type PolicyFile, readPolicy } from '../../src/policy/read.ts';
import { lineage, type Policy, resolvePolicy } from '../../src/policy/resolve.ts';
import { createMessages, type Messages } from '../../src/report/message.ts';
import type { Language } from '../../src/result/result.ts';
import type { Rule, RulePack, Severity } from '../../src/rule/rule.ts';
import { textIn } from '../../src/rule/say.ts';
import { type Calls, loadCalls } from './call.ts';

export interface PolicyEntry {
  readonly name: string;
  readonly file: PolicyFile;
  /** With everything that it extends. Exceptions are taken to hold: a page has no day. */
  readonly policy: Policy;
}

export interface Library {
  readonly catalog: Catalog;
  /** The oldest day on which an entry of the catalog was looked at. */
  readonly checkedOn: string;
  readonly packs: readonly RulePack[];
  readonly rules: readonly Rule[];
  readonly policies: readonly PolicyEntry[];
  readonly calls: Calls;
  readonly say: { readonly [language in Language]: Messages };
}

const beforeAnyException = '1000-01-01';

export async function loadLibrary(): Promise<Library> {
  const { catalog, checkedOn } = await loadCatalog();
  const packs = await loadRules(catalog);
  const files = await Promise.all(
    builtInPolicies().map(async (name) =>
      readPolicy((await readText(builtInPolicyPath(name))).text, `policies/${name}.yaml`, catalog),
    ),
  );
  const read = (name: string): PolicyFile => {
    const found = files.find(({ value }) => value.name === name);
    if (!found) throw new Error(`a built-in policy extends ${name}, which is not one`);
    return found;
  };
  const policies = files.map((file) => ({
    name: file.value.name,
    file,
    policy: resolvePolicy(lineage(file, read), packs, beforeAnyException),
  }));
  const rules = packs.flatMap((pack) => pack.rules).sort((a, b) => (a.id < b.id ? -1 : 1));
  const say = { fr: createMessages('fr', loadMessages('fr')), en: createMessages('en', loadMessages('en')) };
  return { catalog, checkedOn, packs, rules, policies, calls: await loadCalls(), say };
}

/** The YAML file of a rule, from the root of the repository. */
export function fileOf(rule: Rule): string {
  return rule.positionOf(['id']).file;
}

/** The levels that a failure may have, gravest first as the rule writes them. */
export function levelsOf({ source }: Rule): readonly Severity[] {
  return typeof source.severity === 'string'
    ? [source.severity]
    : [...new Set(source.severity.map(({ is }) => is))];
}

export function inLanguage(text: Parameters<typeof textIn>[0], language: Language): string {
  return textIn(text, language) ?? '';
}

/** « élevée · high »; once where both languages have the same word. */
export function bilingual({ fr, en }: Library['say'], key: string): string {
  return fr(key) === en(key) ? fr(key) : `${fr(key)} · ${en(key)}`;
}

/** Days of an interval, the first and the last included, in no language. */
export function interval(from: string | null, to: string | null): string {
  return from === null && to === null ? '' : `${from ?? ''} → ${to ?? ''}`.trim();
}
