import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/inventory/fact.ts';
import { factOf, noteOf, type PlannedResource, planAssets } from '../../setup/terraform.ts';

const address = 'aws_s3_bucket.b';
const defaults = (tags: Json): { readonly [key: string]: Json } => ({
  aws: { expressions: { region: { constant_value: 'eu-west-3' }, default_tags: [{ tags }] } },
});

type Case = readonly [
  what: string,
  resource: Omit<PlannedResource, 'address'>,
  providers: { readonly [key: string]: Json },
  tags: Json,
];

test.each<Case>([
  ['its own', { after: { tags: { data: 'pupils' } } }, {}, { data: 'pupils' }],
  [
    'those that the provider merged',
    { after: { tags: { data: 'pupils' }, tags_all: { data: 'pupils', team: 'x' } } },
    {},
    { data: 'pupils', team: 'x' },
  ],
  [
    'its own over the defaults, where the plan does not merge them',
    { after: { tags: { data: 'pupils' } } },
    defaults({ constant_value: { data: 'public', team: 'x' } }),
    { data: 'pupils', team: 'x' },
  ],
  [
    'the defaults alone',
    { after: { tags: null }, unknown: { tags_all: true } },
    defaults({ constant_value: { team: 'x' } }),
    { team: 'x' },
  ],
  ['none', { after: { tags: null, tags_all: {} } }, {}, 'absent'],
  ['none that are set', { after: { tags: null } }, {}, 'absent'],
])('the tags of a resource are %s', async (_, resource, providers, tags) => {
  const assets = await planAssets({ providers, resources: [{ address, ...resource }] });
  expect(factOf(assets, address, 'tags')).toEqual(tags);
});

type Unknown = readonly [
  what: string,
  resource: Omit<PlannedResource, 'address'>,
  providers: { readonly [key: string]: Json },
  note: RegExp,
];

test.each<Unknown>([
  ['all are known after apply', { unknown: { tags: true, tags_all: true } }, {}, /tags is known after apply/],
  [
    'one is known after apply',
    { after: { tags: { data: 'pupils' } }, unknown: { tags: { owner: true }, tags_all: true } },
    {},
    /tags owner/,
  ],
  [
    'the defaults are not told',
    { after: { tags: { data: 'pupils' } }, unknown: { tags_all: true } },
    defaults({ references: ['local.tags'] }),
    /default_tags.*local\.tags/,
  ],
  [
    'they are marked sensitive',
    { after: { tags: { data: 'pupils' } }, sensitive: { tags: { data: true } } },
    {},
    /sensitive/,
  ],
])('tags are not known where %s', async (_, resource, providers, note) => {
  const assets = await planAssets({ providers, resources: [{ address, ...resource }] });
  expect(factOf(assets, address, 'tags')).toBe('not_collected');
  expect(noteOf(assets, address, 'tags')).toMatch(note);
});

test.each<readonly [type: string, after: { readonly [name: string]: Json }, tags: Json]>([
  ['azurerm_storage_account', { tags: { data: 'pupils' } }, { data: 'pupils' }],
  [
    'google_storage_bucket',
    {
      labels: { data: 'pupils' },
      effective_labels: { data: 'pupils', 'goog-terraform-provisioned': 'true' },
    },
    { data: 'pupils', 'goog-terraform-provisioned': 'true' },
  ],
  ['google_sql_database_instance', { settings: [{ user_labels: { data: 'pupils' } }] }, { data: 'pupils' }],
  ['scaleway_rdb_instance', { tags: ['data=pupils', 'prod'] }, { data: 'pupils', prod: '' }],
  ['outscale_volume', { tags: [{ key: 'data', value: 'pupils' }] }, { data: 'pupils' }],
])('%s has its tags where its provider puts them', async (type, after, tags) => {
  const assets = await planAssets({ resources: [{ address: `${type}.x`, after }] });
  expect(factOf(assets, `${type}.x`, 'tags')).toEqual(tags);
});
