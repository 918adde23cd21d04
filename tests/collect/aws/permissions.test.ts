import { expect, test } from '@jest/globals';
import { leastPrivilege } from '../../../src/collect/aws/permissions.ts';
import { everyFact } from '../../setup/collect-context.ts';

const actions = (facts: readonly string[]): readonly string[] | undefined =>
  leastPrivilege(new Set(facts)).Statement[0]?.Action;

test('places alone need the listing, and the location of what it does not place', () => {
  expect(actions(['place.region'])).toEqual(['s3:GetBucketLocation', 's3:ListAllMyBuckets']);
});

test('each fact adds the actions that it needs, by the names that IAM has for them', () => {
  expect(actions(['tags', 'encryption.at_rest', 'relations.replica'])).toEqual([
    's3:GetBucketLocation',
    's3:GetBucketTagging',
    's3:GetEncryptionConfiguration',
    's3:GetReplicationConfiguration',
    's3:ListAllMyBuckets',
  ]);
});

test('a whole record asks for all of its facts', () => {
  expect(actions(['encryption'])).toEqual([
    's3:GetBucketLocation',
    's3:GetBucketPolicy',
    's3:GetEncryptionConfiguration',
    's3:ListAllMyBuckets',
  ]);
});

test('every action reads configuration: none writes, lists objects or reads one', () => {
  const all = actions(everyFact) ?? [];
  expect(all).toHaveLength(13);
  expect(
    all.filter(
      (action) =>
        !/^s3:(Get(Bucket|Account|Encryption|Replication|Lifecycle)\w+|ListAllMyBuckets)$/.test(action),
    ),
  ).toEqual([]);
});
