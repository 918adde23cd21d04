import { describe, expect, test } from '@jest/globals';
import { leastPrivilege } from '../../../src/collect/aws/permissions.ts';
import { services } from '../../../src/collect/aws/service/registry.ts';
import { everyFact } from '../../setup/collect-context.ts';

const statements = async (facts: readonly string[], setting = {}) =>
  Object.fromEntries(
    (await leastPrivilege(new Set(facts), setting)).Statement.map((statement) => [statement.Sid, statement]),
  );
const actions = async (facts: readonly string[]): Promise<readonly string[]> =>
  (await statements(facts))['BercailReadOnly']?.Action ?? [];
const ofS3 = async (facts: readonly string[]): Promise<readonly string[]> =>
  (await actions(facts)).filter((action) => action.startsWith('s3:'));

/** A fact of each kind that any call of any service gives. */
const everything = async (): Promise<string[]> => {
  const loaded = await Promise.all(Object.values(services).map((load) => load()));
  return loaded.flatMap(({ calls }) => calls.flatMap(({ facts = [] }) => facts));
};

describe('the policy document for S3', () => {
  test('places alone need the listing, and the location of what it does not place', async () => {
    expect(await ofS3(['place.region'])).toEqual([
      's3:GetBucketLocation',
      's3:ListAccessPoints',
      's3:ListAllMyBuckets',
      's3:ListMultiRegionAccessPoints',
    ]);
  });

  test('each fact adds the actions that it needs, by the names that IAM has for them', async () => {
    expect(await ofS3(['tags', 'encryption.at_rest', 'relations.replica'])).toEqual(
      expect.arrayContaining([
        's3:GetBucketLocation',
        's3:GetBucketTagging',
        's3:GetEncryptionConfiguration',
        's3:GetReplicationConfiguration',
        's3:ListAllMyBuckets',
      ]),
    );
    expect(await ofS3(['tags'])).not.toContain('s3:GetEncryptionConfiguration');
  });

  test('a whole record asks for all of its facts', async () => {
    expect(await ofS3(['encryption'])).toEqual([
      's3:GetBucketLocation',
      's3:GetBucketPolicy',
      's3:GetEncryptionConfiguration',
      's3:ListAccessPoints',
      's3:ListAllMyBuckets',
      's3:ListMultiRegionAccessPoints',
    ]);
  });

  test('none lists the objects of a bucket or reads one', async () => {
    const all = await ofS3([...everyFact, ...(await everything())]);
    expect(all.filter((action) => /^s3:(ListBucket|GetObject.*|ListBucketVersions)$/.test(action))).toEqual(
      [],
    );
  });
});

test('every action of every service reads: its name begins as those of reads do', async () => {
  const all = await actions([...everyFact, ...(await everything())]);
  expect(all.length).toBeGreaterThan(10);
  expect(
    all.filter(
      (action) => !/^[a-z0-9-]+:(Get|GET|List|Describe|Search|BatchGet|Lookup|View)[A-Za-z]*$/.test(action),
    ),
  ).toEqual([]);
});

test('regions are always asked for; policies of the organisation only for a rule about guard rails', async () => {
  expect(await actions(['tags'])).toEqual(expect.arrayContaining(['ec2:DescribeRegions']));
  expect(Object.keys(await statements(['tags']))).toEqual(['BercailReadOnly']);
  expect((await statements(['guard_rail.effective']))['BercailOrganization']?.Action).toEqual([
    'organizations:DescribeOrganization',
    'organizations:DescribePolicy',
    'organizations:ListParents',
    'organizations:ListPolicies',
    'organizations:ListRoots',
    'organizations:ListTargetsForPolicy',
  ]);
});

test('an organisation adds its accounts, and the role that is taken in each', async () => {
  const found = await statements(['tags'], { organization: true, role: 'BercailAudit' });
  expect(found['BercailOrganization']?.Action).toEqual(['organizations:ListAccounts']);
  expect(found['BercailTakeRole']).toMatchObject({
    Action: ['sts:AssumeRole'],
    Resource: 'arn:*:iam::*:role/BercailAudit',
  });
});

test('a role of one account is taken too, and services that are not read ask for nothing', async () => {
  const found = await statements(['tags'], { role: '/audit/Reader', services: ['s3'] });
  expect(found['BercailTakeRole']?.Resource).toBe('arn:*:iam::*:role/audit/Reader');
  expect(found['BercailReadOnly']?.Action.map((action) => action.split(':')[0])).toEqual(
    expect.arrayContaining(['ec2', 's3']),
  );
  expect(found['BercailReadOnly']?.Action.filter((action) => !/^(?:ec2|s3):/.test(action))).toEqual([]);
});
