import { absent, type Facts, known, unsaid } from '../../code/fact.ts';
import { at, boolOf, hasOpen, items, numberOf, Open, textOf, toJson, type Value } from '../../code/value.ts';
import { outsideAccounts, wildcard } from '../../s3/policy.ts';
import { type PolicyStatement, parsePolicy } from '../../s3/policy-document.ts';
import { policyFacts } from '../../s3/policy-facts.ts';
import { type Around, type Describe, type Description, type Resource, tie } from './description.ts';
import { encryptedBy } from './encryption.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const describeBucket: Describe = (resource, around) => {
  const { properties } = resource;
  const rules = items(at(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration'));
  const rule = at(rules[0], 'ServerSideEncryptionByDefault');
  const algorithm = at(rule, 'SSEAlgorithm');
  const byKey = algorithm instanceof Open || (textOf(algorithm) ?? '').startsWith('aws:kms');
  // Since 2023 every new bucket is encrypted, with S3's own key where nothing else is said.
  const { facts, ties } = encryptedBy(byKey ? at(rule, 'KMSMasterKeyID') : undefined, around);
  const logging = at(properties, 'LoggingConfiguration');
  return {
    facts: {
      ...facts,
      ...access(resource, around),
      retention: retention(properties),
      versioning: versioning(properties),
      access_log: known(logging !== undefined),
    },
    ties: [
      ...ties,
      ...items(at(properties, 'ReplicationConfiguration', 'Rules'))
        .filter((one) => textOf(at(one, 'Status')) !== 'Disabled')
        .flatMap((one) => tie('replica', 'object_store', at(one, 'Destination', 'Bucket'))),
      ...(logging === undefined ? [] : tie('log', 'object_store', at(logging, 'DestinationBucketName'))),
      ...items(at(properties, 'InventoryConfigurations')).flatMap((one) =>
        tie('inventory', 'object_store', at(one, 'Destination', 'BucketArn')),
      ),
      ...notifications(properties),
    ],
  };
};

function notifications(properties: Value): Description['ties'] & {} {
  const own = at(properties, 'NotificationConfiguration');
  return [
    ...items(at(own, 'QueueConfigurations')).flatMap((one) => tie('notification', 'queue', at(one, 'Queue'))),
    ...items(at(own, 'TopicConfigurations')).flatMap((one) => tie('notification', 'queue', at(one, 'Topic'))),
    ...items(at(own, 'LambdaConfigurations')).flatMap((one) =>
      tie('notification', 'function', at(one, 'Function')),
    ),
  ];
}

function access(resource: Resource, around: Around): Facts {
  const { properties, logical } = resource;
  const policies = around
    .naming('AWS::S3::BucketPolicy', 'Bucket', resource)
    .map(({ properties: own }) => at(own, 'PolicyDocument'));
  const statements = policies.flatMap((policy) => statementsOf(policy) ?? []);
  const isRead = policies.every((policy) => statementsOf(policy) !== null);
  // The bucket's own name is often left to the provider; a reference to it stands as `*` in the policy.
  const name = textOf(at(properties, 'BucketName')) ?? logical;
  const own = statements.map(
    (one): PolicyStatement => ({
      ...one,
      resources:
        one.resources?.map((arn) => arn.replace(/^(?:arn:[^:]*:s3:::)?\*\/\*$/, `arn:*:s3:::${name}/*`)) ??
        null,
    }),
  );
  const facts = policyFacts(own, { name, dialect: 'aws', account: around.account });
  if (!isRead) {
    const why = unsaid('the bucket’s policy cannot be read');
    return { public: why, 'access.wildcard': why, 'access.outside_accounts': why };
  }
  const block = at(properties, 'PublicAccessBlockConfiguration');
  const blocks = (setting: string): boolean | undefined =>
    block === undefined ? false : (boolOf(at(block, setting)) ?? undefined);
  const acl = at(properties, 'AccessControl');
  const byAcl =
    acl instanceof Open
      ? undefined
      : /^(PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(textOf(acl) ?? '');
  const open = facts['access.wildcard'];
  const byPolicy = open?.state === 'known' ? open.value === true : undefined;
  const doors = [
    and(byPolicy, not(blocks('RestrictPublicBuckets'))),
    and(byAcl, not(blocks('IgnorePublicAcls'))),
  ];
  const isPublic = doors.includes(true)
    ? known(true)
    : doors.includes(undefined)
      ? unsaid('whether it is public depends on what is known when it is deployed')
      : known(false);
  return { ...facts, public: isPublic };
}

function and(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  return a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;
}

function not(a: boolean | undefined): boolean | undefined {
  return a === undefined ? undefined : !a;
}

/** Null where who is let in cannot be read. */
function statementsOf(policy: Value): readonly PolicyStatement[] | null {
  const isOpen = items(at(policy, 'Statement')).some((one) => {
    const who = at(one, 'Principal');
    return (
      at(one, 'Effect') instanceof Open ||
      (hasOpen(who) &&
        [who, ...items(at(who, 'AWS'))].some(
          (part) => part instanceof Open && part.text === null && part.refs.length === 0,
        ))
    );
  });
  return isOpen || policy instanceof Open ? null : parsePolicy(JSON.stringify(toJson(policy)));
}

/** Who but the owner a resource policy lets in. */
export function policyOf(policies: readonly Value[], account: string | null): Facts {
  const read = policies.map(statementsOf);
  if (read.includes(null)) return { public: unsaid('its policy cannot be read') };
  const statements = read.flatMap((one) => one ?? []);
  const open = wildcard(statements);
  return {
    public: open.state === 'known' ? known(open.value === true) : open,
    'access.wildcard': open,
    'access.outside_accounts': outsideAccounts(statements, account),
  };
}

function versioning(properties: Value): Facts[string] {
  const status = at(properties, 'VersioningConfiguration', 'Status');
  return status instanceof Open ? unsaid(status.why) : known(status === 'Enabled');
}

function retention(properties: Value): Facts[string] {
  const rules = items(at(properties, 'LifecycleConfiguration', 'Rules'));
  const whole = rules.filter(
    (rule) =>
      textOf(at(rule, 'Status')) === 'Enabled' &&
      ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'].every(
        (name) => (at(rule, name) ?? '') === '',
      ),
  );
  const days = whole.map((rule) => numberOf(at(rule, 'ExpirationInDays')));
  if (days.includes(undefined)) return unsaid('its lifecycle is known when it is deployed');
  const least = Math.min(...days.filter((one) => typeof one === 'number'));
  if (!Number.isFinite(least)) return absent;
  if (at(properties, 'VersioningConfiguration') === undefined) return known(`P${least}D`);
  const versions = whole.flatMap(
    (rule) =>
      numberOf(
        at(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays') ??
          at(rule, 'NoncurrentVersionExpirationInDays'),
      ) ?? [],
  );
  return versions.length === 0 ? absent : known(`P${least + Math.min(...versions)}D`);
}
