import { expect, test } from '@jest/globals';
import type { Collected } from '../../../src/collect/collect.ts';
import { collect } from '../../../src/collect/collect.ts';
import { testContext } from '../../setup/collect-context.ts';
import { factsOf, useFakeAccount } from '../../setup/fake-account.ts';
import type { Reply } from '../../setup/fake-s3.ts';

const { run, fake } = useFakeAccount('s3');
const one = { buckets: [{ name: 'b' }] };

function bucketOf(result: Collected) {
  const subject = `s3://${new URL(fake().endpoint).host}/b`;
  const asset = result.observations.find((seen) => seen.subject === subject && seen.asset)?.asset;
  return { asset, facts: factsOf(result, subject) };
}

/** What Ceph answers: no header, an empty encryption, a replication with an empty role, an empty logging status. */
const ceph = (zoneGroup: string): { [operation: string]: Reply } => ({
  's3:HeadBucket': { status: 200 },
  's3:GetBucketLocation': {
    status: 200,
    body: `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${zoneGroup}</LocationConstraint>`,
  },
  's3:GetBucketEncryption': { status: 200, body: '' },
  's3:GetBucketReplication': {
    status: 200,
    body: '<ReplicationConfiguration><Role></Role></ReplicationConfiguration>',
  },
});

test('the place is what the zone group says, with the provider of the configuration', async () => {
  const result = await run({ ...one, replies: ceph('fr-par') }, {}, { provider: 'scaleway' });
  const { asset, facts } = bucketOf(result);
  expect(asset).toEqual({ kind: 'object_store', name: 'b', provider: 'scaleway', account: 'owner-1' });
  expect(facts['place.region']).toEqual({ state: 'known', value: 'fr-par' });
});

test('the provider comes from the host where the configuration names none, never from the region', async () => {
  const result = await run(
    { ...one, replies: ceph('eu-west-2') },
    { providerOfHost: (name) => (name === '127.0.0.1' ? 'outscale' : null) },
  );
  expect(bucketOf(result).asset?.provider).toBe('outscale');
});

test('without either, the provider is not known', async () => {
  expect(bucketOf(await run({ ...one, replies: ceph('gra') })).asset?.provider).toBeNull();
});

test.each(['', 'default'])(
  'an endpoint that names its zone “%s” says nothing: the configuration does',
  async (zone) => {
    const result = await run({ ...one, replies: ceph(zone) }, {}, { provider: 'ovhcloud', region: 'gra' });
    expect(bucketOf(result).facts['place.region']).toEqual({ state: 'known', value: 'gra' });
  },
);

test('an endpoint that says nothing, with nothing configured, has no place: never us-east-1', async () => {
  expect(bucketOf(await run({ ...one, replies: ceph('') })).facts['place.region']).toMatchObject({
    state: 'not_collected',
  });
});

test('a location that is refused is denied, whatever is configured', async () => {
  const replies = { 's3:HeadBucket': { status: 403 }, 's3:GetBucketLocation': { status: 403 } };
  const result = await run({ ...one, replies }, {}, { region: 'gra' });
  expect(bucketOf(result).facts['place.region']).toMatchObject({ state: 'denied' });
});

test('what Ceph answers with a 200 and nothing in it is not collected', async () => {
  const { facts } = bucketOf(await run({ ...one, replies: ceph('fr-par') }));
  for (const name of [
    'encryption.at_rest',
    'encryption.key_manager',
    'relations.replica',
    'access_log',
    'encryption.in_transit',
  ]) {
    expect([name, facts[name]?.state]).toEqual([name, 'not_collected']);
  }
});

test('an endpoint that implements nothing but its listing loses no bucket', async () => {
  const missing: Reply = { status: 501, code: 'NotImplemented' };
  const { asset, facts } = bucketOf(
    await run(
      { ...one, answer: (asked) => (asked === 's3:ListBuckets' ? undefined : missing) },
      {},
      { region: 'rbx', provider: 'ovhcloud' },
    ),
  );
  expect(asset?.name).toBe('b');
  const { 'place.region': place, ...rest } = facts;
  expect(place).toEqual({ state: 'known', value: 'rbx' });
  expect(new Set(Object.values(rest).map((fact) => (fact as { state: string }).state))).toEqual(
    new Set(['not_collected']),
  );
});

test('an endpoint that cannot be reached is a gap', async () => {
  const { observations } = await collect(
    [{ kind: 's3', options: { endpoint: 'http://127.0.0.1:9', provider: 'ovhcloud', max_attempts: 1 } }],
    testContext(),
  );
  expect(observations).toEqual([
    expect.objectContaining({ operation: 's3:ListBuckets', subject: '127.0.0.1:9', outcome: 'error' }),
  ]);
});

test.each([[{}], [{ endpoint: 'gra.example' }], [{ endpoint: 'file:///etc' }]])(
  '%j is not an endpoint, and says so',
  async (options) => {
    await expect(collect([{ kind: 's3', options }], testContext())).rejects.toThrow(/endpoint/);
  },
);
