import { describe, expect, test } from '@jest/globals';
import type { Json } from './build.ts';
import { account, analyse, fullAccess, onlyParis, policy, regions } from './build.ts';

const paris = ['eu-west-3'];
const linked = 'service_linked_roles';
const condition = (operator: string, values: readonly string[] | string, more: Json = {}): Json => ({
  [operator]: { 'aws:RequestedRegion': values },
  ...more,
});
const deny = (Condition: Json, more: Json = {}): Json => ({
  Sid: 'S',
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition,
  ...more,
});

describe('the form that AWS publishes, and that of Control Tower', () => {
  test('Deny with NotAction, StringNotEquals and exempted roles: what stays open is listed', () => {
    const published: Json = {
      Sid: 'DenyAllOutsideEU',
      Effect: 'Deny',
      NotAction: [
        'iam:*',
        'organizations:*',
        'route53:*',
        'cloudfront:*',
        'support:*',
        's3:GetBucketLocation',
      ],
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] },
        ArnNotLike: { 'aws:PrincipalARN': ['arn:aws:iam::*:role/Bypass1', 'arn:aws:iam::*:role/Bypass2'] },
      },
    };
    expect(analyse([policy('p-1', published)])).toEqual({
      effective: true,
      allowed_regions: ['eu-central-1', 'eu-west-1'],
      statements: ['p-1/DenyAllOutsideEU'],
      exemptions: ['arn:aws:iam::*:role/Bypass1', 'arn:aws:iam::*:role/Bypass2'],
      gaps: [
        'cloudfront:*',
        'iam:*',
        'organizations:*',
        'route53:*',
        's3:GetBucketLocation',
        'support:*',
        linked,
      ],
    });
  });

  test('Control Tower: the role that it works with is exempted', () => {
    const tower: Json = {
      Sid: 'GRREGIONDENY',
      Effect: 'Deny',
      NotAction: ['a4b:*', 'iam:*', 'kms:*', 's3:GetAccountPublic*'],
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': ['eu-west-3'] },
        ArnNotLike: { 'aws:PrincipalARN': ['arn:*:iam::*:role/AWSControlTowerExecution'] },
      },
    };
    expect(analyse([policy('p-ct', tower)])).toMatchObject({
      effective: true,
      allowed_regions: paris,
      statements: ['p-ct/GRREGIONDENY'],
      exemptions: ['arn:*:iam::*:role/AWSControlTowerExecution'],
    });
  });
});

