import type { Catalog } from '../catalog/catalog.ts';
import type { Problem } from '../error.ts';
import { quote } from '../yaml/quote.ts';
import type { Path, YamlSource } from '../yaml/read.ts';
import { listOf, nameOf, type Tree, treeOf } from './tree.ts';

/** The part of the catalog that the words of a manifest come from. */
type Vocabulary = Pick<
  Catalog,
  | 'provider'
  | 'nearestProviders'
  | 'category'
  | 'nearestCategories'
  | 'purpose'
  | 'nearestPurposes'
  | 'country'
  | 'nearestCountries'
>;

/** Whether the providers, categories, purposes and countries that a manifest names exist. */
export function checkVocabulary(
  manifest: Tree,
  countries: readonly Path[],
  catalog: Vocabulary,
  positionOf: YamlSource['positionOf'],
): Problem[] {
  const problems: Problem[] = [];

  function refuse(what: string, word: string, near: readonly string[], path: Path): void {
    const hint =
      near.length > 0
        ? `did you mean ${near.map(quote).join(' or ')}?`
        : what === 'purpose'
          ? 'expected a purpose such as education.assessment'
          : `"bercail catalog ${what}" shows those that are known`;
    problems.push({
      message: `${quote(word)} is not a ${what} of the catalog`,
      hint,
      where: positionOf(path, 'value'),
    });
  }

  const provider = (word: string, path: Path): void => {
    const found = catalog.provider(word);
    // The catalog also finds a provider by its name; a manifest says its key.
    if (found?.id !== word)
      refuse('provider', word, found ? [found.id] : catalog.nearestProviders(short(word)), path);
  };
  const category = (word: string, path: Path): void => {
    if (!catalog.category(word)) refuse('category', word, catalog.nearestCategories(short(word)), path);
  };
  const purpose = (word: string, path: Path): void => {
    if (!catalog.purpose(word)) refuse('purpose', word, catalog.nearestPurposes(short(word)), path);
  };

  for (const [key, value] of Object.entries(treeOf(manifest['organisations']))) {
    each(treeOf(value)['provider'], ['organisations', key, 'provider'], provider);
  }
  for (const [key, value] of Object.entries(treeOf(manifest['assets']))) {
    each(treeOf(treeOf(value)['place'])['provider'], ['assets', key, 'place', 'provider'], provider);
  }
  for (const [key, value] of Object.entries(treeOf(manifest['datasets']))) {
    each(treeOf(value)['categories'], ['datasets', key, 'categories'], category);
    listOf(treeOf(value)['fields']).forEach((field, index) => {
      each(treeOf(field)['category'], ['datasets', key, 'fields', index, 'category'], category);
    });
  }
  for (const [key, value] of Object.entries(treeOf(manifest['activities']))) {
    each(treeOf(value)['purposes'], ['activities', key, 'purposes'], purpose);
  }
  listOf(manifest['claims']).forEach((claim, index) => {
    const says = treeOf(treeOf(claim)['says']);
    each(says['contains'], ['claims', index, 'says', 'contains'], category);
    each(treeOf(says['place'])['provider'], ['claims', index, 'says', 'place', 'provider'], provider);
  });
  for (const path of countries) {
    const code = path.reduce((at: unknown, step) => (at as Tree)[step], manifest);
    if (typeof code !== 'string' || !/^[A-Z]{2}$/.test(code) || catalog.country(code) || isCountryCode(code))
      continue;
    const current = canonical(code);
    refuse('country', code, current === code ? catalog.nearestCountries(code) : [current], path);
  }
  return problems;
}

/** Each word of a value or of a list, with its path. */
function each(value: unknown, path: Path, check: (word: string, path: Path) => void): void {
  const items = Array.isArray(value)
    ? value.map((item, index) => [item, [...path, index]] as const)
    : [[value, path] as const];
  for (const [item, at] of items) {
    const word = nameOf(item);
    if (word !== null) check(word, at);
  }
}

/** Distances to a text of a million letters help nobody. */
function short(word: string): string {
  return word.slice(0, 80);
}

/** The code that ISO 3166-1 uses today: GB for UK. */
function canonical(code: string): string {
  return Intl.getCanonicalLocales(`und-${code}`)[0]?.slice(4) ?? code;
}

/** The catalog lists the countries that the law treats apart; a manifest may name any. */
function isCountryCode(code: string): boolean {
  if (canonical(code) !== code || notCountries.has(code)) return false;
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined;
}

/** Codes that the locale data names and ISO 3166-1 does not list as countries. */
const notCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);
