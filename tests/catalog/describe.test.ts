import { describe, expect, test } from '@jest/globals';
import {
  describeCategory,
  describeCountry,
  describeLaw,
  describeProvider,
  describePurpose,
  describeRegion,
} from '../../src/catalog/describe.ts';
import { shippedCatalog } from './shipped.ts';

const catalog = shippedCatalog();
const today = '2026-11-22';

function scopeOf(code: string, language: 'fr' | 'en'): string {
  return (describeCountry(catalog, code, today, language) as { adequacy: { scope: string } }).adequacy.scope;
}

describe('what the catalog command prints', () => {
  test('a region', () => {
    expect(describeRegion(catalog, 'aws', 'eu-west-3', today)).toMatchObject({
      provider: 'aws',
      region: 'eu-west-3',
      city: 'Paris',
      countries: ['FR'],
      scope: 'region',
      in_france: true,
      in_eea: true,
      paired_region: null,
      checked_on: '2026-11-22',
      mark: 'verified',
    });
    expect(describeRegion(catalog, 'AWS', 'eu-west-99', today)).toBeNull();
  });

  test('a country on a day', () => {
    expect(describeCountry(catalog, 'US', '2018-10-01')).toMatchObject({
      country: 'US',
      in_eea: false,
      adequacy: {
        status: 'conditional',
        decision: '(EU) 2016/1250',
        valid_from: '2016-07-12',
        valid_to: '2020-07-15',
        struck_down: '2020-07-16',
      },
    });
    expect(describeCountry(catalog, 'us', '2020-09-01')).toMatchObject({
      adequacy: { status: 'none', decision: null, scope: null },
    });
    expect(describeCountry(catalog, 'FR', today)).toMatchObject({
      in_eea: true,
      in_france: true,
      adequacy: { status: 'none' },
    });
    expect(describeCountry(catalog, 'PF', today)).toMatchObject({ in_eea: null, in_france: false });
    expect(describeCountry(catalog, 'QQ', today)).toBeNull();
  });

  test('the conditions and limits of a decision, in the language asked', () => {
    expect(scopeOf('CA', 'en')).toBe('recipient subject to PIPEDA (commercial organisations)');
    expect(scopeOf('BR', 'fr')).toBe('sauf la sécurité publique et la défense');
  });

  test('a provider with its owners, exposures and offers', () => {
    expect(describeProvider(catalog, 'aws-eusc', today)).toMatchObject({
      legal_entity: 'AWS European Sovereign Cloud GmbH',
      seat: 'DE',
      ultimate_parent: { name: 'Amazon.com Inc.', country: 'US' },
      exposures: [{ law: 'us.cloud_act', reach: 'owner', in_force: true }, { law: 'us.fisa_702' }],
    });
    expect(describeProvider(catalog, 'outscale', '2026-12-01')).toMatchObject({
      offers: {
        'iaas-cloud-on-demand': {
          qualifications: [{ scheme: 'secnumcloud', from: '2023-11-30', to: '2026-11-30', in_dates: false }],
        },
      },
    });
    expect(describeProvider(catalog, 'worldline', today)).toMatchObject({
      owners: [],
      ultimate_parent: { name: 'Worldline SA', country: 'FR' },
    });
    expect(describeProvider(catalog, 'oat', today)).toMatchObject({
      owners: null,
      ultimate_parent: null,
      exposures: null,
    });
    expect(describeProvider(catalog, 'nobody', today)).toBeNull();
  });

  test('a text, with whether it was in force', () => {
    expect(describeLaw(catalog, 'loi83-634.26', '2018-10-01', 'fr')).toMatchObject({
      law: 'loi83-634.26',
      label: 'Loi 83-634, art. 26',
      in_force: true,
      to: '2022-02-28',
      replaced_by: 'cgfp.l121-6',
    });
    expect(describeLaw(catalog, 'gdpr.44', '2018-10-01', 'fr')).toMatchObject({
      label: 'RGPD, art. 44',
      url: 'http://data.europa.eu/eli/reg/2016/679/oj',
      basis: 'law',
      contested: false,
    });
    expect(describeLaw(catalog, 'gdpr.999', today)).toBeNull();
  });

  test('a category and a purpose with their tree', () => {
    expect(describeCategory(catalog, 'education.school', 'fr')).toMatchObject({
      category: 'education.school',
      label: 'Établissement',
      dpv: 'dpv-pd:School',
      parent: 'education',
      children: ['education.school.name', 'education.school.address', 'education.school.uai'],
    });
    expect(describePurpose(catalog, 'advertising')).toMatchObject({
      purpose: 'advertising',
      dpv: 'dpv:Advertising',
      parent: null,
    });
    expect(describeCategory(catalog, 'nothing')).toBeNull();
  });
});
