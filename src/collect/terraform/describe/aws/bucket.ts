import type { Fact, Json } from '../../../../inventory/fact.ts';
import { known, unsaid } from '../../../code/fact.ts';
import { parsePolicy } from '../../../s3/policy-document.ts';
import { policyFacts, wildcard } from '../../../s3/policy-facts.ts';
import { type Describe, mention, type Statement, said, type Tie, target, tie } from '../description.ts';
import { encryption } from '../key.ts';
import {
  blockAt,
  blocksAt,
  boolAt,
  numberAt,
  referencesAt,
  textAt,
  type Values,
  valueAt,
} from '../values.ts';

/** `aws_s3_bucket`, with what provider versions before 4 wrote inside it. */
export const bucket: Describe = (values) => ({
  name: textAt(values, 'bucket') ?? null,
  names: ['bucket'],
  statements: [
    ...inside(values, 'server_side_encryption_configuration', encrypted),
    ...inside(values, 'replication_configuration', replicated),
    ...inside(values, 'logging', logged),
    ...inside(values, 'versioning', (block) => ({
      parts: { versioning: boolAt(block, 'enabled') ?? 'unknown' },
    })),
    ...((blocksAt(values, 'lifecycle_rule') ?? []).length > 0 ? [lifecycle(values, 'lifecycle_rule')] : []),
    ...(textAt(values, 'policy') ? [policy(values)] : []),
    ...(textAt(values, 'acl') ? [{ parts: { acl: aclOf(values) } }] : []),
  ],
});

export const bucketEncryption: Describe = (values) => ({
  statements: said(mention(values, 'bucket'), encrypted(values)),
});
export const bucketReplication: Describe = (values) => ({
  statements: said(mention(values, 'bucket'), replicated(values)),
});
export const bucketLogging: Describe = (values) => ({
  statements: said(mention(values, 'bucket'), logged(values)),
});
export const bucketPolicy: Describe = (values) => ({
  statements: said(mention(values, 'bucket'), policy(values)),
});
export const bucketLifecycle: Describe = (values) => ({
  statements: said(mention(values, 'bucket'), lifecycle(values, 'rule')),
});
export const bucketAcl: Describe = (values) => ({
  statements: said(mention(values, 'bucket'), { parts: { acl: aclOf(values) } }),
});

