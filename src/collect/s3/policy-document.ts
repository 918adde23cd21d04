/** A bucket policy, opened: IAM's « one or a list » is always a list here, and condition keys are lower case. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly everyone: boolean;
  /** Accounts of the AWS principals that are named, twelve digits each. */
  readonly accounts: readonly string[];
  /** Principals that are named in another way than by an account of AWS: clouds have their own. */
  readonly others: readonly string[];
  readonly actions: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Null when the text is not a policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function parsePolicy(text: string): readonly PolicyStatement[] | null {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(policy) || policy['Statement'] === undefined) return null;
  const statements = listOf(policy['Statement']).map(parseStatement);
  return statements.includes(null) ? null : statements.filter((statement) => statement !== null);
}

function parseStatement(value: unknown): PolicyStatement | null {
  if (!isRecord(value)) return null;
  const effect = value['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') return null;
  // An Allow to all but some is open; a Deny to all but some is not a Deny to everyone.
  const everyone =
    value['NotPrincipal'] === undefined ? isEveryone(value['Principal'], effect) : effect === 'Allow';
  return {
    effect,
    everyone,
    accounts: accountsOf(value['Principal']),
    others: othersOf(value['Principal']),
    actions:
      value['Action'] === undefined ? null : texts(value['Action']).map((action) => action.toLowerCase()),
    resources: value['Resource'] === undefined ? null : texts(value['Resource']),
    conditions: parseConditions(value['Condition']),
  };
}

/** Scaleway writes `{"SCW": "*"}`, MinIO `{"AWS": ["*"]}`; only what AWS means by it refuses everyone. */
function isEveryone(principal: unknown, effect: 'Allow' | 'Deny'): boolean {
  if (principal === '*') return true;
  if (!isRecord(principal)) return false;
  const named = effect === 'Deny' ? texts(principal['AWS'] ?? []) : Object.values(principal).flatMap(texts);
  return named.includes('*');
}

/** What of a principal is neither everyone nor an account of AWS. */
function othersOf(principal: unknown): readonly string[] {
  const named = isRecord(principal) ? Object.values(principal).flatMap(texts) : texts(principal ?? []);
  return named.filter((one) => one !== '*' && !/^(?:arn:[^:]*:[^:]*:[^:]*:)?\d{12}(?::|$)/.test(one));
}

/** A principal is an account number or an ARN; a federated or a service principal is of no account. */
function accountsOf(principal: unknown): readonly string[] {
  const named = isRecord(principal) ? texts(principal['AWS'] ?? []) : [];
  const accounts = named.map((one) => (one.startsWith('arn:') ? (one.split(':')[4] ?? '') : one));
  return [...new Set(accounts.filter((one) => /^\d{12}$/.test(one)))].toSorted();
}

function parseConditions(value: unknown): readonly Condition[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          operator: operator.toLowerCase(),
          key: key.toLowerCase(),
          values: texts(values),
        }))
      : [{ operator: operator.toLowerCase(), key: '', values: [] }],
  );
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
