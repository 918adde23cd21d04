import { describe, expect, test } from '@jest/globals';
import { readEncryption } from '../../../src/collect/s3/encryption.ts';
import { bucketOf, known } from '../../setup/answer.ts';

const encrypted = (SSEAlgorithm: string, KMSMasterKeyID?: string) => {
  const said = readEncryption(
    {
      $metadata: {},
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: SSEAlgorithm as 'AES256',
              ...(KMSMasterKeyID === undefined ? {} : { KMSMasterKeyID }),
            },
          },
        ],
      },
    },
    bucketOf('aws'),
  );
  return 'facts' in said ? said.facts : {};
};

describe('the key of a bucket', () => {
  test.each<[string, string | undefined, object, object]>([
    ['AES256', undefined, known('provider'), { state: 'absent' }],
    ['aws:kms', undefined, known('provider'), known('1')],
    ['aws:kms', 'alias/aws/s3', known('provider'), known('1')],
    ['aws:kms', 'arn:aws:kms:eu-west-3:1:alias/aws/s3', known('provider'), known('1')],
    ['aws:kms', 'arn:aws:kms:eu-west-3:222:key/k', known('customer'), known('222')],
    ['aws:kms:dsse', 'arn:aws-eusc:kms:eusc-de-east-1:222:key/k', known('customer'), known('222')],
    ['aws:kms', '1234abcd', known('customer'), { state: 'not_collected' }],
    ['aws:new', undefined, { state: 'not_collected' }, { state: 'not_collected' }],
  ])('%s with key %s', (algorithm, key, manager, account) => {
    const facts = encrypted(algorithm, key);
    expect(facts['encryption.at_rest']).toEqual(known(true));
    expect(facts['encryption.key_manager']).toMatchObject(manager);
    expect(facts['encryption.key_account']).toMatchObject(account);
  });
});
