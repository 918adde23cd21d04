import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { regionInEea, regionInFrance } from '../../src/catalog/describe.ts';
import { rowsOf, shippedCatalog } from './shipped.ts';

const catalog = shippedCatalog();
const today = '2026-11-22';
const rows = rowsOf('regions.csv');

/** Rows that the catalog represents otherwise than the table, each with its reason. */
const otherwise: {
  readonly [row: string]: { readonly countries?: readonly string[]; readonly in_eea?: boolean | null };
} = {
  // The table writes EU for several countries; the catalog lists the member States.
  'gcp EU': {
    countries: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
  },
  // « IE/NL and others »: the others are not known, so neither is whether all are in the EEA.
  'azure europe': { in_eea: null },
};

test('the table is whole', () => {
  expect(rows).toHaveLength(269);
});

describe('every row of the table of regions', () => {
  test.each(rows.map((row) => [`${row['provider']} ${row['region_code']}`, row] as const))(
    '%s is in the catalog',
    (name, row) => {
      const { provider = '', region_code = '', country_iso = '', in_france, in_eea, paired_region } = row;
      const found = catalog.region(provider, region_code);
      if (!found) throw new Error(`${name} is not found`);
      const differs = otherwise[name] ?? {};
      expect(found.countries).toEqual(differs.countries ?? country_iso.split('|'));
      expect(regionInFrance(catalog, found, today)).toBe(in_france === 'true');
      expect(regionInEea(catalog, found, today)).toBe(
        differs.in_eea === undefined ? in_eea === 'true' : differs.in_eea,
      );
      if (region_code !== 'EU' && region_code !== '(null)')
        expect(found.paired_region ?? '').toBe(paired_region);
    },
  );
});

describe('the same code means different places', () => {
  test.each([
    ['outscale', 'eu-west-2', 'FR'],
    ['aws', 'eu-west-2', 'GB'],
    ['numspot', 'eu-west-2', 'FR'],
    ['alibaba', 'eu-west-1', 'GB'],
    ['aws', 'eu-west-1', 'IE'],
    ['alibaba', 'eu-central-1', 'DE'],
    ['outscale', 'us-east-2', 'US'],
    ['clever-cloud', 'rbx', 'FR'],
  ])('%s %s is in %s', (provider, code, country) => {
    expect(catalog.region(provider, code)?.countries).toEqual([country]);
  });
});

describe('eu- does not mean the Union', () => {
  test.each([
    ['aws', 'eu-central-2', 'CH', false],
    ['aws', 'eu-isoe-west-1', 'GB', false],
    ['ovhcloud', 'eu-west-eri', 'GB', false],
    ['oracle', 'eu-jovanovac-1', 'RS', false],
    ['oracle', 'eu-zurich-1', 'CH', false],
    ['ibm', 'eu-gb', 'GB', false],
    ['aws-eusc', 'eusc-de-east-1', 'DE', true],
  ])('%s %s is in %s', (provider, code, country, inEea) => {
    const found = catalog.region(provider, code);
    expect(found?.countries).toEqual([country]);
    expect(found && regionInEea(catalog, found, today)).toBe(inEea);
  });
});

describe('other spellings of a code', () => {
  test.each([
    ['aws', 'EU', 'eu-west-1'],
    ['aws', 'eu-west-3a', 'eu-west-3'],
    ['aws', 'us-east-1f', 'us-east-1'],
    ['aws', 'EU-WEST-3', 'eu-west-3'],
    ['aws-us-gov', 'us-gov-west-1b', 'us-gov-west-1'],
    ['aws-eusc', 'eusc-de-east-1a', 'eusc-de-east-1'],
    ['outscale', 'eu-west-2a', 'eu-west-2'],
    ['outscale', 'cloudgouv-eu-west-1c', 'cloudgouv-eu-west-1'],
    ['azure', 'France Central', 'francecentral'],
    ['azure', '(Europe) France Central', 'francecentral'],
    ['azure', 'FranceCentral', 'francecentral'],
    ['azure', '(US) East US 2', 'eastus2'],
    ['azure', 'Global', 'global'],
    ['gcp', 'europe-west9-a', 'europe-west9'],
    ['gcp', 'eu', 'EU'],
    ['gcp', 'EUR4', 'eur4'],
    ['scaleway', 'fr-par-1', 'fr-par'],
    ['scaleway', 'Global', 'edge'],
    ['ovhcloud', 'GRA', 'gra'],
    ['ovhcloud', 'GRA11', 'gra'],
    ['ovhcloud', 'SBG5', 'sbg'],
    ['ovhcloud', 'BHS5', 'bhs'],
    ['ovhcloud', 'RBX', 'rbx'],
    ['ovhcloud', 'WAW1', 'waw'],
    ['ovhcloud', 'DE1', 'de'],
    ['ovhcloud', 'UK1', 'uk'],
    ['ovhcloud', 'DE', 'de'],
    ['ovhcloud', 'UK', 'uk'],
  ])('%s %s is %s', (provider, code, region) => {
    expect(catalog.region(provider, code)?.region).toBe(region);
  });
});

