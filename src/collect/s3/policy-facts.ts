import type { Fact } from '../../inventory/fact.ts';
import type { Bucket } from './bucket.ts';
import type { Condition, PolicyStatement } from './policy-document.ts';

/** What a bucket's policy tells, whether an account or a plan gave it. */
export function policyFacts(
  statements: readonly PolicyStatement[],
  bucket: Pick<Bucket, 'name' | 'dialect' | 'account' | 'isPlain'>,
): { readonly [name: string]: Fact } {
  return {
    'encryption.in_transit': inTransit(statements, bucket),
    'access.wildcard': wildcard(statements),
    'access.outside_accounts': namesOthers(statements, bucket)
      ? { state: 'not_collected', note: 'a statement names users in the way of this cloud' }
      : outsideAccounts(statements, bucket.account),
  };
}

/** Only AWS's own names tell whose account a user is of. */
function namesOthers(statements: readonly PolicyStatement[], { dialect }: Pick<Bucket, 'dialect'>): boolean {
  return (
    dialect === 'compatible' &&
    statements.some(({ effect, others }) => effect === 'Allow' && others.length > 0)
  );
}

/** True where the policy refuses plain HTTP to everyone for every object. */
function inTransit(
  statements: readonly PolicyStatement[],
  bucket: Pick<Bucket, 'name' | 'dialect' | 'isPlain'>,
): Fact {
  if (statements.some((statement) => refusesPlainHttp(statement, bucket.name)))
    return { state: 'known', value: true };
  if (bucket.dialect === 'aws' || bucket.isPlain === true) return { state: 'known', value: false };
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
export function wildcard(statements: readonly PolicyStatement[]): Fact {
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

/**
 * Accounts other than the owner's that a statement allows something; where the owner is not known, neither are they. Of
 * « everyone, under a condition » only a condition that names accounts tells which.
 */
export function outsideAccounts(statements: readonly PolicyStatement[], owner: string | null): Fact {
  if (owner === null) return { state: 'not_collected', note: 'whose it is is not known' };
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const named = allows.flatMap((statement) => [...statement.accounts, ...accountsInConditions(statement)]);
  const outside = [...new Set(named.filter((account) => account !== owner))].toSorted();
  if (outside.length > 0) return { state: 'known', value: outside };
  const isOpen = allows.some((one) => one.everyone && accountsInConditions(one).length === 0);
  return isOpen ? { state: 'not_collected', note: 'a statement allows everyone' } : { state: 'absent' };
}

const ACCOUNT_KEYS = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
]);

function accountsInConditions({ everyone, conditions }: PolicyStatement): readonly string[] {
  if (!everyone) return [];
  const values = conditions.flatMap(({ operator, key, values }) =>
    ACCOUNT_KEYS.has(key) && POSITIVE.test(operator) ? values : [],
  );
  return values.flatMap((value) => /(?:^|:)(\d{12})(?:$|:)/.exec(value)?.[1] ?? []);
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
  'aws:sourceorgpaths',
  // The older name of the account, which the policy that every topic starts with still uses.
  'aws:sourceowner',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const POSITIVE = /^(?:foranyvalue:)?(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like)|ipaddress)$/;
/** Truths that let in no stranger: calls of AWS itself, and those that come through a mount in the owner's network. */
const WITHIN = new Set(['aws:principalisawsservice', 'elasticfilesystem:accessedviamounttarget']);
const ANYONE = new Set(['*', '0.0.0.0/0', '::/0']);

function isRestricting({ operator, key, values }: Condition): boolean {
  if (WITHIN.has(key)) return operator === 'bool' && values.every((value) => value === 'true');
  return (
    WHO_OR_WHERE.has(key) &&
    POSITIVE.test(operator) &&
    values.length > 0 &&
    !values.some((value) => ANYONE.has(value))
  );
}
