import type { ValidateFunction } from 'ajv';
import { BercailError, type Position, type Problem } from '../error.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { quote } from '../yaml/quote.ts';
import { readYaml, type YamlSource } from '../yaml/read.ts';
import { inFileOrder, validate } from '../yaml/validate.ts';
import {
  type Head,
  toCity,
  toCountry,
  toLaw,
  toProvider,
  toRegion,
  toTerm,
  type WrittenEntry,
} from './file/entry.ts';
import { checkReferences, type Locate } from './file/reference.ts';
import { catalogSchema, type Kind, kinds } from './file/schema.ts';
import type { CatalogData, Category, City, Country, Law, Provider, Region } from './types.ts';

/** One file of the catalog: its name, for positions, and its text. */
export interface CatalogFile {
  readonly name: string;
  readonly text: string;
}

interface ReadFile {
  readonly kind: Kind;
  readonly head: Head;
  readonly entries: { readonly [id: string]: WrittenEntry };
  readonly source: YamlSource;
}

const validators = Object.fromEntries(
  kinds.map((kind) => [kind, lazyValidator(() => catalogSchema(kind))]),
) as {
  readonly [kind in Kind]: () => ValidateFunction;
};

/**
 * The catalog from its YAML files. What a file holds is told by its key (`regions:`, `laws:`…), not by its name.
 * @throws BercailError `input` with every problem of every file: syntax, shape, an entry without source, day or
 * mark, an id given twice, a name that leads nowhere.
 */
export function parseCatalog(files: readonly CatalogFile[]): CatalogData {
  const problems: Problem[] = [];
  const read: ReadFile[] = [];
  for (const { name, text } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    try {
      read.push(readFile(name, text));
    } catch (error) {
      if (!(error instanceof BercailError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new BercailError('input', problems);

  const places = new Map<string, { source: YamlSource; kind: Kind; id: string }>();
  const data = collect(read, (kind, key, id, source) => {
    const place = `${kind} ${key}`;
    const first = places.get(place);
    if (first) {
      const { line } = first.source.positionOf([kind, first.id]);
      problems.push({
        message: `${quote(key)} is given twice`,
        hint: `first in ${first.source.file}:${line}`,
        where: source.positionOf([kind, id]),
      });
    } else {
      places.set(place, { source, kind, id });
    }
  });
  for (const file of read) problems.push(...checkSources(file));
  const locate: Locate = (kind, key, path = []): Position | undefined => {
    const place = places.get(`${kind} ${key}`);
    return place?.source.positionOf([kind, place.id, ...path]);
  };
  problems.push(...checkReferences(data, locate));
  if (problems.length > 0) throw new BercailError('input', problems);
  return data;
}

function readFile(name: string, text: string): ReadFile {
  const source = readYaml(text, name);
  const value = source.value as { readonly [key: string]: unknown } | null;
  const kind =
    typeof value === 'object' && value !== null ? kinds.find((one) => Object.hasOwn(value, one)) : undefined;
  if (value === null || kind === undefined) {
    const hint = `expected one of the keys ${kinds.join(', ')}`;
    throw new BercailError('input', {
      message: 'this is not a file of the catalog',
      hint,
      where: source.positionOf([]),
    });
  }
  const problems = validate(source, validators[kind]());
  if (problems.length > 0) throw new BercailError('input', problems);
  return { kind, head: value, entries: value[kind] as ReadFile['entries'], source };
}

type Note = (kind: Kind, key: string, id: string, source: YamlSource) => void;

function collect(files: readonly ReadFile[], note: Note): CatalogData {
  const all = <T>(
    wanted: Kind,
    build: (id: string, entry: WrittenEntry, head: Head) => T,
    keyOf = (id: string, _head: Head): string => id,
  ): T[] =>
    files
      .filter(({ kind }) => kind === wanted)
      .flatMap(({ head, entries, source }) =>
        Object.entries(entries).map(([id, entry]) => {
          note(wanted, keyOf(id, head), id, source);
          return build(id, entry, head);
        }),
      );
  return {
    regions: all<Region>('regions', toRegion, (id, { provider }) => `${provider ?? ''} ${id}`),
    providers: all<Provider>('providers', toProvider),
    countries: all<Country>('countries', toCountry),
    cities: all<City>('cities', toCity),
    laws: all<Law>('laws', toLaw),
    categories: all<Category>('categories', toTerm),
    purposes: all<Category>('purposes', toTerm),
  };
}

/** Every fact says where it comes from, when a person looked, and how far it is verified. */
function checkSources({ kind, head, entries, source }: ReadFile): Problem[] {
  const problems = Object.entries(entries).flatMap(([id, entry]) =>
    (['source', 'checked_on', 'mark'] as const)
      .filter((key) => (entry[key] ?? head[key]) == null)
      .map(
        (key): Problem => ({
          message: `${quote(id)} has no ${key}`,
          hint: 'write it in the entry, or at the top of the file for all',
          where: source.positionOf([kind, id]),
        }),
      ),
  );
  return inFileOrder(problems);
}