describe('a code that is not listed is unknown, never a default', () => {
  test.each([
    ['aws', ''],
    ['aws', null],
    ['aws', ' '],
    ['aws', 'eu-west-99'],
    ['aws', 'eu-west-3-par-1a'],
    ['aws', 'us-gov-west-1'],
    ['aws', 'cn-north-1'],
    ['aws', 'francecentral'],
    ['azure', 'eu-west-3'],
    ['azure', 'francecentral2'],
    ['azure', '(Europe)'],
    ['gcp', 'europe-west9-aa'],
    ['ovhcloud', 'GRA-11'],
    ['ovhcloud', 'XYZ1'],
    ['ovhcloud', '11'],
    ['scaleway', 'fr-par-'],
    ['nobody', 'eu-west-3'],
    ['', 'eu-west-3'],
    ['aws', 'constructor'],
    ['constructor', 'eu-west-3'],
  ])('%s %p', (provider, code) => {
    expect(catalog.region(provider, code)).toBeNull();
  });

  test('the nearest codes of the same provider are named', () => {
    expect(catalog.nearestRegions('aws', 'eu-west-99')).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
    expect(catalog.nearestRegions('azure', 'France Centrale')).toContain('francecentral');
    expect(catalog.nearestRegions('outscale', 'eu-west-3')[0]).toBe('eu-west-2');
    expect(catalog.nearestRegions('nobody', 'eu-west-3')).toEqual([]);
    expect(catalog.nearestRegions('aws', null)).toEqual([]);
  });

  test('no text outside the listed codes, their letter case and the documented suffixes resolves', () => {
    const providers = [...new Set(catalog.data.regions.map(({ provider }) => provider))];
    const spellings = new Map(
      providers.map((provider) => [
        provider,
        catalog.data.regions
          .filter((entry) => entry.provider === provider)
          .flatMap(({ region, aliases }) => [region, ...aliases].map((code) => code.toLowerCase())),
      ]),
    );
    const listed = catalog.data.regions.flatMap(({ region, aliases }) => [region, ...aliases]);
    const mutated = fc
      .tuple(fc.constantFrom(...listed), fc.nat(30), fc.string({ maxLength: 3 }))
      .map(([code, at, more]) => code.slice(0, at) + more + code.slice(at));
    fc.assert(
      fc.property(fc.constantFrom(...providers), fc.oneof(fc.string(), mutated), (provider, code) => {
        const found = catalog.region(provider, code);
        if (found === null) return;
        const bare = code
          .toLowerCase()
          .replace(/^\([^()]*\)\s*/, '')
          .replaceAll(' ', '');
        const known = spellings.get(provider) ?? [];
        expect(found.provider).toBe(provider);
        expect(
          known.some(
            (one) =>
              [one, bare].includes(code.toLowerCase()) ||
              bare === one ||
              /^-?[a-z0-9]{1,2}$/.test(bare.replace(one, '')),
          ),
        ).toBe(true);
      }),
      { numRuns: 3000, seed: 20261122 },
    );
  });
});

describe('places that are several countries, or nowhere in particular', () => {
  test.each([
    ['gcp', 'EU', 'multi_region', true, false, true],
    ['gcp', 'eur4', 'multi_region', true, false, true],
    ['gcp', 'EUR5', 'multi_region', true, false, false],
    ['gcp', 'US', 'multi_region', true, false, false],
    ['gcp', 'ASIA', 'multi_region', false, null, null],
    ['azure', 'europe', 'multi_region', false, false, null],
    ['azure', 'global', 'global', false, false, false],
    ['azure', 'edge', 'edge', false, false, false],
    ['aws', 'aws-global', 'global', false, false, false],
    ['aws', 'edge', 'edge', false, false, false],
    ['scaleway', 'edge', 'edge', false, false, false],
  ])(
    '%s %s is %s, complete %p, in France %p, in the EEA %p',
    (provider, code, scope, complete, inFrance, inEea) => {
      const found = catalog.region(provider, code);
      if (!found) throw new Error('not found');
      expect([found.scope, found.complete]).toEqual([scope, complete]);
      expect([regionInFrance(catalog, found, today), regionInEea(catalog, found, today)]).toEqual([
        inFrance,
        inEea,
      ]);
    },
  );

  test('geo-redundant copies go to the paired region', () => {
    expect(catalog.region('azure', 'northeurope')?.paired_region).toBe('westeurope');
    expect(catalog.region('azure', 'francecentral')?.paired_region).toBe('francesouth');
  });

  test('London was in the EEA until the end of the bridge', () => {
    const london = catalog.region('aws', 'eu-west-2');
    if (!london) throw new Error('not found');
    expect(
      ['2018-10-01', '2021-06-27', '2021-06-28'].map((day) => regionInEea(catalog, london, day)),
    ).toEqual([true, true, false]);
  });
});
