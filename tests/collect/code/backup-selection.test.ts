import { describe, expect, test } from '@jest/globals';
import { type Candidate, isSelected, type Selection } from '../../../src/collect/code/backup-selection.ts';
import { readSources, withFiles } from '../../setup/template.ts';
import { planAssets, region, relationsOf } from '../../setup/terraform.ts';

const none: Selection = { resources: [], except: [], tags: [], conditions: [] };
const table: Candidate = {
  type: 'aws_dynamodb_table',
  names: ['marks'],
  region: 'eu-west-3',
  tags: { state: 'known', value: { env: 'prod' } },
};
const prod = { key: 'aws:ResourceTag/env', value: 'prod' };
const untold: Candidate = { ...table, tags: { state: 'not_collected', note: 'known after apply' } };

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html */
const cases: readonly (readonly [string, Partial<Selection>, boolean, Candidate?])[] = [
  ['nothing named, nothing tagged: everything', {}, true],
  ['everything', { resources: ['*'] }, true],
  ['every table', { resources: ['arn:aws:dynamodb:*:*:table/*'] }, true],
  ['tables by the beginning of their name', { resources: ['arn:aws:dynamodb:*:*:table/ma*'] }, true],
  ['tables of another name', { resources: ['arn:aws:dynamodb:*:*:table/logs*'] }, false],
  ['tables of another region', { resources: ['arn:aws:dynamodb:us-*:*:table/*'] }, false],
  ['buckets', { resources: ['arn:aws:s3:::*'] }, false],
  ['everything but tables', { except: ['arn:aws:dynamodb:*:*:table/*'] }, false],
  ['a tag, written with its prefix', { tags: [prod] }, true],
  ['a tag, written without', { tags: [{ key: 'env', value: 'prod' }] }, true],
  ['a tag of another value', { tags: [{ key: 'env', value: 'test' }] }, false],
  ['buckets, or what is tagged', { resources: ['arn:aws:s3:::*'], tags: [prod] }, true],
  ['tables, or what is tagged otherwise', { resources: ['*'], tags: [{ key: 'env', value: 'test' }] }, true],
  ['a condition that holds', { resources: ['*'], conditions: [{ ...prod, operator: 'equals' }] }, true],
  ['one that does not', { resources: ['*'], conditions: [{ ...prod, operator: 'not_equals' }] }, false],
  ['one with a pattern', { conditions: [{ key: 'env', value: 'p*', operator: 'like' }] }, true],
  ['one with a pattern, not', { conditions: [{ key: 'env', value: 'p*', operator: 'not_like' }] }, false],
  ['a tag that nobody can tell', { tags: [prod] }, true, untold],
  ['a tag of what has none', { tags: [prod] }, false, { ...table, tags: { state: 'absent' } }],
  [
    'an id that it gets later',
    { resources: ['arn:aws:ec2:*:*:volume/*'] },
    true,
    { ...table, type: 'aws_ebs_volume', names: [] },
  ],
  ['what cannot be backed up', { resources: ['*'] }, false, { ...table, type: 'aws_sqs_queue' }],
];

describe('a selection takes a table by', () => {
  test.each(cases)('%s: %j → %s', (_, selection, taken, candidate = table) => {
    expect(isSelected({ ...none, ...selection }, candidate)).toBe(taken);
  });
});

