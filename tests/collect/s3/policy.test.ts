import { describe, expect, test } from '@jest/globals';
import type { Dialect } from '../../../src/collect/s3/bucket.ts';
import { readPolicy } from '../../../src/collect/s3/policy.ts';
import type { Fact } from '../../../src/inventory/fact.ts';
import { bucketOf, known } from '../../setup/answer.ts';

const read = (statements: unknown, dialect: Dialect = 'aws'): { [name: string]: Fact } => {
  const said = readPolicy(
    { $metadata: {}, Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) },
    bucketOf(dialect),
  );
  return 'facts' in said ? said.facts : {};
};

describe('the policy of a bucket', () => {
  const tls = { Bool: { 'aws:SecureTransport': 'false' } };
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
    Condition: tls,
  };

  test.each<[string, object, boolean]>([
    ['refuses plain HTTP', deny, true],
    [
      'refuses it in other spellings',
      {
        ...deny,
        Principal: { AWS: ['*'] },
        Action: ['*'],
        Resource: '*',
        Condition: { BoolIfExists: { 'AWS:securetransport': [false] } },
      },
      true,
    ],
    ['refuses it for the whole bucket by a star', { ...deny, Resource: 'arn:aws:s3:::b*' }, true],
    ['refuses only reads', { ...deny, Action: 's3:GetObject' }, false],
    ['refuses it for one role', { ...deny, Principal: { AWS: 'arn:aws:iam::1:role/r' } }, false],
    ['refuses it for all but one', { ...deny, Principal: undefined, NotPrincipal: { AWS: '1' } }, false],
    ['refuses it under one prefix', { ...deny, Resource: 'arn:aws:s3:::b/public/*' }, false],
    ['refuses it for the bucket but not its objects', { ...deny, Resource: 'arn:aws:s3:::b' }, false],
    ['refuses it for another bucket', { ...deny, Resource: 'arn:aws:s3:::bb/*' }, false],
    [
      'refuses it from one network',
      { ...deny, Condition: { ...tls, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
      false,
    ],
    ['refuses TLS instead', { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, false],
    [
      'allows what has TLS',
      { ...deny, Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      false,
    ],
  ])('%s', (_, statement, value) => {
    expect(read(statement)['encryption.in_transit']).toEqual(known(value));
  });

  test('says nothing of transit on an endpoint that may speak only TLS', () => {
    expect(read([], 'compatible')['encryption.in_transit']).toMatchObject({ state: 'not_collected' });
    expect(read(deny, 'compatible')['encryption.in_transit']).toEqual(known(true));
  });

  const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
  test.each<[string, unknown, object]>([
    ['no statement', [], known(false)],
    ['everyone', allow, known(true)],
    ['everyone, as a map', { ...allow, Principal: { AWS: '*' } }, known(true)],
    ['everyone but one', { ...allow, Principal: undefined, NotPrincipal: { AWS: '1' } }, known(true)],
    ['everyone with TLS', { ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, known(true)],
    ['one account', { ...allow, Principal: { AWS: '1' } }, known(false)],
    [
      'everyone of an organisation',
      { ...allow, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      known(false),
    ],
    [
      'everyone of any organisation',
      { ...allow, Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } } },
      known(true),
    ],
    [
      'everyone from a network',
      { ...allow, Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } } },
      known(false),
    ],
    [
      'everyone from everywhere',
      { ...allow, Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0'] } } },
      known(true),
    ],
    [
      'everyone but from a network',
      { ...allow, Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
      known(true),
    ],
    [
      'everyone whose network, if told, is right',
      { ...allow, Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'v' } } },
      known(true),
    ],
    [
      'everyone of the account, as the policy that a topic starts with says it',
      { ...allow, Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } } },
      known(false),
    ],
    [
      'every caller of the account, as the policy of a key that AWS manages says it',
      { ...allow, Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } } },
      known(false),
    ],
    [
      'everyone who mounts it',
      { ...allow, Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } },
      known(false),
    ],
    [
      'everyone who does not mount it',
      { ...allow, Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'false' } } },
      known(true),
    ],
    [
      'everyone, narrowed by a refusal',
      [allow, { ...deny, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      { state: 'not_collected' },
    ],
  ])('open to all: %s', (_, statements, expected) => {
    expect(read(statements)['access.wildcard']).toMatchObject(expected);
  });

  test.each(['', '{', '[]', '{}', '{"Statement":["x"]}', '{"Statement":{"Effect":"allow"}}'])(
    '%j is no policy',
    (Policy) => {
      expect(readPolicy({ $metadata: {}, Policy }, bucketOf('aws'))).toHaveProperty('unreadable');
    },
  );
});
