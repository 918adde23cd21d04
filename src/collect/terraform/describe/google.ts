import type { Fact } from '../../../inventory/fact.ts';
import { absent, known, truth, unsaid } from '../../code/fact.ts';
import { type Copy, type Describe, itself, mention, mentions, said, tie } from './description.ts';
import { blocksAt, boolAt, numberAt, textAt, type Values } from './values.ts';

/** Google encrypts at rest whatever it stores. https://cloud.google.com/docs/security/encryption/default-encryption */
function googleEncryption(values: Values, key: string) {
  const named = mention(values, key);
  return {
    facts: {
      'encryption.at_rest': known(true),
      'encryption.key_manager': known(named ? 'customer' : 'provider'),
    },
    ties: tie('key', named),
  };
}

export function googleStore(key: string): Describe {
  return (values) => {
    const { facts, ties } = googleEncryption(values, key);
    return itself(facts, ties);
  };
}

export const googleBucket: Describe = (values) => {
  const { facts, ties } = googleEncryption(values, 'encryption.0.default_kms_key_name');
  const logged = (blocksAt(values, 'logging') ?? [])[0];
  const prevention = textAt(values, 'public_access_prevention');
  return {
    statements: [
      {
        facts: {
          ...facts,
          ...(logged ? { access_log: known(true) } : {}),
          ...(prevention === 'enforced' ? { public: known(false) } : {}),
          versioning: truth(boolAt(values, 'versioning.0.enabled'), false, 'versioning'),
          retention: expiry(values),
        },
        ties: [...ties, ...(logged ? tie('log', mention(logged, 'log_bucket')) : [])],
        parts: prevention === 'enforced' ? { closed: true } : {},
      },
    ],
  };
};

/** Days after which a rule with no other condition deletes every object. */
function expiry(values: Values): Fact {
  const rules = blocksAt(values, 'lifecycle_rule');
  if (rules === undefined) return unsaid('lifecycle_rule is known after apply');
  const ends = rules.flatMap((rule) => {
    const [condition] = blocksAt(rule, 'condition') ?? [];
    const narrows = [
      'matches_prefix.0',
      'matches_suffix.0',
      'matches_storage_class.0',
      'created_before',
      'custom_time_before',
    ];
    const isWhole =
      condition !== undefined &&
      narrows.every((name) => !textAt(condition, name)) &&
      !numberAt(condition, 'num_newer_versions');
    return textAt(rule, 'action.0.type') === 'Delete' && isWhole ? (numberAt(condition, 'age') ?? []) : [];
  });
  const least = ends.filter((day) => day > 0);
  if (least.length === 0) return absent;
  return boolAt(values, 'versioning.0.enabled')
    ? unsaid('old versions are kept beside')
    : known(`P${Math.min(...least)}D`);
}

const EVERYONE = new Set(['allUsers', 'allAuthenticatedUsers']);

/** Who may read a bucket, one by one or role by role. */
export const bucketMembers: Describe = (values) => {
  const members = [...mentions(values, 'members').map(({ name }) => name), textAt(values, 'member')];
  return {
    statements: members.some((name) => EVERYONE.has(name ?? ''))
      ? said(mention(values, 'bucket'), { parts: { open: true } })
      : [],
  };
};

export const sqlInstance: Describe = (values) => {
  const { facts, ties } = googleEncryption(values, 'encryption_key_name');
  const network = 'settings.0.ip_configuration.0';
  const mode = textAt(values, `${network}.ssl_mode`);
  const required = boolAt(values, `${network}.require_ssl`);
  const transit = mode
    ? known(mode !== 'ALLOW_UNENCRYPTED_AND_ENCRYPTED')
    : required === true
      ? known(true)
      : required === undefined || mode === undefined
        ? unsaid('ssl_mode is known after apply')
        : known(false);
  const address = boolAt(values, `${network}.ipv4_enabled`);
  const open = (blocksAt(values, `${network}.authorized_networks`) ?? []).some((one) =>
    /^(0\.0\.0\.0|::)\/0$/.test(textAt(one, 'value') ?? ''),
  );
  return {
    statements: [
      {
        facts: {
          ...facts,
          'encryption.in_transit': transit,
          public: open
            ? known(true)
            : address === false
              ? known(false)
              : unsaid('its authorised networks decide'),
        },
        ties,
        copies: backups(values),
      },
      ...said(mention(values, 'master_instance_name'), { ties: [{ kind: 'replica', to: 'self' }] }),
    ],
  };
};

