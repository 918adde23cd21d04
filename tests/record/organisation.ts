/**
 * Builds in moto an organisation of three accounts, with about 150 resources and each way in which data leaves the place
 * where it was put: `node tests/record/organisation.ts ENDPOINT` for a look at it with other tools.
 */

import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Built } from './organisation/account.ts';
import { accountOf } from './organisation/account.ts';
import { buildCopies } from './organisation/copies.ts';
import { buildDatabases } from './organisation/databases.ts';
import { buildDeliveries } from './organisation/deliveries.ts';
import { buildStores } from './organisation/stores.ts';

export interface Organisation {
  readonly management: string;
  /** Where the results of pupils are. */
  readonly prod: string;
  /** Analysts, and an archive of copies. */
  readonly lab: string;
}

/** The role that every account of it can be read by. */
export const role = 'BercailAudit';

/** The regions that something is in. */
export const regions = ['eu-west-3', 'eu-west-1', 'us-east-1'];

export async function buildOrganisation(endpoint: string): Promise<Organisation> {
  const region = 'us-east-1';
  const organizations = new OrganizationsClient({ endpoint, region });
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const create = async (AccountName: string): Promise<string> => {
    const { CreateAccountStatus } = await organizations.send(
      new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.org` }),
    );
    return CreateAccountStatus?.AccountId ?? '';
  };
  const prod = await create('prod');
  const lab = await create('lab');
  await guard(organizations);
  const sts = new STSClient({ endpoint, region });
  const enter = async (account: string): Promise<Built> => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'build' }),
    );
    return accountOf(endpoint, account, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
  };
  const [ours, theirs] = [await enter(prod), await enter(lab)];
  await buildStores(ours, theirs);
  await buildDatabases(ours, theirs);
  await buildCopies(ours, theirs);
  await buildDeliveries(ours, theirs);
  return { management: '123456789012', prod, lab };
}

/** Leaves Dublin open beside Paris, and exempts what works worldwide: more than a policy of France alone. */
async function guard(client: OrganizationsClient): Promise<void> {
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const RootId = Roots[0]?.Id ?? '';
  await client.send(new EnablePolicyTypeCommand({ RootId, PolicyType: 'SERVICE_CONTROL_POLICY' }));
  const Content = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyEurope',
        Effect: 'Deny',
        NotAction: ['iam:*', 'organizations:*', 'cloudfront:*', 'route53:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-3', 'eu-west-1'] } },
      },
    ],
  });
  const { Policy } = await client.send(
    new CreatePolicyCommand({
      Name: 'regions',
      Description: 'regions',
      Type: 'SERVICE_CONTROL_POLICY',
      Content,
    }),
  );
  await client.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id ?? '', TargetId: RootId }));
}

/** What the ministry says of it. */
export const manifest = `bercail: manifest/v1
id: reperes
organisations:
  ministry: {name: Ministère, role: controller, kind: public_body, public_level: state, seat: FR}
  cloud: {provider: aws, role: processor, engaged_by: ministry}
datasets:
  results:
    title: {fr: Résultats, en: Results}
    subjects: [pupil]
    categories: [education.results]
    secrecy: discretion
assets:
  store:
    kind: object_store
    operator: cloud
    place: {provider: aws, region: eu-west-1}
    holds: [results]
    match: [{source: aws, tags: {data-class: results}}]
activities:
  tests: {title: Évaluations, controller: ministry, datasets: [results], retention: {period: P1Y}}
`;

if (process.argv[1]?.endsWith('record/organisation.ts')) {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  console.log(await buildOrganisation(process.argv[2] ?? 'http://127.0.0.1:5000'));
}
