/**
 * Writes the snapshots of the two example fixtures: `node tests/record/fixtures.ts`. The accounts are invented;
 * the clock stands still, so writing again gives the same file.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSnapshot } from '../../src/collect/snapshot/write.ts';
import type { Fact, Json } from '../../src/inventory/fact.ts';
import type { Observation, SeenAsset } from '../../src/inventory/observation.ts';

const root = join(import.meta.dirname, '../..');
const at = '2026-11-22T08:00:00Z';
const account = '123456789012';

interface Seen extends Pick<Observation, 'relations'> {
  readonly source: 'aws' | 's3';
  readonly scope: string;
  readonly operation: string;
  readonly subject: string;
  readonly asset: SeenAsset;
  readonly facts: { readonly [name: string]: Json };
}

function observe({ facts, ...seen }: Seen): Observation {
  const known = Object.entries(facts).map(([name, value]): [string, Fact] => [
    name,
    value === null ? { state: 'absent' } : { state: 'known', value },
  ]);
  return { ...seen, at, sha256: null, outcome: 'ok', facts: Object.fromEntries(known) };
}

function bucket(name: string, facts: Seen['facts'], more: Pick<Observation, 'relations'> = {}): Observation {
  return observe({
    source: 'aws',
    scope: account,
    operation: 's3:ListBuckets',
    subject: `arn:aws:s3:::${name}`,
    asset: { kind: 'object_store', name, provider: 'aws', account },
    facts,
    ...more,
  });
}

/** An account where nothing is as declared, and what is there is open to all. */
export const wrong: readonly Observation[] = [
  observe({
    source: 'aws',
    scope: account,
    operation: 'organizations:ListPolicies',
    subject: `arn:aws:organizations::${account}:account`,
    asset: { kind: 'account', name: account, provider: 'aws', account },
    facts: {
      'guard_rail.effective': false,
      'guard_rail.allowed_countries': null,
      'guard_rail.gaps': ['no policy denies a region'],
      tags: null,
    },
  }),
  bucket(
    'bilan-answers',
    {
      'place.region': 'us-east-1',
      tags: { app: 'bilan' },
      public: true,
      'access.wildcard': true,
      'access.outside_accounts': ['999999999999'],
      access_log: false,
      'encryption.at_rest': false,
      'encryption.in_transit': false,
      'encryption.key_manager': 'none',
      'encryption.key_account': account,
      retention: 'P5Y',
    },
    { relations: [{ kind: 'replica', to: 'arn:aws:s3:::bilan-copy', operation: 's3:GetBucketReplication' }] },
  ),
  // The copy of everything, on the other side of the world.
  bucket('bilan-copy', { 'place.region': 'ap-southeast-1', tags: null, public: false, access_log: false }),
  // Neither declared nor tagged: nobody knows what is in it.
  bucket('bilan-tmp', { 'place.region': 'us-east-1', tags: null, public: false, access_log: false }),
  observe({
    source: 's3',
    scope: 'oss-cn-hangzhou.aliyuncs.com',
    operation: 's3:ListBuckets',
    subject: 's3://oss-cn-hangzhou.aliyuncs.com/bilan-exports',
    asset: { kind: 'object_store', name: 'bilan-exports', provider: 'alibaba', account: null },
    facts: { 'place.region': 'cn-hangzhou', tags: null, public: false, access_log: false },
  }),
];

/** One bucket, exactly as the manifest says. No catalog knows the endpoint: the country is its operator's word. */
export const right: readonly Observation[] = [
  observe({
    source: 's3',
    scope: 'objects.gip.example',
    operation: 's3:ListBuckets',
    subject: 's3://objects.gip.example/ent-work',
    asset: { kind: 'object_store', name: 'ent-work', provider: null, account: 'ent-exemple' },
    facts: {
      'place.countries': ['FR'],
      tags: { app: 'ent' },
      public: false,
      'access.wildcard': false,
      'access.outside_accounts': null,
      access_log: true,
      'encryption.at_rest': true,
      'encryption.in_transit': true,
      'encryption.key_manager': 'external',
      'encryption.key_account': 'region-keys',
      retention: 'P1Y',
    },
  }),
];

async function main(): Promise<void> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const write = (fixture: string, kind: string, observations: readonly Observation[]): Promise<void> =>
    writeSnapshot(
      join(root, 'tests/fixtures', fixture),
      { version, created: at, source: { kind, options: {} } },
      observations,
    );
  await write('everything-wrong/account.inventory.ndjson.gz', 'aws', wrong);
  await write('in-order/store.inventory.ndjson.gz', 's3', right);
}

if (process.argv[1] === import.meta.filename) await main();
