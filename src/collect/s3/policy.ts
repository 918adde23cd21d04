import type { GetBucketPolicyCommandOutput } from '@aws-sdk/client-s3';
import type { Fact } from '../../inventory/fact.ts';
import type { Bucket } from './bucket.ts';
import { getPolicy } from './calls.ts';
import type { Condition, PolicyStatement } from './policy-document.ts';
import { parsePolicy } from './policy-document.ts';
import type { Said, Unreadable } from './reader.ts';
import { EMPTY, readOne } from './reader.ts';

export const policyReader = readOne(['encryption.in_transit', 'access.wildcard'], getPolicy, readPolicy);

/** Of the policy only these two truths are kept, never its text: it names people and networks. */
export function readPolicy(response: GetBucketPolicyCommandOutput | null, bucket: Bucket): Said | Unreadable {
  if (response !== null && !response.Policy) return EMPTY;
  const statements = response === null ? [] : parsePolicy(response.Policy ?? '');
  if (statements === null) return { unreadable: 'error', code: 'MalformedPolicy' };
  return {
    facts: {
      'encryption.in_transit': inTransit(statements, bucket),
      'access.wildcard': wildcard(statements),
    },
  };
}

/** True where the policy refuses plain HTTP to everyone for every object. */
function inTransit(statements: readonly PolicyStatement[], bucket: Bucket): Fact {
  if (statements.some((statement) => refusesPlainHttp(statement, bucket.name)))
    return { state: 'known', value: true };
  if (bucket.dialect === 'aws') return { state: 'known', value: false };
  return {
    state: 'not_collected',
    note: 'the policy allows plain HTTP; whether the endpoint answers it was not tried',
  };
}

function refusesPlainHttp(
  { effect, everyone, actions, resources, conditions }: PolicyStatement,
  name: string,
): boolean {
  const [condition] = conditions;
  return (
    effect === 'Deny' &&
    everyone &&
    conditions.length === 1 &&
    condition !== undefined &&
    (condition.operator === 'bool' || condition.operator === 'boolifexists') &&
    condition.key === 'aws:securetransport' &&
    condition.values.length === 1 &&
    condition.values[0]?.toLowerCase() === 'false' &&
    (actions?.some((action) => action === 's3:*' || action === '*') ?? false) &&
    (resources?.some((resource) => coversObjects(resource, name)) ?? false)
  );
}

/** `arn:PARTITION:s3:::NAME/*`, `…NAME*`, `arn:PARTITION:s3:::*` or `*`. */
function coversObjects(resource: string, name: string): boolean {
  const path = resource === '*' ? '*' : resource.split(':').slice(5).join(':');
  return path === '*' || path === `${name}/*` || path === `${name}*`;
}

/** True where everyone is allowed something without a condition that says who or from where. */
function wildcard(statements: readonly PolicyStatement[]): Fact {
  const open = statements.some(
    ({ effect, everyone, conditions }) => effect === 'Allow' && everyone && !conditions.some(isRestricting),
  );
  const narrowed = statements.some(
    ({ effect, conditions }) => effect === 'Deny' && conditions.some(({ key }) => WHO_OR_WHERE.has(key)),
  );
  if (open && narrowed)
    return { state: 'not_collected', note: 'a Deny statement narrows what is open to everyone' };
  return { state: 'known', value: open };
}

const WHO_OR_WHERE = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:userid',
  'aws:sourcevpce',
  'aws:sourcevpc',
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const POSITIVE = /^(?:foranyvalue:)?(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like)|ipaddress)$/;
const ANYONE = new Set(['*', '0.0.0.0/0', '::/0']);

function isRestricting({ operator, key, values }: Condition): boolean {
  return (
    WHO_OR_WHERE.has(key) &&
    POSITIVE.test(operator) &&
    values.length > 0 &&
    !values.some((value) => ANYONE.has(value))
  );
}