describe('which regions stay open', () => {
  test.each<[string, Json, readonly string[]]>([
    ['StringNotEquals', condition('StringNotEquals', paris), paris],
    ['one value that is no list', condition('StringNotEquals', 'eu-west-3'), paris],
    ['two regions', condition('StringNotEquals', ['eu-west-3', 'eu-west-1']), ['eu-west-1', 'eu-west-3']],
    [
      'StringNotLike with a pattern',
      condition('StringNotLike', ['eu-*']),
      ['eu-central-1', 'eu-west-1', 'eu-west-3'],
    ],
    [
      'StringNotLike with one character',
      condition('StringNotLike', ['eu-west-?']),
      ['eu-west-1', 'eu-west-3'],
    ],
    ['StringNotEqualsIgnoreCase', condition('StringNotEqualsIgnoreCase', ['EU-WEST-3']), paris],
    ['StringNotEquals in capitals, which no region equals', condition('StringNotEquals', ['EU-WEST-3']), []],
    ['ForAnyValue:', condition('ForAnyValue:StringNotEquals', paris), paris],
    ['ForAllValues:', condition('ForAllValues:StringNotEquals', paris), paris],
    ['IfExists', condition('StringNotEqualsIfExists', paris), paris],
    [
      'a list of closed regions',
      condition('StringEquals', ['us-east-1']),
      ['ap-south-1', 'eu-central-1', 'eu-west-1', 'eu-west-3'],
    ],
    [
      'a pattern of closed regions',
      condition('StringLike', ['us-*', 'ap-*']),
      ['eu-central-1', 'eu-west-1', 'eu-west-3'],
    ],
    ['Null false, which is always so', condition('Null', 'false'), []],
    [
      'two conditions, both to be met',
      {
        StringNotEquals: { 'aws:RequestedRegion': ['eu-west-3'] },
        StringNotLike: { 'aws:RequestedRegion': ['eu-*'] },
      },
      ['eu-central-1', 'eu-west-1', 'eu-west-3'],
    ],
    ['the key in another case', { StringNotEquals: { 'AWS:requestedregion': ['eu-west-3'] } }, paris],
  ])('%s', (_, Condition, open) => {
    const rail = analyse([policy('p-1', deny(Condition))]);
    expect(rail).toMatchObject({ effective: true, allowed_regions: open, exemptions: [] });
  });

  test('a list of closed regions leaves open what AWS adds tomorrow, and says so', () => {
    expect(analyse([policy('p-1', deny(condition('StringEquals', ['us-east-1'])))]).gaps).toContain(
      'regions_not_named',
    );
    expect(analyse([policy('p-1', deny(condition('StringNotEquals', paris)))]).gaps).not.toContain(
      'regions_not_named',
    );
  });

  test('several policies close together what each closes', () => {
    const rail = analyse([
      policy('p-1', deny(condition('StringNotLike', ['eu-*']))),
      policy('p-2', deny(condition('StringEquals', ['eu-central-1', 'eu-west-1']))),
    ]);
    expect(rail).toMatchObject({ allowed_regions: paris, statements: ['p-1/S', 'p-2/S'] });
  });

  test('a policy that denies everything closes all regions', () => {
    expect(analyse([policy('p-1', deny({}))])).toMatchObject({ effective: true, allowed_regions: [] });
  });

  test('without the list of regions, those that the policy names are enough, and patterns are not', () => {
    const none = { regions: [] };
    expect(analyse([policy('p-1', deny(condition('StringNotEquals', paris)))], none).allowed_regions).toEqual(
      paris,
    );
    expect(
      analyse([policy('p-1', deny(condition('StringNotLike', ['eu-*'])))], none).allowed_regions,
    ).toBeNull();
    expect(
      analyse([policy('p-1', deny(condition('StringEquals', ['us-east-1'])))], none).allowed_regions,
    ).toBeNull();
    expect(analyse([], none).allowed_regions).toBeNull();
  });
});

describe('where it is attached', () => {
  const rail = policy('p-1', onlyParis);
  test.each([0, 1, 2])('level %i of the way from the root to the account binds it', (at) => {
    const levels = ['r-root', 'ou-school', account].map((id, index) => ({
      id,
      policies: index === at ? [fullAccess, rail] : [fullAccess],
    }));
    expect(analyse([], { levels })).toMatchObject({ effective: true, allowed_regions: paris });
  });

  test('attached elsewhere it binds nothing, and is named', () => {
    expect(analyse([], { elsewhere: [rail] })).toEqual({
      effective: false,
      allowed_regions: regions,
      statements: [],
      exemptions: [],
      gaps: ['not_attached (p-1/OnlyParis)'],
    });
  });

  test('the account that manages the organisation is not bound, whatever is attached', () => {
    expect(analyse([rail], { isManagement: true })).toMatchObject({
      effective: false,
      allowed_regions: regions,
      gaps: ['management_account'],
    });
  });
});

