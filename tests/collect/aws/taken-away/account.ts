import type { FakeOptions, Reply } from '../../../setup/fake-s3.ts';

/**
 * What is declared of the account below, as well as it could be: wherever an observation is missing, the declaration
 * would turn a failure into a pass.
 */
export const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  editor: {name: Éditeur SAS, role: processor, engaged_by: men, seat: FR, owner: {name: Éditeur, country: FR}}
  aws: {provider: aws, role: sub_processor, engaged_by: editor}
datasets:
  results: {subjects: [pupil], categories: [education.results], secrecy: discretion}
  identities: {subjects: [pupil], categories: [identity.name], secrecy: discretion}
assets:
  by-name:
    kind: object_store
    operator: aws
    run_by: editor
    place: {provider: aws, region: eu-west-3}
    holds: [results]
    encryption: {at_rest: true, in_transit: true, client_side: true, key_manager: customer}
    public: false
    access: {roles: [app], wildcard: false}
    access_log: true
    retention: P1Y
    match: [{source: aws, name: results}]
  by-tag:
    kind: object_store
    operator: aws
    run_by: editor
    place: {provider: aws, region: eu-west-3}
    holds: [identities]
    encryption: {at_rest: true, in_transit: true, client_side: true, key_manager: customer}
    public: false
    access: {roles: [app], wildcard: false}
    access_log: true
    retention: P1Y
    match: [{source: aws, tags: {app: export}}]
  by-region:
    kind: object_store
    operator: aws
    run_by: editor
    place: {provider: aws, region: eu-west-3}
    holds: [identities]
    public: false
    match: [{source: aws, region: us-east-1, tags: {usage: replica}}]
`;

const ok = (body: string): Reply => ({ status: 200, body });
const tags = (pairs: { readonly [key: string]: string }): Reply =>
  ok(
    `<Tagging><TagSet>${Object.entries(pairs)
      .map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
      .join('')}</TagSet></Tagging>`,
  );
const encrypted = (algorithm: string): Reply =>
  ok(
    `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`,
  );
const json = (value: unknown): Reply => ok(JSON.stringify(value));
const open = (bucket: string): Reply =>
  json({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
    ],
  });

/** Answers by `operation bucket`, or by operation; what is not here is that of an ordinary bucket. */
const answers: { readonly [key: string]: Reply } = {
  's3:GetBucketTagging results': tags({ app: 'results' }),
  's3:GetBucketTagging export': tags({ app: 'export' }),
  's3:GetBucketTagging logs': tags({ usage: 'logs' }),
  's3:GetBucketTagging results-dr': tags({ usage: 'replica' }),
  's3:GetBucketTagging private': { status: 404, code: 'NoSuchTagSet' },
  's3:GetBucketEncryption export': { status: 404, code: 'ServerSideEncryptionConfigurationNotFoundError' },
  's3:GetBucketEncryption results': encrypted('AES256'),
  's3:GetBucketReplication results': ok(
    `<ReplicationConfiguration><Role>r</Role><Rule><Status>Enabled</Status><Priority>1</Priority><Destination><Bucket>arn:aws:s3:::results-dr</Bucket></Destination></Rule>
     <Rule><Status>Enabled</Status><Priority>2</Priority><Destination><Bucket>arn:aws:s3:::elsewhere</Bucket><Account>999999999999</Account></Destination></Rule></ReplicationConfiguration>`,
  ),
  's3:GetBucketLogging results': ok(
    '<BucketLoggingStatus><LoggingEnabled><TargetBucket>logs</TargetBucket><TargetPrefix></TargetPrefix></LoggingEnabled></BucketLoggingStatus>',
  ),
  's3:GetBucketPolicy export': open('export'),
  's3:GetBucketPolicyStatus export': ok('<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>'),
  's3:GetPublicAccessBlock export': { status: 404, code: 'NoSuchPublicAccessBlockConfiguration' },
  's3:HeadBucket elsewhere': { status: 403, headers: { 'x-amz-bucket-region': 'us-west-2' } },
  'organizations:DescribeOrganization': json({
    Organization: { Id: 'o-1', MasterAccountId: '111122223333' },
  }),
  'organizations:ListRoots': json({
    Roots: [{ Id: 'r-1', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
  }),
  'organizations:ListPolicies': json({ Policies: [{ Id: 'p-FullAWSAccess' }, { Id: 'p-1' }] }),
  'organizations:ListParents': json({ Parents: [{ Id: 'r-1', Type: 'ROOT' }] }),
};

function organizations(operation: string, body: string): Reply | undefined {
  if (operation === 'organizations:ListTargetsForPolicy')
    return json({ Targets: [{ TargetId: 'r-1', Type: 'ROOT' }] });
  if (operation !== 'organizations:DescribePolicy') return undefined;
  const id = (JSON.parse(body) as { PolicyId?: string }).PolicyId;
  const region = { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-3'] } };
  const Statement =
    id === 'p-1'
      ? { Sid: 'OnlyTwo', Effect: 'Deny', NotAction: ['iam:*'], Resource: '*', Condition: region }
      : { Effect: 'Allow', Action: '*', Resource: '*' };
  return json({ Policy: { Content: JSON.stringify({ Version: '2012-10-17', Statement }) } });
}

/** Three accounts: pupils' results with a replica in Virginia and another in a stranger's account, an open export. */
export function schoolAccount(taken: (operation: string, bucket: string) => Reply | undefined): FakeOptions {
  return {
    regions: ['eu-west-1', 'eu-west-3', 'us-east-1'],
    buckets: [
      { name: 'results', region: 'eu-west-1' },
      { name: 'results-dr', region: 'us-east-1' },
      { name: 'export', region: 'eu-west-1' },
      { name: 'logs' },
    ],
    accounts: { '444455556666': [{ name: 'private', region: 'eu-west-3' }] },
    answer: (operation, bucket, _, { body }) =>
      taken(operation, bucket) ??
      answers[`${operation} ${bucket}`] ??
      answers[operation] ??
      organizations(operation, body),
  };
}
