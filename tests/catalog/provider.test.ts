import { describe, expect, test } from '@jest/globals';
import { shippedCatalog } from './shipped.ts';

const catalog = shippedCatalog();

describe('the provider of an endpoint', () => {
  test.each([
    ['s3.gra.io.cloud.ovh.net', 'ovhcloud'],
    ['S3.GRA.CLOUD.OVH.NET.', 'ovhcloud'],
    ['bucket.s3.fr-par.scw.cloud', 'scaleway'],
    ['oos.eu-west-2.outscale.com', 'outscale'],
    ['cellar-c2.services.clever-cloud.com', 'clever-cloud'],
    ['s3.eu-west-3.amazonaws.com', 'aws'],
    ['s3.us-gov-west-1.amazonaws.com', 'aws-us-gov'],
    ['s3.cn-north-1.amazonaws.com.cn', 'aws-cn'],
    ['s3.eusc-de-east-1.amazonaws.eu', 'aws-eusc'],
    ['evil-amazonaws.com', null],
    ['amazonaws.com.example.org', null],
    ['s3.example.org', null],
    ['localhost', null],
    ['', null],
  ])('%s is %s', (host, provider) => {
    expect(catalog.providerOfHost(host)).toBe(provider);
  });
});

describe('exposure', () => {
  test.each(['aws', 'aws-eusc', 'aws-cn', 'aws-us-gov', 'azure', 'gcp', 'oracle', 'ibm', 'cloudflare'])(
    '%s is reached by the laws of the United States through its owner',
    (id) => {
      const owned = catalog
        .provider(id)
        ?.exposures?.filter(({ reach }) => reach === 'owner')
        .map(({ law }) => law);
      expect(owned).toEqual(['us.cloud_act', 'us.fisa_702']);
    },
  );

  test.each([
    'outscale',
    'scaleway',
    'cloud-temple',
    's3ns',
    'bleu',
    'numspot',
    'clever-cloud',
    'ministry-internal',
  ])('%s has a known none', (id) => {
    expect(catalog.provider(id)?.exposures).toEqual([]);
  });

  test('the order to OVH reaches OVH itself, and no owner', () => {
    expect(catalog.provider('ovhcloud')?.exposures).toEqual([
      { law: 'ca.production_order', reach: 'order', status: 'under_review', from: '2025-09-25' },
      { law: 'us.cloud_act', reach: 'subsidiary', status: 'contested', from: null },
    ]);
  });

  test('what is not known stays unknown', () => {
    const oat = catalog.provider('oat');
    expect([oat?.owners, oat?.exposures]).toEqual([null, null]);
  });

  test('partitions share the owner of aws', () => {
    for (const id of ['aws', 'aws-eusc', 'aws-cn', 'aws-us-gov']) {
      expect(catalog.provider(id)?.owners).toEqual([{ name: 'Amazon.com Inc.', country: 'US' }]);
    }
  });

  test('countries with a disclosure law have it in the index', () => {
    expect(catalog.country('US')?.disclosure_laws).toEqual(['us.cloud_act', 'us.fisa_702']);
    expect(catalog.country('CN')?.disclosure_laws).toEqual([
      'cn.national_intelligence_law',
      'cn.data_security_law',
    ]);
  });
});

describe('names', () => {
  test.each([
    ['aws', 'aws'],
    ['AWS', 'aws'],
    ['Amazon Web Services', 'aws'],
    ['ovh sas', 'ovhcloud'],
    ['constructor', undefined],
    ['ovhclout', undefined],
  ])('%s is %s', (name, id) => {
    expect(catalog.provider(name)?.id).toBe(id);
  });

  test('the nearest provider is named', () => {
    expect(catalog.nearestProviders('ovhclout')).toEqual(['ovhcloud']);
  });

  test('every provider of a region is a provider of the catalog', () => {
    expect(catalog.data.regions.filter(({ provider }) => !catalog.provider(provider))).toEqual([]);
  });
});
