import {
  AttachPolicyCommand,
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeAll, expect, test } from '@jest/globals';
import type { Collected } from '../../../src/collect/collect.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { Options } from '../../../src/collect/collector.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';
import { describeWithMoto } from '../../setup/describe-with-moto.ts';
import { outcomesOf, run } from '../../setup/run.ts';

const management = '123456789012';
const wanted = new Set(['place.region', 'guard_rail.effective', 'guard_rail.allowed_countries']);

interface Built {
  readonly school: string;
  readonly lab: string;
  readonly closed: string;
}

describeWithMoto('an organisation on an emulator of AWS', (endpoint) => {
  let built: Built = { school: '', lab: '', closed: '' };
  let seen: Collected['observations'] = [];
  const read = (more: Options): Promise<Collected> => {
    const options = {
      endpoint: endpoint(),
      region: 'eu-west-3',
      organization: true,
      services: ['organizations', 's3'],
      ...more,
    };
    return collect([{ kind: 'aws', options }], testContext({ wanted }));
  };
  const accountArn = (account: string): string => `arn:aws:iam::${account}:root`;

  beforeAll(async () => {
    useTestCredentials();
    built = await build(endpoint());
    ({ observations: seen } = await read({ role: 'BercailAudit', external_id: 'x-1' }));
  });

  test('every account is an asset, and a suspended one is told as not read', () => {
    const accounts = seen.filter(({ asset }) => asset?.kind === 'account');
    expect(accounts.map(({ asset, outcome, code }) => [asset?.account, outcome, code])).toEqual(
      [
        [management, 'ok', undefined],
        [built.school, 'ok', undefined],
        [built.lab, 'ok', undefined],
        [built.closed, 'not_collected', 'AccountSUSPENDED'],
      ].toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    );
  });

  test('the role is taken in each account, and each is read', () => {
    const buckets = seen.filter(({ asset }) => asset?.kind === 'object_store');
    expect(buckets.map(({ asset, subject }) => [subject, asset?.account])).toEqual([
      ['arn:aws:s3:::lab', built.lab],
      ['arn:aws:s3:::school', built.school],
    ]);
    const taken = seen.filter(({ operation }) => operation === 'sts:AssumeRole');
    expect(taken.map(({ scope, outcome }) => [scope, outcome])).toEqual(
      [built.lab, built.school, management].toSorted().map((account) => [`${account}/eu-west-3`, 'ok']),
    );
  });

  test('no secret of a role, nor the external id, is in what is kept', () => {
    expect(JSON.stringify(seen)).not.toMatch(/x-1|SecretAccessKey|SessionToken|ASIA/);
  });

  test('without a role the other accounts are gaps, and the own one is read', async () => {
    const { observations } = await read({});
    const gaps = observations.filter(({ code }) => code === 'NoRoleConfigured');
    expect(gaps.map(({ subject }) => subject)).toEqual(
      [built.lab, built.school].toSorted().map((id) => `${id}/eu-west-3`),
    );
    expect(
      observations.some(
        ({ operation, scope }) => operation === 's3:ListBuckets' && scope === `${management}/eu-west-3`,
      ),
    ).toBe(true);
  });

  test('a guard rail on a unit binds the accounts below it, and is judged by the countries that it leaves open', async () => {
    const evaluation = await run({ observations: seen });
    expect(outcomesOf(evaluation, 'GRD-01')).toMatchObject({
      [accountArn(management)]: 'fail',
      [accountArn(built.school)]: 'pass',
      [accountArn(built.lab)]: 'fail',
      [accountArn(built.closed)]: 'unknown',
    });
    const rails = Object.fromEntries(
      seen.flatMap(({ subject, facts }) =>
        facts?.['guard_rail.effective'] ? [[subject, facts] as const] : [],
      ),
    );
    expect(rails[accountArn(built.school)]).toMatchObject({
      'guard_rail.effective': { state: 'known', value: true },
      'guard_rail.allowed_regions': { state: 'known', value: ['eu-west-3'] },
      'guard_rail.statement': { state: 'known', value: expect.stringMatching(/^p-[a-z0-9]+\/OnlyParis$/) },
      'guard_rail.exemptions': { state: 'known', value: ['arn:aws:iam::*:role/BercailAudit'] },
    });
    expect(rails[accountArn(built.lab)]).toMatchObject({
      'guard_rail.effective': { state: 'known', value: false },
    });
  });
});

async function build(endpoint: string): Promise<Built> {
  const organizations = new OrganizationsClient({ endpoint, region: 'eu-west-3' });
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const create = async (name: string): Promise<string> => {
    const command = new CreateAccountCommand({ AccountName: name, Email: `${name}@example.org` });
    return (await organizations.send(command)).CreateAccountStatus?.AccountId ?? '';
  };
  const [school, lab, closed] = [await create('school'), await create('lab'), await create('closed')];
  await organizations.send(new CloseAccountCommand({ AccountId: closed }));
  const root = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? '';
  await organizations.send(
    new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' }),
  );
  const unit = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'pupils' }),
  );
  const unitId = unit.OrganizationalUnit?.Id ?? '';
  await organizations.send(
    new MoveAccountCommand({ AccountId: school, SourceParentId: root, DestinationParentId: unitId }),
  );
  const Content = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Sid: 'OnlyParis',
      Effect: 'Deny',
      NotAction: ['iam:*', 'sts:*'],
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': ['eu-west-3'] },
        ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/BercailAudit'] },
      },
    },
  });
  const policy = await organizations.send(
    new CreatePolicyCommand({
      Name: 'only-paris',
      Description: 'p',
      Type: 'SERVICE_CONTROL_POLICY',
      Content,
    }),
  );
  await organizations.send(
    new AttachPolicyCommand({ PolicyId: policy.Policy?.PolicySummary?.Id ?? '', TargetId: unitId }),
  );
  await bucketIn(endpoint, school, 'school');
  await bucketIn(endpoint, lab, 'lab');
  return { school, lab, closed };
}

async function bucketIn(endpoint: string, account: string, Bucket: string): Promise<void> {
  const RoleArn = `arn:aws:iam::${account}:role/build`;
  const { Credentials } = await new STSClient({ endpoint, region: 'eu-west-3' }).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'build' }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const s3 = new S3Client({ endpoint, region: 'eu-west-3', forcePathStyle: true, credentials });
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-3' } }),
  );
}
