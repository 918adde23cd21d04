import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalId, parentOfId, parseId } from '../../../src/collect/azure/read/id.ts';
import { at, boolAt, numberAt, textAt, textsAt, treesAt } from '../../../src/collect/azure/read/json.ts';
import { locationCode } from '../../../src/collect/azure/read/location.ts';
import { placeOfDeployment } from '../../../src/collect/azure/service/ai/cognitive.ts';
import { tenantOf } from '../../../src/collect/azure/service/monitor/sink.ts';
import type { Json } from '../../../src/inventory/fact.ts';

const segment = fc.stringMatching(/^[A-Za-z0-9._()-]{1,12}$/);

describe('ids', () => {
  test.each([
    [
      '/subscriptions/S/resourceGroups/RG/providers/Microsoft.Sql/servers/X/databases/D',
      's',
      'rg',
      'microsoft.sql/servers/databases',
    ],
    ['/subscriptions/S/resourceGroups/RG', 's', 'rg', 'microsoft.resources/resourcegroups'],
    ['/subscriptions/S', 's', null, null],
    ['subscriptions/S/providers/A.B/c/d/', 's', null, 'a.b/c'],
    [
      '/subscriptions/S/resourceGroups/R/providers/A.B/c/d/providers/Microsoft.Insights/diagnosticSettings/x',
      's',
      'r',
      'microsoft.insights/diagnosticsettings',
    ],
    [
      '/providers/Microsoft.Management/managementGroups/G',
      null,
      null,
      'microsoft.management/managementgroups',
    ],
  ])('%s', (id, subscription, group, type) => {
    expect(parseId(id)).toMatchObject({ subscription, group, type });
  });

  test.each([[''], ['/'], ['storage-account:x'], ['https://x.example']])('%j is none', (text) => {
    expect(parseId(text)).toBeNull();
  });

  test('spelt in any case, with or without slashes around, an id is one', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 3 }), (names) => {
        const id = `/subscriptions/s/resourceGroups/rg/providers/A.B/${names.map((name) => `t/${name}`).join('/')}`;
        const one = canonicalId(id);
        for (const spelt of [id.toUpperCase(), `${id}/`, id.slice(1), ` ${id} `])
          expect(canonicalId(spelt)).toBe(one);
        expect(parseId(one)?.id).toBe(one);
        expect(parseId(parentOfId(one))?.subscription).toBe('s');
      }),
    );
  });

  test('no text makes a reader throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseId(text);
        locationCode(text);
        tenantOf(text);
      }),
    );
  });
});

describe('locations', () => {
  test('a display name and its code are one, and a code stays what it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), { minLength: 1, maxLength: 4 }),
        (words) => {
          const code = words.join('').toLowerCase();
          expect(locationCode(words.join(' '))).toBe(code);
          expect(locationCode(`(Europe) ${words.join(' ')}`)).toBe(code);
          expect(locationCode(code)).toBe(code);
        },
      ),
    );
  });
});

describe('answers', () => {
  test('whatever their shape, nothing is read that is not there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = value as Json;
        for (const path of [[], ['a'], ['a', 'b'], ['__proto__'], ['constructor']]) {
          at(json, ...path);
          expect(treesAt(json, ...path).every((one) => typeof one === 'object')).toBe(true);
          expect(textsAt(json, ...path).every((one) => one !== '')).toBe(true);
          for (const one of [textAt(json, ...path), boolAt(json, ...path), numberAt(json, ...path)])
            expect(one).not.toBe('');
        }
      }),
    );
  });

  test('names are found in any case, those of the language’s own objects are not', () => {
    expect(textAt({ Properties: { VaultUri: 'x' } }, 'properties', 'vaultUri')).toBe('x');
    expect(at({}, 'constructor')).toBeUndefined();
    expect(at({}, '__proto__', 'polluted')).toBeUndefined();
  });
});

describe('a deployment of a model', () => {
  test.each([
    ['Standard', 'francecentral', 'francecentral'],
    ['ProvisionedManaged', 'francecentral', 'francecentral'],
    ['GlobalStandard', 'francecentral', 'global'],
    ['GlobalProvisionedManaged', 'francecentral', 'global'],
    ['GlobalBatch', 'francecentral', 'global'],
    ['DeveloperTier', 'francecentral', 'global'],
    ['DataZoneStandard', 'France Central', 'datazone-eu'],
    ['DataZoneProvisionedManaged', 'swedencentral', 'datazone-eu'],
    ['DataZoneBatch', 'eastus2', 'datazone-us'],
    ['DataZoneStandard', 'uksouth', null],
    ['DataZoneStandard', 'switzerlandnorth', null],
    ['DataZoneStandard', null, null],
    ['SomethingNew', 'francecentral', null],
    ['', 'francecentral', null],
    [null, 'francecentral', null],
    ['Standard', null, null],
  ])('%s of an account in %s is in %s', (sku, location, region) => {
    const fact = placeOfDeployment(sku, location)['place.region'];
    if (region === null) expect(fact).toMatchObject({ state: 'not_collected' });
    else expect(fact).toEqual({ state: 'known', value: region });
  });
});

test.each([
  [
    'Bearer authorization_uri="https://login.windows.net/99999999-0000-4000-8000-00000000000F", error="invalid_token"',
    '99999999-0000-4000-8000-00000000000f',
  ],
  [
    'Bearer authorization="https://login.microsoftonline.com/99999999-0000-4000-8000-00000000000f"',
    '99999999-0000-4000-8000-00000000000f',
  ],
  ['Bearer authorization_uri="https://login.windows.net/common"', null],
  ['Basic realm="x"', null],
  ['', null],
])('the challenge %j is of the tenant %s', (challenge, tenant) => {
  expect(tenantOf(challenge)).toBe(tenant);
});
