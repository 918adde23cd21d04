import { describe, expect, test } from '@jest/globals';
import { services } from '../../../../src/collect/aws/service/registry.ts';
import { answersOf } from '../../../fixtures/aws/index.ts';
import { readFixture, short } from './fixture.ts';

/** Where data goes: from, by what, to. `own` is the account that is read, `here` its region. */
const expected: { readonly [service: string]: readonly string[] } = {
  kms: ['kms:here:own:key/results replica kms:us-east-1:own:key/results'],
  's3-access': [
    's3:::results access_point s3:here:own:accesspoint/analysts',
    's3:::results access_point s3:here:own:accesspoint/closed',
    's3:::results access_point s3:here:own:accesspoint/inside',
    's3:::results access_point s3:here:own:accesspoint/staff',
    's3:::results share iam::999988887777:root',
    's3:here:own:access-grants/default share iam::555566667777:root',
  ],
  's3-multi-region': [
    's3:::results access_point s3::own:accesspoint/m.mrap',
    's3:::results-us access_point s3::own:accesspoint/m.mrap',
  ],
  ebs: [
    'ec2:eu-west-1:own:image/ami-0 replica ec2:here:own:image/ami-1',
    'ec2:eu-west-1:own:snapshot/snap-0abc replica ec2:here:own:snapshot/snap-3',
    'ec2:here:own:image/ami-1 share iam::999988887777:root',
    'ec2:here:own:image/ami-1 share organizations::555566667777:organization/o-1',
    'ec2:here:own:snapshot/snap-1 key kms:here:own:key/results',
    'ec2:here:own:snapshot/snap-1 replica ec2:here:own:image/ami-1',
    'ec2:here:own:snapshot/snap-1 replica ec2:here:own:volume/vol-2',
    'ec2:here:own:snapshot/snap-1 share iam::999988887777:root',
    'ec2:here:own:volume/vol-1 key kms:here:own:key/results',
    'ec2:here:own:volume/vol-1 snapshot ec2:here:own:snapshot/snap-1',
  ],
  efs: [
    'elasticfilesystem:here:own:file-system/fs-1 key kms:here:own:key/results',
    'elasticfilesystem:here:own:file-system/fs-1 replica elasticfilesystem:eu-west-1:own:file-system/fs-2',
  ],
  fsx: [
    'fsx:here:own:backup/b-1 key kms:here:own:key/results',
    'fsx:here:own:file-system/fsx-1 key kms:here:own:key/results',
    'fsx:here:own:file-system/fsx-1 replica s3:::lake',
    'fsx:here:own:file-system/fsx-2 log logs:here:own:log-group:/aws/fsx/lustre',
    'fsx:here:own:file-system/fsx-2 replica s3:::scores',
    'fsx:us-east-1:own:backup/b-0 replica fsx:here:own:backup/b-1',
    'fsx:us-east-1:own:file-system/fsx-0 backup fsx:here:own:backup/b-1',
    's3:::lake replica fsx:here:own:file-system/fsx-1',
    's3:::results replica fsx:here:own:file-cache/fc-1',
    's3:::results replica fsx:here:own:file-system/fsx-2',
  ],
  backup: [
    'backup:here:own:backup-vault:main backup backup:us-east-1:999988887777:backup-vault:far',
    'backup:here:own:backup-vault:main backup backup:us-west-2:own:backup-vault:by-hand',
    'backup:here:own:backup-vault:main key kms:here:own:key/results',
    'rds:here:own:db:results backup backup:here:own:backup-vault:main',
  ],
  rds: [
    'rds:eu-west-1:own:db:far snapshot rds:here:own:snapshot:copied',
    'rds:eu-west-1:own:snapshot:s replica rds:here:own:snapshot:copied',
    'rds:here:own:cluster:ent key kms:here:own:key/results',
    'rds:here:own:cluster:ent replica rds:us-east-1:own:cluster:ent-us',
    'rds:here:own:cluster:ent replica redshift-serverless:here:999988887777:namespace/n',
    'rds:here:own:cluster:ent snapshot rds:here:own:cluster-snapshot:open',
    'rds:here:own:db:results backup rds:eu-central-1:own:auto-backup:ab-1',
    'rds:here:own:db:results key kms:here:own:key/results',
    'rds:here:own:db:results log logs:here:own:log-group:/aws/rds/instance/results/audit',
    'rds:here:own:db:results replica rds:eu-west-1:own:db:results-far',
    'rds:here:own:db:results replica rds:here:own:cluster:aurora',
    'rds:here:own:db:results replica rds:here:own:db:results-near',
    'rds:here:own:db:results snapshot rds:here:own:snapshot:june',
    'rds:here:own:db:results snapshot rds:here:own:snapshot:rds:results-1',
    'rds:here:own:snapshot:june key kms:here:own:key/results',
    'rds:here:own:snapshot:june replica s3:::exports',
    'rds:here:own:snapshot:june share iam::999988887777:root',
    'rds:us-east-1:own:db:old backup rds:here:own:auto-backup:ab-far',
    'rds:us-east-1:own:db:origin replica rds:here:own:db:imported',
  ],
  dynamodb: [
    'dynamodb:here:own:table/pupils key kms:here:own:key/results',
    'dynamodb:here:own:table/pupils replica dynamodb:here:999988887777:table/pupils',
    'dynamodb:here:own:table/pupils replica dynamodb:us-west-2:own:table/pupils',
    'dynamodb:here:own:table/pupils replica kinesis:here:own:stream/changes',
    'dynamodb:here:own:table/pupils replica s3:::exports',
    'dynamodb:here:own:table/pupils snapshot dynamodb:here:own:table/pupils/backup/1',
    'dynamodb:here:own:table/sessions replica kinesis:here:own:stream/changes',
  ],
  redshift: [
    'redshift:here:own:cluster:statistics key kms:here:own:alias/aws/redshift',
    'redshift:here:own:cluster:statistics log s3:::warehouse-logs',
    'redshift:here:own:cluster:statistics share redshift:us-east-1:555566667777:datashare-consumer',
    'redshift:here:own:cluster:statistics snapshot redshift:here:own:snapshot:statistics/s1',
    'redshift:here:own:cluster:statistics snapshot redshift:us-east-1:own:snapshot:statistics/*',
    'redshift:here:own:snapshot:statistics/s1 share iam::999988887777:root',
  ],
  'redshift-serverless': [
    'redshift-serverless:here:own:namespace/1 key kms:here:own:key/results',
    'redshift-serverless:here:own:namespace/1 log logs:here:own:log-group:/aws/redshift/n/connectionlog',
    'redshift-serverless:here:own:namespace/1 snapshot redshift-serverless:here:own:snapshot/s',
    'redshift-serverless:here:own:namespace/1 snapshot redshift-serverless:us-east-1:own:snapshot/n/*',
    'redshift-serverless:here:own:snapshot/s share iam::999988887777:root',
  ],
  opensearch: [
    'es:eu-west-1:999988887777:domain/leader replica es:here:own:domain/search',
    'es:here:own:domain/search key kms:here:own:key/results',
    'es:here:own:domain/search log logs:here:own:log-group:search-audit',
    'es:here:own:domain/search replica es:us-east-1:999988887777:domain/follower',
  ],
  elasticache: [
    'elasticache:here:own:replicationgroup:sessions key kms:here:own:key/results',
    'elasticache:here:own:replicationgroup:sessions log firehose:here:own:deliverystream/slow',
    'elasticache:here:own:replicationgroup:sessions replica elasticache:us-east-1:own:replicationgroup:sessions-us',
    'elasticache:here:own:replicationgroup:sessions snapshot elasticache:here:own:snapshot:night',
    'elasticache:here:own:serverlesscache:exams snapshot elasticache:here:own:serverlesscachesnapshot:dawn',
    'elasticache:here:own:snapshot:night key kms:here:own:key/results',
  ],
  cloudtrail: [
    'cloudtrail:here:own:trail/audit key kms:here:own:key/results',
    'cloudtrail:here:own:trail/audit log logs:here:own:log-group:trail',
    'cloudtrail:here:own:trail/audit log s3:::trail-logs',
    's3:::answers log cloudtrail:here:own:trail/audit',
    's3:::exports log cloudtrail:here:own:trail/audit',
    's3:::results log cloudtrail:here:own:trail/audit',
  ],
  logs: [
    'cloudfront::own:distribution/D2 log s3:::cdn-logs',
    'ec2:here:own:vpc/v log logs:us-east-1:999988887777:delivery-destination:theirs',
    'logs:here:own:destination:sink log kinesis:here:own:stream/changes',
    'logs:here:own:log-group:/app/ent key kms:here:own:key/results',
    'logs:here:own:log-group:/app/ent replica logs:eu-central-1:555566667777:destination:everything',
    'logs:here:own:log-group:/app/ent replica logs:us-east-1:999988887777:destination:central',
    'logs:here:own:log-group:/app/ent replica s3:::archive',
  ],
  config: [
    'config:here:own:aggregation-authorization/999988887777/us-east-1 log config:us-east-1:999988887777:config-aggregator/*',
    'config:here:own:delivery-channel/default log s3:::config-logs',
    'config:here:own:delivery-channel/default log sns:here:own:config',
  ],
  cloudfront: [
    'apigateway:eu-west-1::/restapis/abc origin cloudfront::own:distribution/D1',
    'cloudfront::own:distribution/D1 log cloudfront::own:realtime-log-config/live',
    'cloudfront::own:distribution/D1 log s3:::cdn-logs',
    'cloudfront::own:realtime-log-config/live log kinesis:us-east-1:own:stream/live',
    'https://app-1.eu-west-1.elb.amazonaws.com origin cloudfront::own:distribution/D1',
    'https://host.example.org origin cloudfront::own:distribution/D1',
    's3:::results origin cloudfront::own:distribution/D1',
  ],
  'global-accelerator': [
    'elasticloadbalancing:here:own:loadbalancer/app/x/1 origin globalaccelerator::own:accelerator/a',
    'globalaccelerator::own:accelerator/a log s3:::flow-logs',
  ],
  route53: ['route53:::hostedzone/Z1 log logs:us-east-1:own:log-group:/dns'],
  'api-gateway': [
    'apigateway:here::/restapis/r1 log logs:here:own:log-group:api',
    'apigateway:here::/restapis/r2 log logs:here:own:log-group:api',
  ],
  sqs: ['sqs:here:own:answers replica sqs:here:999988887777:dead'],
  sns: [
    'sns:here:own:news notification https://hook.example.org',
    'sns:here:own:news notification sns:here:own:news/email',
    'sns:here:own:news notification sqs:us-east-1:999988887777:q',
  ],
  eventbridge: [
    'events:here:own:api-destination/crm/1 notification https://crm.example.com',
    'events:here:own:event-bus/default notification events:here:own:api-destination/crm/1',
    'events:here:own:event-bus/default notification events:us-east-1:999988887777:event-bus/central',
    'events:here:own:event-bus/default notification logs:here:own:log-group:/aws/events/all',
    'events:here:own:event-bus/default notification sqs:here:own:undelivered',
    'events:here:own:event-bus/default replica events:here:own:archive/year',
  ],
  'flow-log': [
    'ec2:here:own:network-interface/eni-1 log logs:here:own:log-group:/vpc/flows',
    'ec2:here:own:subnet/subnet-1 log logs:here:own:log-group:/vpc/subnet',
    'ec2:here:own:transit-gateway-attachment/tgw-attach-1 log firehose:us-east-1:999988887777:deliverystream/flows',
    'ec2:here:own:vpc/vpc-1 log s3:::flows',
  ],
  datasync: [
    'datasync:here:own:location/loc-gone replica s3:::results',
    'nfs://filer.example.org replica s3:::moved-us',
    's3:::results replica azure-blob://ent.blob.core.windows.net',
    's3:::results replica elasticfilesystem:us-east-1:own:file-system/fs-1',
  ],
  kinesis: ['kinesis:here:own:stream/changes key kms:here:own:alias/aws/kinesis'],
  ses: [
    'ses:here:own:configuration-set/news notification firehose:here:own:deliverystream/out',
    'ses:here:own:identity/example.org replica s3:::mail',
  ],
  firehose: [
    'firehose:here:own:deliverystream/collector replica https://collector.example.com',
    'firehose:here:own:deliverystream/collector replica s3:::results',
    'firehose:here:own:deliverystream/out key kms:here:own:key/results',
    'firehose:here:own:deliverystream/out replica s3:::abroad',
    'firehose:here:own:deliverystream/out replica s3:::results',
    'kinesis:here:own:stream/changes replica firehose:here:own:deliverystream/out',
  ],
  ecs: [
    'ecs:here:own:cluster/ent log firehose:eu-west-1:own:deliverystream/far',
    'ecs:here:own:cluster/ent log https://splunk.example.com:8088',
    'ecs:here:own:cluster/ent log logs:us-east-1:own:log-group:/ecs/ent',
  ],
  eks: [
    'eks:here:own:cluster/ent key kms:here:own:key/results',
    'eks:here:own:cluster/ent log logs:here:own:log-group:/aws/eks/ent/cluster',
  ],
  lambda: [
    'dynamodb:here:own:table/pupils notification lambda:here:own:function:score',
    'lambda:here:own:function:score access_point lambda:here:own:function:score:live',
    'lambda:here:own:function:score key kms:here:own:key/results',
    'lambda:here:own:function:score log logs:here:own:log-group:/aws/lambda/score',
    'lambda:here:own:function:score notification s3:::scores',
    'lambda:here:own:function:score notification sns:us-east-1:999988887777:failed',
    'lambda:here:own:function:score notification sqs:here:999988887777:dead',
  ],
  sagemaker: [
    'sagemaker:here:own:endpoint/e replica s3:::captured',
    'sagemaker:here:own:endpoint/e replica s3:::inferred',
    'sagemaker:here:own:feature-group/pupils replica s3:::features',
  ],
  bedrock: [
    'bedrock:here:own:model-invocation-logging replica logs:here:own:log-group:/bedrock',
    'bedrock:here:own:model-invocation-logging replica s3:::large-prompts',
    'bedrock:here:own:model-invocation-logging replica s3:::prompts',
  ],
  athena: ['athena:here:own:workgroup/primary replica s3:::answers'],
  emr: ['elasticmapreduce:here:own:cluster/j-1 log s3:::emr-logs'],
  ram: [
    'rds:here:own:cluster:ent share iam::999988887777:root',
    'rds:here:own:cluster:ent share organizations::555566667777:ou/o-1/ou-1',
  ],
};