/**
 * Backups that are on are in the location that is set, else in the multi-region nearest to the instance, which code does
 * not tell. https://cloud.google.com/sql/docs/mysql/backup-recovery/backups#where_backups_are_stored
 */
function backups(values: Values): readonly Copy[] {
  const [own] = blocksAt(values, 'settings.0.backup_configuration') ?? [];
  const location = own ? textAt(own, 'location') : null;
  if (!own || (!location && boolAt(own, 'enabled') !== true)) return [];
  const note = 'where no location is set, backups are in the nearest multi-region';
  return [
    {
      suffix: 'backup',
      relation: 'backup',
      kind: 'snapshot',
      region: location ?? null,
      ...(location ? {} : { note }),
    },
  ];
}

/** Each cluster has all of it: the first is where the instance is, the others are copies. */
export const bigtable: Describe = (values) => {
  const zones = blocksAt(values, 'cluster')?.map((cluster) => textAt(cluster, 'zone') ?? null) ?? [null];
  const [first = null, ...others] = zones;
  return {
    ...itself(
      {},
      [],
      others.map(
        (zone): Copy => ({ suffix: zone ?? 'cluster', relation: 'replica', kind: 'database', region: zone }),
      ),
    ),
    region: first,
  };
};

export const alloydb: Describe = (values) => {
  const { facts, ties } = googleEncryption(values, 'encryption_config.0.kms_key_name');
  return {
    statements: [
      { facts, ties },
      ...said(mention(values, 'secondary_config.0.primary_cluster_name'), {
        ties: [{ kind: 'replica', to: 'self' }],
      }),
    ],
  };
};

/** What it serves through the content network is kept at its edges. */
export const backendBucket: Describe = (values) =>
  boolAt(values, 'enable_cdn') === false
    ? { statements: [] }
    : {
        statements: said(mention(values, 'bucket_name'), { ties: [{ kind: 'origin', to: 'self' }] }),
      };

/** Messages are kept where they are published unless a policy says in which regions. */
export const pubsubTopic: Describe = (values) => {
  const { facts, ties } = googleEncryption(values, 'kms_key_name');
  const regions = mentions(values, 'message_storage_policy.0.allowed_persistence_regions').flatMap(
    ({ name }) => name ?? [],
  );
  const [only] = regions;
  return { ...itself(facts, ties), region: regions.length === 1 && only ? only : null };
};

export const spanner: Describe = (values) => {
  const config = (textAt(values, 'config') ?? '').split('/').at(-1) ?? '';
  const [, regional] = /^regional-(.+)$/.exec(config) ?? [];
  return { statements: [], ...(config === '' ? {} : { region: regional ?? config }) };
};

/**
 * Snapshots and images are not kept where their disk is: where no location is set, in the multi-region nearest to it.
 * https://cloud.google.com/compute/docs/disks/snapshots#default-storage-location
 */
export const googleSnapshot: Describe = (values) => ({
  statements: [
    ...said(mention(values, 'source_disk'), { ties: [{ kind: 'snapshot', to: 'self' }] }),
    ...said(mention(values, 'source_snapshot'), { ties: [{ kind: 'snapshot', to: 'self' }] }),
  ],
  region: textAt(values, 'storage_locations.0') ?? null,
});

export const googleKey: Describe = () => itself({ 'key_facts.manager': known('customer') });
