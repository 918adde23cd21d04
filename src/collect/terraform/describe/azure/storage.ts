import { absent, days, known, truth, unsaid } from '../../../code/fact.ts';
import {
  type Copy,
  type Describe,
  itself,
  mention,
  type Statement,
  said,
  type Tie,
  target,
  tie,
} from '../description.ts';
import { blockAt, blocksAt, boolAt, numberAt, textAt, type Values } from '../values.ts';

/** Azure encrypts at rest whatever it stores, and a customer's key may be named. https://learn.microsoft.com/azure/security/fundamentals/encryption-atrest */
export function azureEncryption(values: Values, key: string | null, elsewhere = false) {
  const named = key === null ? null : mention(values, key);
  const manager = named
    ? known('customer')
    : elsewhere
      ? unsaid('a customer’s key may be set by another resource')
      : known('provider');
  return {
    facts: { 'encryption.at_rest': known(true), 'encryption.key_manager': manager },
    ties: tie('key', named),
  };
}

/** What a redundancy with « geo » copies to the paired region. */
export function paired(
  isGeo: boolean | undefined,
  kind: Copy['kind'],
  relation: Copy['relation'],
  suffix: string,
): readonly Copy[] {
  if (isGeo === false) return [];
  return [
    {
      suffix,
      relation,
      kind,
      region: isGeo ? { paired: true } : null,
      ...(isGeo ? {} : { note: 'whether it is copied to the paired region is known after apply' }),
    },
  ];
}

/** https://learn.microsoft.com/azure/storage/common/storage-redundancy */
export const storageAccount: Describe = (values) => {
  const redundancy = textAt(values, 'account_replication_type');
  const { facts, ties } = azureEncryption(values, 'customer_managed_key.0.key_vault_key_id', true);
  const copies =
    redundancy === undefined
      ? paired(undefined, 'object_store', 'replica', 'secondary')
      : paired(/GRS|GZRS/i.test(redundancy ?? ''), 'object_store', 'replica', 'secondary');
  const https = ['https_traffic_only_enabled', 'enable_https_traffic_only'].map((name) =>
    boolAt(values, name),
  );
  const transit = https.includes(undefined) ? undefined : !https.includes(false);
  return itself(
    {
      ...facts,
      'encryption.in_transit': truth(transit, true, 'https_traffic_only_enabled'),
      public: openness(values),
      ...(redundancy ? { replication_type: known(redundancy) } : {}),
    },
    ties,
    copies,
  );
};

/** Closed where its network or its setting closes it. Whether a container is open is for the container to say. */
function openness(values: Values) {
  const nested = ['allow_nested_items_to_be_public', 'allow_blob_public_access'].map((name) =>
    boolAt(values, name),
  );
  const rules = blockAt(values, 'network_rules');
  if (nested.includes(false) || boolAt(values, 'public_network_access_enabled') === false)
    return known(false);
  if (rules && textAt(rules, 'default_action') === 'Deny') return known(false);
  return unsaid('containers may be open: their own access decides');
}

/** A container that lets anyone read opens its account, unless the account forbids it. */
export const storageContainer: Describe = (values) => {
  const access = textAt(values, 'container_access_type');
  const account = mention(values, 'storage_account_id') ?? mention(values, 'storage_account_name');
  const isOpen = access === 'blob' || access === 'container';
  return {
    statements: [
      ...(access === undefined
        ? []
        : [{ facts: { public: isOpen ? unsaid('open, unless its account forbids it') : known(false) } }]),
      ...(isOpen ? said(account, { parts: { open_container: true } }) : []),
    ],
  };
};

/** Objects of one account copied to another. */
export const objectReplication: Describe = (values) => ({
  statements: said(mention(values, 'source_storage_account_id'), {
    ties: tie('replica', target(values, 'destination_storage_account_id')),
  }),
});

export const storageKey: Describe = (values) => ({
  statements: said(mention(values, 'storage_account_id'), {
    facts: { 'encryption.key_manager': known('customer') },
    ties: tie('key', mention(values, 'key_vault_key_id') ?? mention(values, 'key_vault_id')),
  }),
});

/** Days after which every base blob is deleted. */
export const storageLifecycle: Describe = (values) => {
  const written = blocksAt(values, 'rule');
  const rules = (written ?? []).filter(
    (rule) =>
      boolAt(rule, 'enabled') !== false &&
      (blocksAt(rule, 'filters') ?? []).every((filter) => !textAt(filter, 'prefix_match.0')),
  );
  const ends = rules
    .flatMap(
      (rule) =>
        numberAt(rule, 'actions.0.base_blob.0.delete_after_days_since_modification_greater_than') ??
        numberAt(rule, 'actions.0.base_blob.0.delete_after_days_since_creation_greater_than') ??
        [],
    )
    .filter((day) => day > 0);
  return {
    statements: said(mention(values, 'storage_account_id'), {
      facts: {
        retention:
          written === undefined
            ? unsaid('rule is known after apply')
            : ends.length > 0
              ? days(Math.min(...ends), '')
              : absent,
      },
    }),
  };
};

/** Where the logs of a resource go. */
export const diagnosticSetting: Describe = (values) => {
  const targets = [
    'storage_account_id',
    'log_analytics_workspace_id',
    'eventhub_authorization_rule_id',
    'eventhub_name',
  ];
  const ties = targets.slice(0, 3).flatMap((name): readonly Tie[] => tie('log', mention(values, name)));
  const logs = [
    ...(blocksAt(values, 'enabled_log') ?? []),
    ...(blocksAt(values, 'log') ?? []).filter((log) => boolAt(log, 'enabled') !== false),
  ];
  const reads = logs.some(
    (log) =>
      /^(StorageRead|AuditEvent|SQLSecurityAuditEvents|DataPlaneRequests)$/.test(
        textAt(log, 'category') ?? '',
      ) || /^(audit|allLogs)$/i.test(textAt(log, 'category_group') ?? ''),
  );
  return {
    statements: said(mention(values, 'target_resource_id'), {
      ties,
      ...(reads ? { facts: { access_log: known(true) } } : {}),
    }),
  };
};

export const logWorkspace: Describe = (values) => {
  const { facts, ties } = azureEncryption(values, null);
  return itself(
    { ...facts, retention: days(numberAt(values, 'retention_in_days'), 'retention_in_days') },
    ties,
  );
};

/** Vaults are kept twice over by default. https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault */
export const recoveryVault: Describe = (values) => {
  const mode = textAt(values, 'storage_mode_type') ?? textAt(values, 'redundancy');
  const { facts, ties } = azureEncryption(values, 'encryption.0.key_id');
  const isGeo = mode === undefined ? undefined : mode === null || /^geo/i.test(mode);
  return itself(facts, ties, paired(isGeo, 'backup_vault', 'replica', 'secondary'));
};

/** What an item of a vault backs up goes to the vault. */
export function protectedBy(source: string, vault: string): Describe {
  return (values): { statements: readonly Statement[] } => ({
    statements: said(mention(values, source), { ties: tie('backup', mention(values, vault)) }),
  });
}
