import { type Copy, type Describe, itself, mention, said } from '../description.ts';
import { blocksAt, textAt, type Values } from '../values.ts';
import { azureEncryption } from './storage.ts';

/** Copies in each location that a block of a list names; a list that is not known yet is one whose place is not known. */
function copiesIn(values: Values, list: string, attribute: string, kind: Copy['kind']): readonly Copy[] {
  const regions = blocksAt(values, list)?.map((one) => textAt(one, attribute) ?? null) ?? [null];
  return regions.map(
    (region): Copy => ({
      suffix: region ?? 'replica',
      relation: 'replica',
      kind,
      region,
      isElsewhere: true,
      ...(region === null ? { note: 'its location is known after apply' } : {}),
    }),
  );
}

export const containerRegistry: Describe = (values) => {
  const { facts, ties } = azureEncryption(values, 'encryption.0.key_vault_key_id');
  return itself(facts, ties, copiesIn(values, 'georeplications', 'location', 'container_service'));
};

export const imageVersion: Describe = (values) =>
  itself({}, [], copiesIn(values, 'target_region', 'name', 'snapshot'));

/** A volume that receives names the one that it copies. */
export const netappVolume: Describe = (values) => ({
  statements: (blocksAt(values, 'data_protection_replication') ?? []).flatMap((replication) => {
    const remote = mention(replication, 'remote_volume_resource_id');
    if (textAt(replication, 'endpoint_type') !== 'src')
      return said(remote, { ties: [{ kind: 'replica', to: 'self' }] });
    return remote ? [{ ties: [{ kind: 'replica' as const, to: remote }] }] : [];
  }),
});

/** A machine that site recovery copies to another fabric, which has a location. */
export const replicatedMachine: Describe = (values) => {
  const within = mention(values, 'target_recovery_fabric_id');
  return {
    statements: said(mention(values, 'source_vm_id'), {
      copies: [
        {
          suffix: 'recovery',
          relation: 'replica',
          kind: 'server',
          region: null,
          note: 'the location of the recovery fabric is not told',
          ...(within ? { within } : {}),
        },
      ],
    }),
  };
};

/** What a front door or a content network serves it keeps at its edges. */
export const edgeOrigin: Describe = (values) => ({
  statements: said(mention(values, 'host_name'), { ties: [{ kind: 'origin', to: 'self' }] }),
});

export const edgeEndpoint: Describe = (values) => ({
  statements: (blocksAt(values, 'origin') ?? []).flatMap((origin) =>
    said(mention(origin, 'host_name'), { ties: [{ kind: 'origin', to: 'self' }] }),
  ),
});

/** A cluster that is a read replica names what it reads from. */
export const postgresCluster: Describe = (values) => ({
  statements: said(mention(values, 'source_resource_id'), { ties: [{ kind: 'replica', to: 'self' }] }),
});
