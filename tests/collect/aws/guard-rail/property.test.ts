import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GuardPolicy } from '../../../../src/collect/aws/guard-rail/policy.ts';
import { matchesGlob } from '../../../../src/inventory/glob.ts';
import type { Json } from './build.ts';
import { account, analyse, fullAccess, policy, regions } from './build.ts';

const actions = [
  's3:CreateBucket',
  's3:PutObject',
  'rds:CreateDBInstance',
  'iam:CreateRole',
  'ec2:RunInstances',
];
const principals = [
  `arn:aws:iam::${account}:role/app`,
  `arn:aws:iam::${account}:role/admin`,
  `arn:aws:iam::${account}:user/u`,
];

interface Request {
  readonly action: string;
  readonly region: string;
  readonly principal: string;
}

/** IAM's own way to decide, request by request, for the words that the generator below uses. */
function meets(condition: Json, { region, principal }: Request): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys as { [key: string]: string[] }).every(([key, values]) => {
      const value = key === 'aws:RequestedRegion' ? region : key === 'aws:PrincipalArn' ? principal : account;
      const found = values.some((one) =>
        operator.endsWith('Like') ? matchesGlob(one, value) : one === value,
      );
      return operator.includes('Not') ? !found : found;
    }),
  );
}

function speaksOf(statement: Json, request: Request): boolean {
  const isNamed = (list: unknown): boolean =>
    (list as string[]).some((one) => matchesGlob(one.toLowerCase(), request.action.toLowerCase()));
  const isAction =
    statement['NotAction'] === undefined ? isNamed(statement['Action']) : !isNamed(statement['NotAction']);
  return isAction && statement['Resource'] === '*' && meets((statement['Condition'] ?? {}) as Json, request);
}

const isDenied = (statements: readonly Json[], request: Request): boolean =>
  statements.some((statement) => statement['Effect'] === 'Deny' && speaksOf(statement, request));
const isAllowed = (statements: readonly Json[], request: Request): boolean =>
  statements.some((statement) => statement['Effect'] === 'Allow' && speaksOf(statement, request));

const some = <T>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const regionValues = some([...regions, 'eu-*', 'us-*', '*']);
const regionCondition = fc.record({
  operator: fc.constantFrom('StringNotEquals', 'StringEquals', 'StringNotLike', 'StringLike'),
  values: regionValues,
});
const otherCondition = fc.constantFrom<Json>(
  {},
  {},
  {},
  { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/admin'] } },
  { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/app'] } },
  { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/*'] } },
);
const actionPatterns = some(['s3:*', 's3:Put*', 'iam:*', 'rds:*', 'ec2:Run*', '*']);

const statement = fc
  .record({
    effect: fc.constantFrom('Deny', 'Deny', 'Deny', 'Allow'),
    isExcept: fc.boolean(),
    patterns: actionPatterns,
    region: fc.option(regionCondition, { nil: null }),
    other: otherCondition,
    resource: fc.constantFrom('*', '*', '*', 'arn:aws:s3:::x'),
  })
  .map(
    ({ effect, isExcept, patterns, region, other, resource }): Json => ({
      Effect: effect,
      ...(isExcept ? { NotAction: patterns } : { Action: patterns }),
      Resource: resource,
      Condition: {
        ...other,
        ...(region ? { [region.operator]: { 'aws:RequestedRegion': region.values } } : {}),
      },
    }),
  );
const levels = fc.array(
  fc.record({ statements: fc.array(statement, { maxLength: 3 }), isFull: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
);
type Levels = typeof levels extends fc.Arbitrary<infer T> ? T : never;

const full: Json = { Effect: 'Allow', Action: ['*'], Resource: '*' };
const statementsOf = ({ statements, isFull }: Levels[number]): readonly Json[] =>
  isFull ? [full, ...statements] : statements;
const asPolicies = (all: Levels) =>
  all.map((level, index) => ({
    id: `level-${index}`,
    policies: statementsOf(level).length === 0 ? [fullAccess] : [policy(`p-${index}`, statementsOf(level))],
  }));

describe('weighed against every request, one by one', () => {
  test('what is said to be closed is denied to everyone who is not exempted, for every action that is not left open', () => {
    fc.assert(
      fc.property(levels, (all) => {
        const rail = analyse([], { levels: asPolicies(all) });
        const open = new Set(rail.allowed_regions);
        for (const region of regions.filter((one) => !open.has(one))) {
          for (const action of actions) {
            for (const principal of principals) {
              const request = { action, region, principal };
              const isOpen =
                rail.gaps.some((gap) => matchesGlob(gap.toLowerCase(), action.toLowerCase())) ||
                rail.exemptions.some((pattern) => matchesGlob(pattern, principal));
              const isRefused = all.some((level) => {
                const statements = statementsOf(level);
                return (
                  isDenied(statements, request) || (statements.length > 0 && !isAllowed(statements, request))
                );
              });
              expect([request, isOpen || isRefused]).toEqual([request, true]);
            }
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('one more Deny never opens a region', () => {
    fc.assert(
      fc.property(levels, statement, (all, more) => {
        const before = analyse([], { levels: asPolicies(all) });
        const [first, ...others] = asPolicies(all);
        const added = {
          id: first?.id ?? '',
          policies: [...(first?.policies ?? []), policy('p-more', { ...more, Effect: 'Deny' })],
        };
        const after = analyse([], { levels: [added, ...others] });
        expect(before.allowed_regions).toEqual(expect.arrayContaining([...(after.allowed_regions ?? [])]));
      }),
    );
  });

  test('the order of policies and statements changes nothing', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
        const named = statements.map((one, index) => ({ ...one, Sid: `S${index}` }));
        const policies = named.map((one, index): GuardPolicy => policy(`p-${index}`, one));
        expect(analyse(policies.toReversed())).toEqual(analyse(policies));
      }),
    );
  });
});
