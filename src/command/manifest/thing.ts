import type { Catalog } from '../../catalog/catalog.ts';
import type { Tree } from '../../inventory/fact.ts';
import { fieldAt } from '../../manifest/field.ts';
import type { Section } from '../../manifest/insert.ts';
import type { Manifest } from '../../manifest/read.ts';

/** One field that `manifest add` asks for, or takes as an option. Its words come from the schema. */
export interface Asked {
  /** Below the thing: `place.country`. The option is its last step, unless `option` says otherwise. */
  readonly field: string;
  readonly option?: string;
  readonly isList?: boolean;
  readonly isRequired?: boolean;
  /** Names to choose among, that are in the manifest or the catalog. */
  readonly names?: (manifest: Manifest, catalog: Catalog) => readonly string[];
}

export interface Thing {
  readonly section: Section;
  readonly isList?: boolean;
  readonly asked: readonly Asked[];
}

const keysOf =
  (section: string) =>
  ({ value }: Manifest): readonly string[] => {
    const found = value[section];
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.keys(found) : [];
  };
const providers = (_: Manifest, { data }: Catalog): readonly string[] => data.providers.map(({ id }) => id);
const countries = (_: Manifest, { data }: Catalog): readonly string[] => data.countries.map(({ id }) => id);
const categories = (_: Manifest, { data }: Catalog): readonly string[] => data.categories.map(({ id }) => id);
const purposes = (_: Manifest, { data }: Catalog): readonly string[] => data.purposes.map(({ id }) => id);
const ends = (manifest: Manifest): readonly string[] => [
  ...keysOf('assets')(manifest),
  'schools',
  'families',
  'internet',
];

/** What one may add, and what is asked of each: what rules need first. The rest is for an editor. */
export const things: { readonly [noun: string]: Thing } = {
  organisation: {
    section: 'organisations',
    asked: [
      { field: 'provider', names: providers },
      { field: 'name' },
      { field: 'role', isRequired: true },
      { field: 'engaged_by', names: keysOf('organisations') },
      { field: 'seat', names: countries },
    ],
  },
  dataset: {
    section: 'datasets',
    asked: [
      { field: 'subjects', isList: true, isRequired: true },
      { field: 'categories', isList: true, isRequired: true, names: categories },
      { field: 'secrecy' },
      { field: 'identifiability' },
    ],
  },
  asset: {
    section: 'assets',
    asked: [
      { field: 'kind', isRequired: true },
      { field: 'operator', isRequired: true, names: keysOf('organisations') },
      { field: 'place.provider', names: providers },
      { field: 'place.region' },
      { field: 'place.country', names: countries },
      { field: 'holds', isList: true, names: keysOf('datasets') },
    ],
  },
  flow: {
    section: 'flows',
    isList: true,
    asked: [
      { field: 'from', isRequired: true, names: ends },
      { field: 'to', isRequired: true, names: ends },
      { field: 'datasets', isList: true, isRequired: true, names: keysOf('datasets') },
      { field: 'recipient', names: keysOf('organisations') },
    ],
  },
  activity: {
    section: 'activities',
    asked: [
      { field: 'controller', isRequired: true, names: keysOf('organisations') },
      { field: 'purposes', isList: true, names: purposes },
      { field: 'datasets', isList: true, isRequired: true, names: keysOf('datasets') },
      { field: 'legal_basis' },
    ],
  },
};

export function optionOf({ field, option }: Asked): string {
  return (option ?? field.split('.').at(-1) ?? field).replaceAll('_', '-');
}

/** `--engaged-by` as the parser of the command line hands it over: `engagedBy`. */
export function attributeOf(asked: Asked): string {
  return optionOf(asked).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The words that a field takes, by the schema; none where it takes any text. */
export function wordsOf(section: Section, { field }: Asked): readonly { word: string; meaning: string }[] {
  const found = fieldAt(`${section}.${field}`)?.words ?? [];
  const words = found.filter(({ word }) => !['unknown', 'false', 'none', 'null'].includes(word));
  return words.length === 0 ? [] : found.filter(({ word }) => word !== 'false' && word !== 'null');
}

/** Answers as the manifest writes them: `place.country` goes into `place`. */
export function treeOfAnswers(answers: ReadonlyMap<string, string | readonly string[]>): Tree {
  const tree: { [field: string]: Tree[string] } = {};
  for (const [field, answer] of answers) {
    const [outer = field, inner] = field.split('.');
    const value = typeof answer === 'string' ? valueOf(answer) : answer.map(String);
    if (inner === undefined) tree[outer] = value;
    else tree[outer] = { ...(tree[outer] as Tree | undefined), [inner]: value };
  }
  return tree;
}

/** `false` is the known « there is none », not a name. */
function valueOf(answer: string): string | boolean {
  return answer === 'false' ? false : answer;
}
