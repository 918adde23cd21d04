/** A service control or resource control policy, opened: IAM's « one or a list » is always a list here. */
export interface GuardStatement {
  /** The `Sid`, or `#2` for the second statement without one. */
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Matcher;
  readonly resources: Matcher;
  /** False where it names principals: a resource control policy may only say « everyone ». */
  readonly everyone: boolean;
  readonly conditions: readonly GuardCondition[];
}

/** Patterns with `*` and `?`. `only`: what one of them matches; `except`: what none matches. */
export interface Matcher {
  readonly kind: 'only' | 'except';
  readonly patterns: readonly string[];
}

export interface GuardCondition {
  /** Lower case, without `ForAnyValue:`, `ForAllValues:` and `IfExists`. */
  readonly operator: string;
  readonly set: 'any' | 'all' | null;
  readonly ifExists: boolean;
  /** As written; keys compare without regard to case. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface GuardPolicy {
  /** `p-…` */
  readonly id: string;
  readonly type: 'scp' | 'rcp';
  readonly statements: readonly GuardStatement[];
}

/** The account that policies are weighed for. */
export interface Bounded {
  readonly account: string;
  readonly partition: string;
}

/** Null when the text is no policy. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html */
export function parseGuardPolicy(text: string): readonly GuardStatement[] | null {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(policy) || policy['Statement'] === undefined) return null;
  const statements = listOf(policy['Statement']).map((item, index) => parseStatement(item, index + 1));
  return statements.includes(null) ? null : statements.filter((statement) => statement !== null);
}

function parseStatement(value: unknown, number: number): GuardStatement | null {
  if (!isRecord(value)) return null;
  const { Sid: sid, Effect: effect, Principal: principal } = value;
  if (effect !== 'Allow' && effect !== 'Deny') return null;
  const actions = parseMatcher(value['Action'], value['NotAction']);
  if (actions === null) return null;
  const conditions = parseConditions(value['Condition']);
  if (conditions === null) return null;
  return {
    id: typeof sid === 'string' && sid !== '' ? sid : `#${number}`,
    effect,
    actions,
    resources: parseMatcher(value['Resource'], value['NotResource']) ?? { kind: 'only', patterns: ['*'] },
    everyone: value['NotPrincipal'] === undefined && (principal === undefined || isEveryone(principal)),
    conditions,
  };
}

function parseMatcher(only: unknown, except: unknown): Matcher | null {
  if (only !== undefined) return { kind: 'only', patterns: texts(only) };
  return except === undefined ? null : { kind: 'except', patterns: texts(except) };
}

function isEveryone(principal: unknown): boolean {
  return principal === '*' || (isRecord(principal) && texts(principal['AWS'] ?? []).includes('*'));
}

const OPERATOR = /^(?:(ForAnyValue|ForAllValues):)?(.+?)(IfExists)?$/i;

function parseConditions(value: unknown): readonly GuardCondition[] | null {
  if (value === undefined) return [];
  if (!isRecord(value)) return null;
  const conditions: GuardCondition[] = [];
  for (const [written, keys] of Object.entries(value)) {
    const [, set, operator = '', ifExists] = OPERATOR.exec(written) ?? [];
    if (!isRecord(keys)) return null;
    for (const [key, values] of Object.entries(keys)) {
      conditions.push({
        operator: operator.toLowerCase(),
        set: set === undefined ? null : set.toLowerCase() === 'foranyvalue' ? 'any' : 'all',
        ifExists: ifExists !== undefined,
        key,
        values: texts(values),
      });
    }
  }
  return conditions;
}

function texts(value: unknown): string[] {
  return listOf(value).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
