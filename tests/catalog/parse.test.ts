import { describe, expect, test } from '@jest/globals';
import { createCatalog } from '../../src/catalog/catalog.ts';
import { nearest } from '../../src/catalog/nearest.ts';
import { parseCatalog } from '../../src/catalog/parse.ts';
import { BercailError } from '../../src/error.ts';
import { shippedFiles } from './shipped.ts';

const head = 'source: a list\nchecked_on: 2026-11-22\nmark: verified\n';
const countries = {
  name: 'countries.yaml',
  text: `${head}countries:\n  FR: {name: {fr: France, en: France}}\n`,
};
const provider = `{name: X, legal_entity: X SA, seat: FR, kind: company, owners: [], exposures: [], offers: {}}`;
const providers = { name: 'providers.yaml', text: `${head}providers:\n  x: ${provider}\n` };

function problemsOf(...files: { name: string; text: string }[]): string[] {
  try {
    parseCatalog(files);
    return [];
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    return error.message.split('\n');
  }
}

const region = (text: string) => ({ name: 'r.yaml', text: `${head}provider: x\nregions:\n${text}` });

describe('a catalog that is in order', () => {
  test('the shipped one is read, in the same order whatever the order of its files', () => {
    const files = shippedFiles();
    expect(parseCatalog(files)).toEqual(parseCatalog([...files].reverse()));
  });

  test('every entry has a source, a real day and a mark', () => {
    const { regions, providers, countries, cities, laws, categories, purposes } = parseCatalog(
      shippedFiles(),
    );
    for (const entry of [
      ...regions,
      ...providers,
      ...countries,
      ...cities,
      ...laws,
      ...categories,
      ...purposes,
    ]) {
      expect(entry.source).not.toBe('');
      expect(entry.checked_on).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(['verified', 'secondary', 'to_verify']).toContain(entry.mark);
    }
  });

  test('it is plain data: written as JSON and read back, it answers the same', () => {
    const data = parseCatalog(shippedFiles());
    const copy = JSON.parse(JSON.stringify(data)) as typeof data;
    expect(copy).toEqual(data);
    expect(createCatalog(copy).region('ovhcloud', 'GRA11')?.city).toBe('Gravelines');
  });

  test('an entry overrides the head of its file', () => {
    const { regions } = parseCatalog([
      countries,
      providers,
      region('  a: {countries: [FR]}\n  b: {countries: [FR], mark: to_verify, source: me}\n'),
    ]);
    expect(regions.map(({ mark, source }) => [mark, source])).toEqual([
      ['verified', 'a list'],
      ['to_verify', 'me'],
    ]);
  });
});

describe('a catalog that is not', () => {
  test('an entry without source, day or mark is refused, each at its place', () => {
    const bare = { name: 'c.yaml', text: 'countries:\n  FR: {name: {fr: France, en: France}}\n' };
    expect(problemsOf(bare)).toEqual(
      ['source', 'checked_on', 'mark'].map(
        (key) => `c.yaml:2:3: "FR" has no ${key} (write it in the entry, or at the top of the file for all)`,
      ),
    );
  });

  test('a day that does not exist is refused', () => {
    const wrong = { name: 'c.yaml', text: countries.text.replace('2026-11-22', '2026-02-30') };
    expect(problemsOf(wrong)).toEqual([expect.stringMatching(/^c\.yaml:2:13: .*2026-02-30.*a real day/)]);
  });

  test('an unknown key is refused, with the one that was meant', () => {
    expect(problemsOf(countries, providers, region('  a: {countries: [FR], cty: Paris}\n'))).toEqual([
      expect.stringMatching(/^r\.yaml:6:24: unknown key "cty".*"city"/),
    ]);
  });

  test('a region without a country is refused', () => {
    expect(problemsOf(countries, providers, region('  a: {countries: []}\n'))).toHaveLength(1);
  });

  test('an id given twice is refused, in one file or in two', () => {
    const twice = { name: 'd.yaml', text: countries.text };
    expect(problemsOf(countries, twice)).toEqual([
      'd.yaml:5:3: "FR" is given twice (first in countries.yaml:5)',
    ]);
    expect(
      problemsOf(countries, providers, region('  a: {countries: [FR]}\n  a: {countries: [FR]}\n')),
    ).toHaveLength(1);
  });

  test('a spelling that means two regions is refused', () => {
    const text = '  a: {countries: [FR], aliases: [z]}\n  b: {countries: [FR], aliases: [z]}\n';
    expect(problemsOf(countries, providers, region(text))).toEqual(['r.yaml:7:3: "z" already means "a"']);
  });

  test('names that lead nowhere are refused, all at once', () => {
    const wrong = {
      name: 'p.yaml',
      text: `${head}providers:\n  x:\n    name: X\n    legal_entity: X\n    seat: GR\n    kind: company\n    owners: [{name: Y, country: QQ}]\n    exposures: [{law: us.cloud, reach: owner, status: in_force}]\n    offers: {}\n`,
    };
    const laws = {
      name: 'l.yaml',
      text: `${head}laws:\n  us.cloud_act: {label: {fr: a, en: a}, title: {fr: a, en: a}, replaced_by: nothing}\n`,
    };
    expect(problemsOf(countries, wrong, laws, region('  a: {countries: [XX], paired_region: b}\n'))).toEqual([
      expect.stringMatching(/^r\.yaml:6:\d+: the country "XX" is not in the catalog/),
      expect.stringMatching(/^r\.yaml:6:\d+: the region "x b" is not in the catalog/),
      expect.stringMatching(/^p\.yaml:8:\d+: the country "GR" is not in the catalog/),
      expect.stringMatching(/^p\.yaml:10:\d+: the country "QQ" is not in the catalog/),
      expect.stringMatching(
        /^p\.yaml:11:\d+: the law "us\.cloud" is not in the catalog \(did you mean "us\.cloud_act"\?\)/,
      ),
      expect.stringMatching(/^l\.yaml:5:\d+: the law "nothing" is not in the catalog/),
    ]);
  });

  test('an interval that ends before it begins is refused', () => {
    const wrong = {
      name: 'c.yaml',
      text: `${head}countries:\n  FR:\n    name: {fr: F, en: F}\n    eea: [{status: EU, from: 2018-01-02, to: 2018-01-01}]\n`,
    };
    expect(problemsOf(wrong)).toEqual([
      'c.yaml:7:11: the interval ends on 2018-01-01, before it begins on 2018-01-02',
    ]);
  });

  test('a category without its parent is refused', () => {
    const wrong = { name: 't.yaml', text: `${head}categories:\n  a.b: {label: {fr: a, en: a}}\n` };
    expect(problemsOf(wrong)).toEqual(['t.yaml:5:3: "a.b" has no parent "a" (add it)']);
  });

  test.each(['hello', '[]', 'rules: {}', '42'])('%s is not a file of the catalog', (text) => {
    expect(problemsOf({ name: 'x.yaml', text })).toEqual([
      'x.yaml:1:1: this is not a file of the catalog (expected one of the keys regions, providers, countries, cities, laws, categories, purposes)',
    ]);
  });
});

describe('the nearest names', () => {
  test.each([
    ['eu-west-33', ['eu-west-3', 'eu-west-1', 'us-east-1'], ['eu-west-3', 'eu-west-1']],
    ['EU-WEST-3', ['eu-west-3'], ['eu-west-3']],
    ['b', ['c', 'a'], []],
    ['', ['a'], []],
    ['advertizing', ['advertising', 'research'], ['advertising']],
  ])('%s among %j', (word, candidates, expected) => {
    expect(nearest(word, candidates, 2)).toEqual(expected);
  });
});
