import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/collect/call.ts';
import {
  getAcceleration,
  getMetadata,
  getNotification,
  getObjectLock,
  listInventories,
} from '../../../src/collect/s3/calls.ts';
import {
  accelerationReader,
  inventoryReader,
  metadataReader,
  notificationReader,
  objectLockReader,
} from '../../../src/collect/s3/delivery.ts';
import type { Reader } from '../../../src/collect/s3/reader.ts';
import { wantedReaders } from '../../../src/collect/s3/readers.ts';
import { bucketOf, given, none, refused } from '../../setup/answer.ts';

async function read(reader: Reader, answer: Answer<unknown>) {
  const [reading] = await reader.read(async <T>() => answer as Answer<T>, bucketOf('aws'));
  return reading;
}

describe('what a bucket delivers', () => {
  test('its inventory, of the lists that are on, to buckets of any account', async () => {
    const list = (Bucket: string, IsEnabled: boolean, AccountId?: string) => ({
      Id: Bucket,
      IsEnabled,
      IncludedObjectVersions: 'All' as const,
      Schedule: undefined,
      Destination: {
        S3BucketDestination: {
          Bucket: `arn:aws:s3:::${Bucket}`,
          Format: 'CSV' as const,
          ...(AccountId ? { AccountId } : {}),
        },
      },
    });
    const reading = await read(
      inventoryReader,
      given(listInventories, {
        InventoryConfigurationList: [list('lists', true, '444455556666'), list('off', false)],
      }),
    );
    expect(reading).toMatchObject({
      relations: [{ kind: 'inventory', to: 'arn:aws:s3:::lists' }],
      destinations: [{ name: 'lists', account: '444455556666' }],
      facts: { 'relations.inventory': { state: 'known', value: ['arn:aws:s3:::lists'] } },
    });
  });

  test('its metadata, to a table bucket', async () => {
    const TableBucketArn = 'arn:aws:s3tables:eu-west-3:1:bucket/aws-s3';
    const answer = given(getMetadata, {
      $metadata: {},
      GetBucketMetadataConfigurationResult: {
        MetadataConfigurationResult: { DestinationResult: { TableBucketArn } },
      },
    });
    expect(await read(metadataReader, answer)).toMatchObject({
      relations: [{ kind: 'inventory', to: TableBucketArn }],
      ends: [{ kind: 'object_store', region: 'eu-west-3' }],
    });
  });

  test('its events, to topics, queues and functions, each placed by its ARN', async () => {
    const answer = given(getNotification, {
      $metadata: {},
      QueueConfigurations: [{ QueueArn: 'arn:aws:sqs:us-east-1:444455556666:in', Events: [] }],
      LambdaFunctionConfigurations: [
        { LambdaFunctionArn: 'arn:aws:lambda:eu-west-3:1:function:f', Events: [] },
      ],
    });
    expect((await read(notificationReader, answer))?.ends).toEqual([
      {
        id: 'arn:aws:sqs:us-east-1:444455556666:in',
        name: 'in',
        kind: 'queue',
        account: '444455556666',
        region: 'us-east-1',
      },
      {
        id: 'arn:aws:lambda:eu-west-3:1:function:f',
        name: 'f',
        kind: 'function',
        account: '1',
        region: 'eu-west-3',
      },
    ]);
  });

  test('its objects through the edge, where it is accelerated', async () => {
    expect(
      await read(accelerationReader, given(getAcceleration, { $metadata: {}, Status: 'Enabled' })),
    ).toMatchObject({
      relations: [{ kind: 'access_point' }],
      ends: [{ kind: 'endpoint', region: 'edge' }],
    });
    expect(
      await read(accelerationReader, given(getAcceleration, { $metadata: {}, Status: 'Suspended' })),
    ).not.toHaveProperty('relations');
  });
});

test('a lock says for how long nobody can delete', async () => {
  const answer = given(getObjectLock, {
    $metadata: {},
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } } },
  });
  expect(await read(objectLockReader, answer)).toMatchObject({
    facts: { object_lock: { value: { mode: 'compliance', period: 'P1Y' } } },
  });
  expect(await read(objectLockReader, none(getObjectLock))).toMatchObject({
    facts: { object_lock: { state: 'absent' } },
  });
});

test.each([inventoryReader, metadataReader, notificationReader, accelerationReader, objectLockReader])(
  'a refusal denies its fact and names the permission (%#)',
  async (reader) => {
    const [call] = reader.calls;
    if (call === undefined) throw new Error('a reader without a call');
    const reading = await read(reader, refused(call));
    expect(reading?.facts).toEqual(
      Object.fromEntries(
        reader.facts.map((fact) => [
          fact,
          expect.objectContaining({ state: 'denied', permission: call.permission }),
        ]),
      ),
    );
    expect(reading).not.toHaveProperty('relations');
  },
);

test('other clouds are not asked for what only AWS has', () => {
  const asked = wantedReaders(new Set(['relations']), 'compatible').flatMap(({ calls }) =>
    calls.map(({ operation }) => operation),
  );
  expect(asked).not.toContain('s3:GetBucketAccelerateConfiguration');
  expect(asked).toContain('s3:GetBucketReplication');
});
