import { matchesGlob } from '../../../inventory/glob.ts';
import type { Bounded, GuardCondition, GuardStatement } from './policy.ts';

/** What the conditions of a statement make of it for one account, apart from the region. */
export interface Bound {
  /** Whether the statement applies in a region; null where its values cannot be told (a policy variable). */
  readonly inRegion: (region: string) => boolean | null;
  /** True where a condition on the region is among them. */
  readonly isRegional: boolean;
  /** False where the account is left out of it. */
  readonly inAccount: boolean;
  /** Who is exempted, as `KEY=VALUE`, or the pattern alone for the ARN of a principal. */
  readonly exemptions: readonly string[];
  /** Conditions that make it bind only some requests, as `OPERATOR KEY`. */
  readonly narrowing: readonly string[];
}

const REGION = 'aws:requestedregion';
/** Of the one who asks, or, for a resource control policy, of what is asked for. */
const ACCOUNT = new Set(['aws:principalaccount', 'aws:resourceaccount']);
/** True of calls that AWS makes by itself; a Deny « where false » leaves those alone. */
const SERVICE_CALLS = new Set(['aws:principalisawsservice', 'aws:viaawsservice']);

/** Keys that tell one caller from another. By most others (organisation, network, kind of principal) all would be exempt. */
const NAMES_SOMEBODY =
  /^aws:(?:principalarn|principaltag\/.+|principalservicename|userid|username|calledvia\w*)$/i;

export function readConditions({ conditions }: GuardStatement, { account, partition }: Bounded): Bound {
  const regional = conditions.filter(({ key }) => key.toLowerCase() === REGION);
  const others = conditions.filter(({ key }) => key.toLowerCase() !== REGION);
  const exemptions: string[] = [];
  const narrowing: string[] = [];
  let inAccount = true;
  for (const condition of others) {
    const key = condition.key.toLowerCase();
    const holds = ACCOUNT.has(key) ? matchesText(condition, account) : null;
    if (holds !== null) {
      inAccount &&= holds;
    } else if (
      key === 'aws:principalarn' &&
      !isNegated(condition) &&
      probes(account, partition).every((arn) => matchesText(condition, arn))
    ) {
      continue;
    } else if (isExempting(condition) && !exemptsEveryone(condition, account, partition)) {
      exemptions.push(...namesOf(condition));
    } else {
      narrowing.push(`${condition.operator} ${condition.key}`);
    }
  }
  return {
    inRegion: (region) => {
      const verdicts = regional.map((condition) => matchesText(condition, region));
      return verdicts.includes(false) ? false : verdicts.includes(null) ? null : true;
    },
    isRegional: regional.length > 0,
    inAccount,
    exemptions,
    narrowing,
  };
}

function isNegated({ operator }: GuardCondition): boolean {
  return /^(?:string|arn)not/.test(operator);
}

/** Leaves out those whom it names, and binds everyone else. */
function isExempting(condition: GuardCondition): boolean {
  const { operator, key, values } = condition;
  if (operator === 'null')
    return /^aws:principaltag\//i.test(key) && values.every((value) => value === 'true');
  if (operator === 'bool')
    return SERVICE_CALLS.has(key.toLowerCase()) && values.every((value) => value === 'false');
  return isNegated(condition) && values.length > 0 && NAMES_SOMEBODY.test(key);
}

/** Ordinary principals of an account: who exempts them exempts everyone that matters. */
function probes(account: string, partition: string): readonly string[] {
  return ['role/probe-7f3a90', 'user/probe-7f3a90'].map((name) => `arn:${partition}:iam::${account}:${name}`);
}

function exemptsEveryone(condition: GuardCondition, account: string, partition: string): boolean {
  const { key, values } = condition;
  if (key.toLowerCase() !== 'aws:principalarn')
    return isNegated(condition) && values.some((value) => /^[*?:]+$/.test(value));
  return probes(account, partition).some((arn) => matchesText(condition, arn) === false);
}

function namesOf({ operator, key, values }: GuardCondition): readonly string[] {
  if (operator === 'null') return [`${key}=*`];
  if (operator === 'bool') return [`${key}=true`];
  return key.toLowerCase() === 'aws:principalarn' ? values : values.map((value) => `${key}=${value}`);
}

/**
 * Whether a text that is there meets the condition; null for an operator or a value that cannot be told. The keys asked
 * about hold one value and are in every request, so that set operators and `IfExists` change nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function matchesText({ operator, values }: GuardCondition, text: string): boolean | null {
  if (operator === 'null') return values.every((value) => value.toLowerCase() === 'false');
  if (values.some((value) => value.includes('${'))) return null;
  const lower = text.toLowerCase();
  switch (operator) {
    case 'stringequals':
      return values.includes(text);
    case 'stringnotequals':
      return !values.includes(text);
    case 'stringequalsignorecase':
      return values.some((value) => value.toLowerCase() === lower);
    case 'stringnotequalsignorecase':
      return !values.some((value) => value.toLowerCase() === lower);
    case 'stringlike':
    case 'arnlike':
    case 'arnequals':
      return values.some((value) => matchesGlob(value, text));
    case 'stringnotlike':
    case 'arnnotlike':
    case 'arnnotequals':
      return !values.some((value) => matchesGlob(value, text));
    default:
      return null;
  }
}
