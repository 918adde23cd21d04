import { known, truth, unsaid } from '../../code/fact.ts';
import { type Copy, type Describe, itself, mention, said } from './description.ts';
import { blocksAt, boolAt, noValues, textAt } from './values.ts';

/** Whether the list of a bucket's grants opens it. */
export const scalewayBucket: Describe = (values) => {
  const acl = textAt(values, 'acl');
  return itself(
    acl ? { public: known(/^(public-read|public-read-write|authenticated-read)$/.test(acl)) } : {},
  );
};

export const scalewayBucketAcl: Describe = (values) => {
  const acl = textAt(values, 'acl');
  return {
    statements: acl
      ? said(mention(values, 'bucket'), {
          facts: { public: known(/^(public-read|public-read-write|authenticated-read)$/.test(acl)) },
        })
      : [],
  };
};

export const scalewayDatabase: Describe = (values) => {
  const encrypted = boolAt(values, 'encryption_at_rest');
  const facts = {
    'encryption.at_rest': truth(encrypted, false, 'encryption_at_rest'),
    ...(encrypted === undefined ? {} : { 'encryption.key_manager': known(encrypted ? 'provider' : 'none') }),
  };
  const isSame = boolAt(values, 'backup_same_region');
  const elsewhere: readonly Copy[] =
    isSame === true
      ? []
      : [
          {
            suffix: 'backup',
            relation: 'backup',
            kind: 'snapshot',
            region: null,
            note: 'backups may be kept in another region of the provider',
          },
        ];
  const isBackedUp = boolAt(values, 'disable_backup') !== true;
  return itself(facts, [], isBackedUp && isSame === false ? elsewhere : []);
};

export const scalewayReadReplica: Describe = (values) => {
  const isSame = boolAt(values, 'same_zone');
  const region = textAt(values, 'region');
  return {
    statements: said(mention(values, 'instance_id'), {
      copies: [
        {
          suffix: 'replica',
          relation: 'replica',
          kind: 'database',
          region: region ?? null,
          ...(region
            ? {}
            : { note: isSame === undefined ? 'its zone is known after apply' : 'its region is not told' }),
        },
      ],
    }),
  };
};

export const scalewaySnapshot: Describe = (values) => ({
  statements: [
    ...said(mention(values, 'volume_id'), { ties: [{ kind: 'snapshot', to: 'self' }] }),
    ...said(mention(values, 'instance_id'), { ties: [{ kind: 'backup', to: 'self' }] }),
  ],
});

/** OVHcloud's buckets, with the asynchronous copies to other regions. */
export const ovhStorage: Describe = (values) => {
  const algorithm =
    textAt(values, 'encryption.sse_algorithm') ?? textAt(values, 'encryption.0.sse_algorithm');
  const written = [blocksAt(values, 'replication.rules'), blocksAt(values, 'replication.0.rules')];
  // A rule whose destination is not known yet.
  const rules = (written.includes(undefined) ? [noValues] : written.flatMap((one) => one ?? [])).filter(
    (rule) => textAt(rule, 'status') !== 'disabled',
  );
  const copies = rules.map((rule): Copy => {
    const region = textAt(rule, 'destination.region') ?? textAt(rule, 'destination.0.region') ?? null;
    return {
      suffix: region ?? 'replica',
      relation: 'replica',
      kind: 'object_store',
      region,
      ...(region === null ? { note: 'its region is not told' } : {}),
    };
  });
  return itself(
    algorithm === undefined
      ? { 'encryption.at_rest': unsaid('encryption is known after apply') }
      : algorithm
        ? { 'encryption.at_rest': known(true), 'encryption.key_manager': known('provider') }
        : {},
    [],
    copies,
  );
};

/** Every node's region but the first's is one more place. */
export const ovhDatabase: Describe = (values) => {
  // Nodes whose number is not known yet may stand anywhere.
  const nodes = blocksAt(values, 'nodes')?.map((node) => textAt(node, 'region') ?? null) ?? ['', null];
  const [first, ...others] = nodes;
  const regions = [...new Set(others.filter((region) => region !== first))];
  return {
    name: textAt(values, 'description') ?? null,
    statements: [
      {
        copies: regions.map(
          (region): Copy => ({ suffix: region ?? 'node', relation: 'replica', kind: 'database', region }),
        ),
      },
    ],
  };
};

export const outscaleSnapshot: Describe = (values) => {
  const region = textAt(values, 'source_region_name');
  return {
    statements: [
      ...said(mention(values, 'volume_id'), { ties: [{ kind: 'snapshot', to: 'self' }] }),
      ...(region
        ? said(mention(values, 'source_snapshot_id'), { ties: [{ kind: 'replica', to: 'self' }] })
        : []),
    ],
  };
};
