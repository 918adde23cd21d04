import { expect, test } from '@jest/globals';
import { tagClasses } from '../../src/inventory/build/holding.ts';
import type { Classification } from '../../src/inventory/build/input.ts';
import type { Asset } from '../../src/inventory/noun.ts';
import { factsOf } from '../setup/fact.ts';

const named = (name: string) => ({ name, categories: [], subjects: [], secrecy: 'none' }) as const;
const classification: Classification = {
  tags: new Map([['data-class', new Map(['results', 'none'].map((name) => [name, named(name)]))]]),
  untagged: 'unknown',
};
const tagged = (tags: { readonly [key: string]: string }): Asset =>
  ({ facts: factsOf([['tags', { state: 'known', value: tags }]]) }) as Partial<Asset> as Asset;

test.each([
  [{ 'data-class': 'results' }, ['results']],
  [{ 'DATA-Class': 'Results' }, ['results']],
  // A default tag and the resource's own, which differ in case alone: AWS keeps both.
  [{ 'Data-Class': 'results', 'data-class': 'none' }, ['results', 'none']],
  [{ 'Data-Class': 'results', 'data-class': 'results' }, ['results']],
  [{ 'data-class': 'other', app: 'results' }, []],
])('tags %j name the classes %j', (tags, classes) => {
  expect(tagClasses(tagged(tags), classification).map(({ name }) => name)).toEqual(classes);
});
