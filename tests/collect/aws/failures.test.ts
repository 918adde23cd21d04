import { describe, expect, test } from '@jest/globals';
import { readers as everyReader } from '../../../src/collect/s3/readers.ts';
import { everyFact } from '../../setup/collect-context.ts';
import { arn, denied, factsOf, one, useFakeAccount, when } from '../../setup/fake-account.ts';
import type { Reply } from '../../setup/fake-s3.ts';

const { run, fake } = useFakeAccount('aws', { region: 'eu-west-3' });

/** Facts that fall with each call, and the IAM action that gives them back. */
const needs: [string, string, string[]][] = [
  ['s3:GetBucketTagging', 's3:GetBucketTagging', ['tags']],
  [
    's3:GetBucketEncryption',
    's3:GetEncryptionConfiguration',
    ['encryption.at_rest', 'encryption.key_manager', 'encryption.key_account'],
  ],
  [
    's3:GetBucketPolicy',
    's3:GetBucketPolicy',
    ['encryption.in_transit', 'access.wildcard', 'access.outside_accounts'],
  ],
  ['s3:GetBucketLogging', 's3:GetBucketLogging', ['access_log', 'relations.log']],
  ['s3:GetBucketReplication', 's3:GetReplicationConfiguration', ['relations.replica', 'replica_keys']],
  ['s3:GetBucketLifecycleConfiguration', 's3:GetLifecycleConfiguration', ['retention']],
  ['s3:GetBucketVersioning', 's3:GetBucketVersioning', ['versioning']],
];

const delivered = new Set([
  'object_lock',
  'relations.access_point',
  'relations.inventory',
  'relations.notification',
]);

describe('a call that fails', () => {
  test('every fact of every reader is in the table of this test', () => {
    const tabled = needs.flatMap(([, , facts]) => facts);
    // tests/collect/s3/delivery.test.ts has those.
    const readers = everyReader.filter(({ facts }) => !facts.some((fact) => delivered.has(fact)));
    expect(readers.flatMap(({ facts }) => facts).toSorted()).toEqual([...tabled, 'public'].toSorted());
  });

  test.each(needs)(
    '%s refused: its facts are denied, %s is named, the others stay known',
    async (operation, permission, facts) => {
      const result = await run(when(operation, denied));
      const all = factsOf(result, arn);
      for (const name of facts)
        expect([name, all[name]]).toEqual([name, expect.objectContaining({ state: 'denied', permission })]);
      const others = Object.entries(all).filter(([name]) => !facts.includes(name));
      expect(others.filter(([, { state }]) => state !== 'known' && state !== 'absent')).toEqual([]);
      expect(result.observations.filter(({ outcome }) => outcome !== 'ok')).toEqual([
        expect.objectContaining({
          operation,
          outcome: 'denied',
          permission,
          code: 'AccessDenied',
          subject: arn,
          sha256: null,
        }),
      ]);
    },
  );

  test.each<[string, Reply, string]>([
    ['500', { status: 500, code: 'InternalError' }, 'error'],
    ['501', { status: 501, code: 'NotImplemented' }, 'not_collected'],
    ['501 without a body', { status: 501 }, 'not_collected'],
    ['405', { status: 405, code: 'MethodNotAllowed' }, 'not_collected'],
    ['404 of the bucket', { status: 404, code: 'NoSuchBucket' }, 'error'],
    ['a 200 that is no XML', { status: 200, body: '<html' }, 'error'],
    ['an expired token, which no permission mends', { status: 403, code: 'ExpiredToken' }, 'error'],
  ])('%s gives facts in that state, never a known one', async (_, reply, state) => {
    const answer = (asked: string, bucket: string) =>
      bucket === 'b' && asked !== 's3:HeadBucket' ? reply : undefined;
    const facts = factsOf(await run({ ...one, answer }), arn);
    const { 'place.region': place, ...rest } = facts;
    expect(place).toEqual({ state: 'known', value: 'eu-west-3' });
    expect(Object.keys(rest).toSorted()).toEqual(
      everyFact.filter((name) => name !== 'place.region').toSorted(),
    );
    expect([...new Set(Object.values(rest).map((fact) => fact.state))]).toEqual([state]);
  });

  test.each([
    [503, 'SlowDown'],
    [429, 'TooManyRequests'],
  ])('%i without end is an error, after the retries', async (status, code) => {
    const result = await run(when('s3:GetBucketTagging', { status, code }), { wanted: new Set(['tags']) });
    expect(factsOf(result, arn)['tags']).toMatchObject({ state: 'error' });
    expect(fake().requests.filter((request) => request.includes('Tagging'))).toHaveLength(2);
  });

  test('503 SlowDown and then an answer is an answer', async () => {
    const slow: Reply = { status: 503, code: 'SlowDown' };
    const result = await run(
      {
        ...one,
        answer: (asked, _, attempt) => (asked === 's3:GetBucketTagging' && attempt === 1 ? slow : undefined),
      },
      { wanted: new Set(['tags']) },
    );
    expect(factsOf(result, arn)['tags']).toEqual({ state: 'known', value: { app: 'reperes' } });
  });

  test('an interrupted run ends with what there is, the rest not collected', async () => {
    const controller = new AbortController();
    const onCall = (operation: string): void => {
      if (operation === 's3:GetBucketTagging') controller.abort();
    };
    const result = await run(one, { signal: controller.signal, onCall, concurrency: 1 });
    expect(factsOf(result, arn)['tags']).toMatchObject({ state: 'not_collected' });
    expect(factsOf(result, arn)['place.region']).toMatchObject({ state: 'known' });
  });

  test('a 200 with nothing in it is not an encrypted, replicated, tagged or private bucket', async () => {
    const empty: Reply = { status: 200, body: '' };
    const facts = factsOf(
      await run({ ...one, answer: (_, bucket) => (bucket === 'b' ? empty : undefined) }),
      arn,
    );
    for (const name of ['encryption.at_rest', 'relations.replica', 'tags', 'public']) {
      expect([name, facts[name]?.state]).toEqual([name, 'not_collected']);
    }
  });
});
