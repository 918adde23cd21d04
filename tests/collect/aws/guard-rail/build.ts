import type { GuardRail, GuardRailInput } from '../../../../src/collect/aws/guard-rail/analyse.ts';
import { analyseGuardRail } from '../../../../src/collect/aws/guard-rail/analyse.ts';
import type { GuardPolicy } from '../../../../src/collect/aws/guard-rail/policy.ts';
import { parseGuardPolicy } from '../../../../src/collect/aws/guard-rail/policy.ts';

export const account = '111122223333';
export const regions = ['ap-south-1', 'eu-central-1', 'eu-west-1', 'eu-west-3', 'us-east-1'];

/** A statement of a policy, as JSON has it. */
export type Json = { readonly [key: string]: unknown };

export function policy(
  id: string,
  statements: Json | readonly Json[],
  type: GuardPolicy['type'] = 'scp',
): GuardPolicy {
  const parsed = parseGuardPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  if (parsed === null) throw new Error(`policy ${id} does not parse`);
  return { id, type, statements: parsed };
}

export const fullAccess = policy('p-FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' });

/** What the policies mean for the account, attached to the root unless `changes` says otherwise. */
export function analyse(policies: readonly GuardPolicy[], changes: Partial<GuardRailInput> = {}): GuardRail {
  const levels = [
    { id: 'r-root', policies: [fullAccess, ...policies] },
    { id: 'ou-school', policies: [fullAccess] },
    { id: account, policies: [fullAccess] },
  ];
  return analyseGuardRail({
    account,
    partition: 'aws',
    isManagement: false,
    regions,
    levels,
    elsewhere: [],
    ...changes,
  });
}

export const onlyParis: Json = {
  Sid: 'OnlyParis',
  Effect: 'Deny',
  NotAction: ['iam:*', 'sts:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-3'] } },
};
