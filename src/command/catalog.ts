import type { Catalog } from '../catalog/catalog.ts';
import {
  describeCategory,
  describeCheck,
  describeCountry,
  describeLaw,
  describeProvider,
  describePurpose,
  describeRegion,
} from '../catalog/describe.ts';
import { BercailError } from '../error.ts';
import { loadCatalog } from '../io/content.ts';
import type { Language } from '../result/result.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { type Text, textsOf } from './tree/text.ts';

export interface CatalogOptions {
  readonly asOf?: string;
  readonly lang?: Language;
  readonly format?: string;
  readonly within?: number;
}

type Ask = (
  catalog: Catalog,
  words: readonly string[],
  day: string,
  language: Language,
) => { readonly found: object | null; readonly near: readonly string[] };

/** One line a question that the catalog answers. */
export const questions: { readonly [name: string]: { readonly args: string; readonly ask: Ask } } = {
  region: {
    args: 'PROVIDER CODE',
    ask: (catalog, [provider = '', code = ''], day) => {
      const known = catalog.provider(provider);
      return {
        found: describeRegion(catalog, known?.id ?? provider, code, day),
        near: known ? catalog.nearestRegions(known.id, code) : catalog.nearestProviders(provider),
      };
    },
  },
  provider: {
    args: 'NAME',
    ask: (catalog, [name = ''], day, language) => ({
      found: describeProvider(catalog, name, day, language),
      near: catalog.nearestProviders(name),
    }),
  },
  country: {
    args: 'CODE',
    ask: (catalog, [code = ''], day, language) => ({
      found: describeCountry(catalog, code.toUpperCase(), day, language),
      near: catalog.nearestCountries(code.toUpperCase()),
    }),
  },
  law: {
    args: 'ID',
    ask: (catalog, [id = ''], day, language) => ({
      found: describeLaw(catalog, id, day, language),
      near: catalog.nearestLaws(id),
    }),
  },
  category: {
    args: 'ID',
    ask: (catalog, [id = ''], _day, language) => ({
      found: describeCategory(catalog, id, language),
      near: catalog.nearestCategories(id),
    }),
  },
  purpose: {
    args: 'ID',
    ask: (catalog, [id = ''], _day, language) => ({
      found: describePurpose(catalog, id, language),
      near: catalog.nearestPurposes(id),
    }),
  },
};

/** Answers one question; nothing found is exit 2 with the nearest names. */
export async function askCatalog(
  name: string,
  words: readonly string[],
  options: CatalogOptions,
  context: CommandContext,
): Promise<number> {
  const question = questions[name];
  if (!question)
    throw new BercailError('usage', {
      message: `the catalog knows nothing of ${name}`,
      hint: `there are: ${Object.keys(questions).join(', ')}`,
    });
  const { catalog } = await loadCatalog();
  const day = options.asOf ?? context.clock().slice(0, 10);
  const language = options.lang ?? localeLanguage(context.env);
  const { found, near } = question.ask(catalog, words, day, language);
  if (!found)
    throw new BercailError('not_found', {
      message: `the catalog has no ${name} ${words.join(' ')}`,
      ...(near.length > 0 ? { hint: `nearest: ${near.join(', ')}` } : {}),
    });
  await context.out(tell(found, options, language));
  return 0;
}

export async function checkCatalog(options: CatalogOptions, context: CommandContext): Promise<number> {
  const { catalog } = await loadCatalog();
  const found = describeCheck(catalog, options.asOf ?? context.clock().slice(0, 10), options.within ?? 30);
  await context.out(tell(found, options, options.lang ?? localeLanguage(context.env)));
  return 0;
}

function tell(found: object, { format }: CatalogOptions, language: Language): string {
  return format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : asText(found, '', textsOf(language));
}

/** Fields whose values are words of the catalog's own, rather than names, codes or texts. */
const worded: ReadonlySet<string> = new Set(['scope', 'mark', 'kind', 'reach', 'status', 'basis', 'reason']);

/** Nested facts as indented lines, in the reader's words. */
function asText(value: unknown, indent: string, text: Text, key = ''): string {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null))
      return `${indent}${value.length === 0 ? '—' : value.join(', ')}\n`;
    return value.map((item) => `${indent}- ${asText(item, `${indent}  `, text).trimStart()}`).join('');
  }
  if (typeof value !== 'object' || value === null) return `${indent}${wordOf(value, key, text)}\n`;
  return Object.entries(value)
    .map(([field, item]) => {
      const nested =
        typeof item === 'object' &&
        item !== null &&
        !(Array.isArray(item) && item.every((one) => typeof one !== 'object'));
      const label = text(`catalog.field.${field}`) ?? field;
      const colon = text('catalog.colon') ?? ':';
      return nested
        ? `${indent}${label}${colon}\n${asText(item, `${indent}  `, text)}`
        : `${indent}${label}${colon} ${asText(item, '', text, field).trimStart()}`;
    })
    .join('');
}

function wordOf(value: unknown, key: string, text: Text): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return text(`catalog.value.${value}`) ?? String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  return (worded.has(key) ? text(`catalog.value.${value}`) : undefined) ?? value;
}