export const bucketVersioning: Describe = (values) => {
  const status = textAt(values, 'versioning_configuration.0.status');
  return {
    statements: said(mention(values, 'bucket'), {
      parts: {
        versioning: status === undefined ? 'unknown' : status === 'Enabled' || status === 'Suspended',
      },
    }),
  };
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const publicAccessBlock: Describe = (values) => {
  const blocks = (name: string): Json =>
    boolAt(values, name) === undefined ? 'unknown' : (boolAt(values, name) ?? false);
  return {
    statements: said(mention(values, 'bucket'), {
      parts: { ignores_acls: blocks('ignore_public_acls'), restricts: blocks('restrict_public_buckets') },
    }),
  };
};

export const bucketInventory: Describe = (values) => {
  const to = target(values, 'destination.0.bucket.0.bucket_arn');
  return { statements: said(mention(values, 'bucket'), { ties: tie('inventory', to) }) };
};

export const accessPoint: Describe = (values) => ({
  statements: said(mention(values, 'bucket'), { ties: [{ kind: 'access_point', to: 'self' }] }),
});

function inside(values: Values, name: string, read: (block: Values) => Statement): readonly Statement[] {
  const block = blockAt(values, name);
  return block ? [read(block)] : [];
}

function encrypted(values: Values): Statement {
  const path = 'rule.0.apply_server_side_encryption_by_default.0';
  const algorithm = textAt(values, `${path}.sse_algorithm`);
  if (algorithm === 'AES256') return encryption(values, { atRest: true, key: null });
  if (algorithm?.startsWith('aws:kms'))
    return encryption(values, { atRest: true, key: `${path}.kms_master_key_id` });
  return encryption(values, {
    atRest: undefined,
    key: null,
    note: algorithm ? `algorithm ${algorithm}` : 'the algorithm is known after apply',
  });
}

/** Every destination of every enabled rule: a rule for a prefix copies pupils' data as well as one for the whole. */
function replicated(values: Values): Statement {
  const name = valueAt(values, 'rules') === null ? 'rule' : 'rules';
  const rules = blocksAt(values, name);
  // Not even the number of rules is known: there is at least one.
  if (rules === undefined)
    return {
      ties: tie('replica', {
        attribute: `${values.prefix}${name}.0.destination.0.bucket`,
        name: null,
        references: referencesAt(values, name) ?? [],
      }),
    };
  const enabled = rules.filter((rule) => textAt(rule, 'status') !== 'Disabled');
  const ties = enabled.flatMap((rule): readonly Tie[] =>
    tie('replica', target(rule, 'destination.0.bucket')),
  );
  return {
    ties: ties.filter(
      (one, i) => ties.findIndex((other) => JSON.stringify(other.to) === JSON.stringify(one.to)) === i,
    ),
  };
}

function logged(values: Values): Statement {
  return { facts: { access_log: known(true) }, ties: tie('log', target(values, 'target_bucket')) };
}

function policy(values: Values): Statement {
  const text = textAt(values, 'policy');
  const statements = text ? parsePolicy(text) : null;
  if (statements === null) {
    const why = unsaid(text ? 'the policy cannot be read' : 'the policy is known after apply');
    return { facts: { 'encryption.in_transit': why, 'access.wildcard': why }, parts: { policy: 'unknown' } };
  }
  const open = wildcard(statements);
  return {
    facts: { 'access.wildcard': open },
    factsFor: (names) => ({ 'encryption.in_transit': inTransit(statements, names) }),
    parts: { policy: open.state === 'known' ? open.value : 'unknown' },
  };
}

/** A policy covers a bucket by its name; one that is not known yet may be covered or not. */
function inTransit(statements: NonNullable<ReturnType<typeof parsePolicy>>, names: readonly string[]): Fact {
  const said = ['', ...names].map(
    (name) => policyFacts(statements, { name, dialect: 'aws', account: null })['encryption.in_transit'],
  );
  const isClosed = said.some((fact) => fact?.state === 'known' && fact.value === true);
  return isClosed
    ? known(true)
    : names.length === 0
      ? unsaid('the name of the bucket is known after apply')
      : known(false);
}

/** Whether the access list opens the bucket to everyone. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
function aclOf(values: Values): Json {
  const acl = textAt(values, 'acl');
  if (acl) return /^(public-read|public-read-write|authenticated-read|website)$/.test(acl);
  const grants = [
    ...(blocksAt(values, 'access_control_policy.0.grant') ?? []),
    ...(blocksAt(values, 'grant') ?? []),
  ];
  const everyone = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;
  if (
    grants.some((grant) =>
      [textAt(grant, 'grantee.0.uri'), textAt(grant, 'uri')].some((uri) => everyone.test(uri ?? '')),
    )
  )
    return true;
  return acl === undefined ? 'unknown' : false;
}

/** Days after which a rule for the whole bucket ends every object, and its old versions. */
function lifecycle(values: Values, name: string): Statement {
  const rules = blocksAt(values, name);
  if (rules === undefined) return { parts: { expiry: 'unknown' } };
  const whole = rules.filter(
    (rule) => (boolAt(rule, 'enabled') ?? textAt(rule, 'status') === 'Enabled') && isForAll(rule),
  );
  const least = (path: string): number | null => {
    const days = whole.flatMap((rule) => numberAt(rule, path) ?? []).filter((day) => day > 0);
    return days.length === 0 ? null : Math.min(...days);
  };
  const old =
    least('noncurrent_version_expiration.0.noncurrent_days') ?? least('noncurrent_version_expiration.0.days');
  const keepsSome = whole.every((rule) =>
    numberAt(rule, 'noncurrent_version_expiration.0.newer_noncurrent_versions'),
  );
  return { parts: { expiry: least('expiration.0.days') ?? 0, old_versions: keepsSome ? 0 : (old ?? 0) } };
}

function isForAll(rule: Values): boolean {
  const narrows = [
    'prefix',
    'filter.0.prefix',
    'filter.0.object_size_greater_than',
    'filter.0.object_size_less_than',
    'filter.0.tag.0.key',
    'filter.0.and.0',
  ];
  if ((blocksAt(rule, 'filter.0.and') ?? []).length > 0) return false;
  return narrows.every((path) => !textAt(rule, path) && !numberAt(rule, path));
}
