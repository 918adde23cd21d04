import { describe, expect, test } from '@jest/globals';
import { type Read, readSources, withFiles } from '../../setup/template.ts';

async function read(text: string): Promise<Read> {
  return withFiles({ 'a.yaml': `Resources:\n${text}` }, (path) =>
    readSources('cloudformation', { template: path('a.yaml'), region: 'eu-west-3' }),
  );
}

type Case = readonly [
  what: string,
  text: string,
  from: string,
  relations: readonly string[],
  region: string | null,
];

const cases: readonly Case[] = [
  [
    'of a file system',
    '  E: {Type: "AWS::EFS::FileSystem", Properties: {ReplicationConfiguration: {Destinations: [{Region: us-west-2}]}}}',
    'E',
    ['replica a.yaml#E@us-west-2'],
    'us-west-2',
  ],
  [
    'of a file system, to one that is there',
    '  E: {Type: "AWS::EFS::FileSystem", Properties: {ReplicationConfiguration: {Destinations: [{FileSystemId: fs-1}]}}}',
    'E',
    ['replica fs-1'],
    null,
  ],
  [
    'of the backups of a database',
    '  D: {Type: "AWS::RDS::DBInstance", Properties: {AutomaticBackupReplicationRegion: us-east-1}}',
    'D',
    ['backup a.yaml#D@us-east-1'],
    'us-east-1',
  ],
  [
    'of the snapshots of a warehouse',
    '  R: {Type: "AWS::Redshift::Cluster", Properties: {DestinationRegion: us-east-1}}',
    'R',
    ['snapshot a.yaml#R@us-east-1'],
    'us-east-1',
  ],
  [
    'of a global datastore',
    `  P: {Type: "AWS::ElastiCache::ReplicationGroup", Properties: {ReplicationGroupId: p}}
  G:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      Members:
        - {ReplicationGroupId: !Ref P, ReplicationGroupRegion: eu-west-3, Role: PRIMARY}
        - {ReplicationGroupId: s, ReplicationGroupRegion: us-east-1, Role: SECONDARY}`,
    'P',
    ['replica a.yaml#P@us-east-1'],
    'us-east-1',
  ],
  [
    'of disks that carry the tag of a snapshot policy',
    `  V: {Type: "AWS::EC2::Volume", Properties: {Tags: [{Key: keep, Value: "yes"}]}}
  Other: {Type: "AWS::EC2::Volume", Properties: {}}
  L:
    Type: AWS::DLM::LifecyclePolicy
    Properties:
      PolicyDetails:
        TargetTags: [{Key: keep, Value: "yes"}]
        Schedules: [{CrossRegionCopyRules: [{Target: us-west-2}]}]`,
    'V',
    ['snapshot a.yaml#V@us-west-2'],
    'us-west-2',
  ],
  [
    'of a distributed database',
    '  C: {Type: "AWS::DSQL::Cluster", Properties: {MultiRegionProperties: {Clusters: ["arn:aws:dsql:us-east-1:123456789012:cluster/x"]}}}',
    'C',
    ['replica arn:aws:dsql:us-east-1:123456789012:cluster/x'],
    'us-east-1',
  ],
];

describe('a copy in another region is told', () => {
  test.each(cases)('%s', async (_, text, from, relations, region) => {
    const { relations: found, fact } = await read(text);
    expect(found(`a.yaml#${from}`)).toEqual(relations);
    const [to = ''] = relations;
    if (region !== null) expect(fact(to.split(' ')[1] ?? '', 'place.region')).toBe(region);
  });
});

test('a disk without the tag of a snapshot policy is not copied', async () => {
  const { relations } = await read(cases[5]?.[1] ?? '');
  expect(relations('a.yaml#Other')).toEqual([]);
});

test('a member that a condition may leave out is no member more', async () => {
  const { relations } = await withFiles(
    {
      'a.yaml': `Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
  T:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {Replicas: [{Region: eu-west-3}, !If [C, {Region: us-east-1}, !Ref "AWS::NoValue"]]}
`,
    },
    (path) => readSources('cloudformation', { template: path('a.yaml'), region: 'eu-west-3' }),
  );
  expect(relations('a.yaml#T')).toEqual(['replica a.yaml#T@us-east-1']);
});

test('an outpost is not where its region is', async () => {
  const { fact } = await read(
    '  V: {Type: "AWS::EC2::Volume", Properties: {AvailabilityZone: eu-west-3a, OutpostArn: "arn:aws:outposts:eu-west-3:123456789012:outpost/op-1"}}',
  );
  expect(fact('a.yaml#V', 'place.region')).toBe('not_collected');
});

test('the address of a person who subscribes is nobody’s to note', async () => {
  const { observations } = await read(
    '  T: {Type: "AWS::SNS::Topic", Properties: {Subscription: [{Protocol: email, Endpoint: head@ecole.example}]}}',
  );
  expect(JSON.stringify(observations)).not.toContain('head@');
});