describe('what a pattern selects goes to the vaults of the plan', () => {
  const plan = (selection: object, of = 'aws_backup_plan.p') =>
    planAssets({
      providers: { aws: region('eu-west-3'), 'aws.us': region('us-east-1') },
      resources: [
        { address: 'aws_dynamodb_table.here', after: { name: 'here', tags: { env: 'prod' } } },
        { address: 'aws_dynamodb_table.far', after: { name: 'far' }, provider: 'aws.us' },
        { address: 'aws_sqs_queue.q', after: { name: 'q' } },
        { address: 'aws_backup_vault.v', after: { name: 'v' } },
        { address: 'aws_backup_plan.p', after: { rule: [{ target_vault_name: 'v' }] } },
        {
          address: 'aws_backup_selection.s',
          after: { resources: null, ...selection },
          unknown: { plan_id: true },
          expressions: { plan_id: { references: [`${of}.id`, of] } },
        },
      ],
    });

  test('in the plan’s region, of what can be backed up', async () => {
    const assets = await plan({ resources: ['*'] });
    expect(relationsOf(assets, 'aws_dynamodb_table.here')).toEqual(['backup aws_backup_vault.v']);
    expect(relationsOf(assets, 'aws_dynamodb_table.far')).toEqual([]);
    expect(relationsOf(assets, 'aws_sqs_queue.q')).toEqual([]);
  });

  test('as conditions allow', async () => {
    const assets = await plan({
      resources: ['*'],
      condition: [{ string_equals: [{ key: 'aws:ResourceTag/env', value: 'test' }] }],
    });
    expect(relationsOf(assets, 'aws_dynamodb_table.here')).toEqual([]);
  });

  test('those of a plan that is elsewhere are at a place that nobody tells', async () => {
    const assets = await plan({ resources: ['*'] }, 'data.aws_backup_plan.other');
    const [relation = ''] = relationsOf(assets, 'aws_dynamodb_table.here');
    expect(relation).toMatch(/^backup /);
  });

  test('and what is named beside what is not known yet is not forgotten', async () => {
    const assets = await planAssets({
      providers: { aws: region('eu-west-3') },
      resources: [
        { address: 'aws_dynamodb_table.t', after: { name: 't' } },
        { address: 'aws_backup_vault.v', after: { name: 'v' } },
        { address: 'aws_backup_plan.p', after: { rule: [{ target_vault_name: 'v' }] } },
        {
          address: 'aws_backup_selection.s',
          after: { resources: [null, 'arn:aws:s3:::elsewhere'] },
          unknown: { plan_id: true, resources: [true, false] },
          expressions: {
            plan_id: { references: ['aws_backup_plan.p.id', 'aws_backup_plan.p'] },
            resources: { references: ['aws_dynamodb_table.t.arn', 'aws_dynamodb_table.t'] },
          },
        },
      ],
    });
    expect(relationsOf(assets, 'aws_dynamodb_table.t')).toEqual(['backup aws_backup_vault.v']);
  });

  test.each([
    [
      'by tag',
      'ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: env, ConditionValue: prod}]',
      ['Table'],
    ],
    ['by pattern', 'Resources: [!Sub "arn:${AWS::Partition}:s3:::mar*"]', ['Bucket']],
    ['by reference', 'Resources: [!GetAtt Table.Arn]', ['Table']],
    ['but for', 'Resources: ["*"], NotResources: ["arn:aws:s3:::*"]', ['Table']],
    [
      'by condition',
      'Resources: ["*"], Conditions: {StringNotEquals: [{ConditionKey: "aws:ResourceTag/env", ConditionValue: prod}]}',
      ['Bucket'],
    ],
  ])('in CloudFormation, %s', async (_, selection, taken) => {
    const text = `
Resources:
  Table: {Type: "AWS::DynamoDB::Table", Properties: {TableName: t, Tags: [{Key: env, Value: prod}]}}
  Bucket: {Type: "AWS::S3::Bucket", Properties: {BucketName: marks}}
  Vault: {Type: "AWS::Backup::BackupVault", Properties: {BackupVaultName: main}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanRule: [{TargetBackupVault: !Ref Vault}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {${selection}}}
`;
    await withFiles({ 'a.yaml': text }, async (path) => {
      const { relations } = await readSources('cloudformation', { template: path('a.yaml') });
      const found = ['Table', 'Bucket'].filter((id) =>
        relations(`a.yaml#${id}`).includes('backup a.yaml#Vault'),
      );
      expect(found).toEqual(taken);
    });
  });

  test('in CloudFormation, a vault elsewhere does not hide where its copies go', async () => {
    const text = `
Resources:
  Table: {Type: "AWS::DynamoDB::Table", Properties: {TableName: t}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - {TargetBackupVault: Default, CopyActions: [{DestinationBackupVaultArn: "arn:aws:backup:us-east-1:111122223333:backup-vault:far"}]}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {Resources: [!GetAtt Table.Arn]}}
  Other:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: plan-of-the-account, BackupSelection: {Resources: [!GetAtt Table.Arn]}}
`;
    await withFiles({ 'a.yaml': text }, async (path) => {
      const { relations, fact } = await readSources('cloudformation', { template: path('a.yaml') });
      const far = 'arn:aws:backup:us-east-1:111122223333:backup-vault:far';
      const [untold = ''] = relations('a.yaml#Table').filter((one) => one.includes('→'));
      expect(relations('a.yaml#Table')).toEqual(expect.arrayContaining(['backup Default', `backup ${far}`]));
      expect(fact(far, 'place.region')).toBe('us-east-1');
      expect(fact(untold.replace('backup ', ''), 'place.region')).toBe('not_collected');
    });
  });
});