describe('a Deny that is no guard rail', () => {
  const outside = { 'aws:RequestedRegion': ['eu-west-3'] };
  test.each<[string, Json, string]>([
    ['of some services only', { Action: ['ec2:*', 's3:*'] }, 'some_actions_only (p-1/S, ec2:*, s3:*)'],
    ['of everything but everything', { Action: undefined, NotAction: ['*'] }, 'some_actions_only (p-1/S)'],
    ['of some resources only', { Resource: ['arn:aws:s3:::x/*'] }, 'some_requests_only (p-1/S, Resource)'],
    [
      'of all but some resources',
      { Resource: undefined, NotResource: ['arn:aws:s3:::x/*'] },
      'some_requests_only (p-1/S, Resource)',
    ],
    [
      'for one role only',
      { Condition: { StringNotEquals: outside, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/dev' } } },
      'some_requests_only (p-1/S, arnlike aws:PrincipalArn)',
    ],
    [
      'that exempts every role',
      {
        Condition: { StringNotEquals: outside, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
      },
      'some_requests_only (p-1/S, arnnotlike aws:PrincipalArn)',
    ],
    [
      'that exempts every user',
      {
        Condition: { StringNotEquals: outside, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
      },
      'some_requests_only (p-1/S, arnnotlike aws:PrincipalArn)',
    ],
    [
      'that exempts who is in the organisation',
      { Condition: { StringNotEquals: { ...outside, 'aws:PrincipalOrgID': 'o-1' } } },
      'some_requests_only (p-1/S, stringnotequals aws:PrincipalOrgID)',
    ],
    [
      'that exempts a network',
      { Condition: { StringNotEquals: { ...outside, 'aws:SourceVpc': 'vpc-1' } } },
      'some_requests_only (p-1/S, stringnotequals aws:SourceVpc)',
    ],
    [
      'that asks for a second factor',
      { Condition: { StringNotEquals: outside, Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
      'some_requests_only (p-1/S, bool aws:MultiFactorAuthPresent)',
    ],
    [
      'that begins one day',
      {
        Condition: {
          StringNotEquals: outside,
          DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
        },
      },
      'some_requests_only (p-1/S, dategreaterthan aws:CurrentTime)',
    ],
    [
      'that leaves this account out',
      { Condition: { StringNotEquals: { ...outside, 'aws:PrincipalAccount': [account] } } },
      'account_left_out (p-1/S)',
    ],
    [
      'that is for another account',
      { Condition: { StringNotEquals: outside, StringEquals: { 'aws:PrincipalAccount': '999999999999' } } },
      'account_left_out (p-1/S)',
    ],
  ])('%s', (_, more, gap) => {
    const rail = analyse([policy('p-1', deny({ StringNotEquals: outside }, more))]);
    expect(rail).toMatchObject({ effective: false, allowed_regions: regions, statements: [] });
    expect(rail.gaps).toEqual([gap]);
  });

  test('of a region that a tag of the caller names: nobody can say which', () => {
    const rail = analyse([policy('p-1', deny(condition('StringNotEquals', ['${aws:PrincipalTag/region}'])))]);
    expect(rail).toMatchObject({ effective: false, allowed_regions: regions });
  });

  test('of all but a list of services, wherever they are used', () => {
    const rail = analyse([policy('p-1', { Effect: 'Deny', NotAction: ['s3:*', 'rds:*'], Resource: '*' })]);
    expect(rail).toMatchObject({ effective: false, allowed_regions: regions, gaps: [] });
  });

  test('in a resource control policy alone: it binds few services', () => {
    const rcp = policy('p-r', { ...deny(condition('StringNotEquals', paris)), Principal: '*' }, 'rcp');
    const rail = analyse([rcp]);
    expect(rail).toMatchObject({ effective: false, allowed_regions: regions });
    expect(rail.gaps).toEqual(['some_actions_only (p-r/S, s3:*, sts:*, kms:*, sqs:*, secretsmanager:*)']);
  });
});

describe('who is exempted', () => {
  const outside = { 'aws:RequestedRegion': paris };
  test.each<[string, Json, readonly string[]]>([
    [
      'a role',
      { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } },
      ['arn:aws:iam::*:role/admin'],
    ],
    [
      'a role, by StringNotLike',
      { StringNotLike: { 'aws:PrincipalARN': ['arn:aws:iam::*:role/admin'] } },
      ['arn:aws:iam::*:role/admin'],
    ],
    [
      'a tag',
      { StringNotEqualsIfExists: { 'aws:PrincipalTag/bypass': 'yes' } },
      ['aws:PrincipalTag/bypass=yes'],
    ],
    ['whoever carries a tag', { Null: { 'aws:PrincipalTag/bypass': 'true' } }, ['aws:PrincipalTag/bypass=*']],
    [
      'AWS itself',
      { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
      ['aws:PrincipalIsAWSService=true'],
    ],
    ['another account', { StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } }, []],
  ])('%s', (_, more, exemptions) => {
    const both = { ...more, ForAnyValue: undefined };
    const Condition = { 'ForAnyValue:StringNotEquals': outside, ...JSON.parse(JSON.stringify(both)) };
    expect(analyse([policy('p-1', deny(Condition))])).toMatchObject({
      effective: true,
      allowed_regions: paris,
      exemptions,
    });
  });

  test('a second policy that exempts nobody makes the exemption of the first void', () => {
    const first = policy(
      'p-1',
      deny({ StringNotEquals: outside, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } }),
    );
    const second = policy('p-2', deny({ StringNotEquals: outside }));
    expect(analyse([first, second])).toMatchObject({ exemptions: [] });
  });
});

describe('what is left open', () => {
  const outside = condition('StringNotEquals', paris);
  const but = (...NotAction: string[]): Json => ({
    Effect: 'Deny',
    NotAction,
    Resource: '*',
    Condition: outside,
  });
  test.each<[string, readonly Json[], readonly string[]]>([
    ['nothing, where everything is denied', [deny(outside)], []],
    ['what every one of several leaves open', [but('iam:*', 's3:*'), but('iam:*', 'rds:*')], ['iam:*']],
    [
      'the narrower of two patterns that overlap, with the wider',
      [but('s3:*'), but('s3:Get*')],
      ['s3:*', 's3:Get*'],
    ],
    [
      'less, where another statement closes an exempted service',
      [but('iam:*', 's3:*'), { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: outside }],
      ['iam:*'],
    ],
    [
      'the same, where it closes a part of one',
      [but('s3:*'), { Effect: 'Deny', Action: 's3:CreateBucket', Resource: '*', Condition: outside }],
      ['s3:*'],
    ],
    [
      'only services that are allowed at all',
      [but('iam:*', 's3:*'), { Effect: 'Deny', NotAction: ['iam:*', 'rds:*'], Resource: '*' }],
      ['iam:*'],
    ],
  ])('%s', (_, statements, gaps) => {
    const rail = analyse([policy('p-1', statements)]);
    expect(rail.allowed_regions).toEqual(paris);
    expect(rail.gaps.filter((gap) => /^[a-z0-9]+:\S+$/i.test(gap))).toEqual(gaps);
  });
});

describe('an Allow in the place of the one for everything', () => {
  const allow = (Action: string | readonly string[], Condition?: Json): Json => ({
    Sid: 'A',
    Effect: 'Allow',
    Action,
    Resource: '*',
    ...(Condition ? { Condition } : {}),
  });
  const levels = (...statements: readonly Json[]) => ({
    levels: [
      { id: 'r-root', policies: [fullAccess] },
      { id: 'ou-school', policies: [policy('p-a', statements)] },
    ],
  });
  const inParis = condition('StringEquals', paris);

  test('for one region only closes the others', () => {
    expect(analyse([], levels(allow('*', inParis)))).toMatchObject({
      effective: true,
      allowed_regions: paris,
      statements: ['p-a/A'],
      exemptions: [],
    });
  });

  test('beside the one for everything closes nothing', () => {
    const both = [{ id: 'r-root', policies: [fullAccess, policy('p-a', allow('*', inParis))] }];
    expect(analyse([], { levels: both })).toMatchObject({ effective: false, allowed_regions: regions });
  });

  test('leaves open what it allows everywhere', () => {
    const rail = analyse([], levels(allow(['iam:*']), allow('*', inParis)));
    expect(rail).toMatchObject({ effective: true, allowed_regions: paris });
    expect(rail.gaps).toContain('iam:*');
  });

  test('of some services, in all regions, is no guard rail', () => {
    expect(analyse([], levels(allow(['s3:*', 'rds:*'])))).toMatchObject({
      effective: false,
      allowed_regions: regions,
    });
  });
});

test('a text that is no policy is not read as one', async () => {
  const { parseGuardPolicy } = await import('../../../../src/collect/aws/guard-rail/policy.ts');
  for (const text of [
    '',
    '{',
    '[]',
    '{}',
    '{"Statement":[{"Effect":"Maybe","Action":"*"}]}',
    '{"Statement":[{"Effect":"Deny"}]}',
    '{"Statement":{"Effect":"Deny","Action":"*","Condition":[]}}',
  ]) {
    expect([text, parseGuardPolicy(text)]).toEqual([text, null]);
  }
});