describe('where data goes from', () => {
  test.each(Object.keys(answersOf))('%s', async (name) => {
    const seen = await readFixture(name);
    const relations = seen.flatMap(({ subject, relations = [] }) =>
      relations.map(({ kind, to }) => `${short(subject)} ${kind} ${short(to)}`),
    );
    expect([...new Set(relations)].toSorted()).toEqual(expected[name] ?? []);
    expect(seen.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });

  test('is tested for every service that reads an account', () => {
    const apart = ['organizations', 's3'];
    expect(Object.keys(answersOf).toSorted()).toEqual(
      Object.keys(services)
        .filter((name) => !apart.includes(name))
        .toSorted(),
    );
  });
});

test.each(Object.keys(answersOf))(
  'the other end of what %s tells is placed, or its place is known not to be told',
  async (name) => {
    const seen = await readFixture(name);
    const placed = new Set(
      seen
        .filter(({ facts = {} }) => facts['place.region'] ?? facts['place.regions'])
        .map(({ subject }) => subject),
    );
    const ends = seen.flatMap(({ relations = [] }) =>
      relations.filter(({ kind }) => kind !== 'key').map(({ to }) => to),
    );
    // Another account or organisation, an address or a host that is not the provider's are nowhere that an ARN could tell.
    const told = ends.filter(
      (id) =>
        !/^(?:https|azure-blob):|:iam::\d+:root$|:organizations:|:realtime-log-config\/|\/email$/.test(id),
    );
    // What another service of the same account and region lists is placed there.
    const listed = told.filter((id) => !/^arn:aws:[a-z]+:eu-west-3:111122223333:/.test(id));
    expect(listed.filter((id) => !placed.has(id))).toEqual([]);
  },
);
