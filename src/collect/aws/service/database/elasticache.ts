import type {
  CacheCluster,
  GlobalReplicationGroup,
  LogDeliveryConfiguration,
  ReplicationGroup,
  ServerlessCache,
  ServerlessCacheSnapshot,
  Snapshot,
} from '@aws-sdk/client-elasticache';
import {
  DescribeCacheClustersCommand,
  DescribeGlobalReplicationGroupsCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCacheSnapshotsCommand,
  DescribeServerlessCachesCommand,
  DescribeSnapshotsCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-elasticache';
import type { Observation, SeenRelation } from '../../../../inventory/observation.ts';
import type { Answer } from '../../../call.ts';
import { action, listing } from '../action.ts';
import { encryptionFacts, known, maybe, tagsFact } from '../fact.ts';
import type { End, Item } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const describeGroups = listing('elasticache:DescribeReplicationGroups');
const describeClusters = listing('elasticache:DescribeCacheClusters');
const describeServerless = listing('elasticache:DescribeServerlessCaches');
const describeSnapshots = listing('elasticache:DescribeSnapshots');
const describeServerlessSnapshots = listing('elasticache:DescribeServerlessCacheSnapshots');
const describeGlobal = listing('elasticache:DescribeGlobalReplicationGroups', {
  facts: ['relations.replica'],
});
const listTags = action('elasticache:ListTagsForResource', { facts: ['tags'] });

/** Caches and their snapshots; a global datastore copies from its primary to its other regions. */
export const elasticacheService: AwsService = {
  name: 'elasticache',
  scope: 'region',
  calls: [
    describeGroups,
    describeClusters,
    describeServerless,
    describeSnapshots,
    describeServerlessSnapshots,
    describeGlobal,
    listTags,
  ],
  read: readCaches,
};

async function* readCaches(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(ElastiCacheClient);
  const seen = new Set<string>();
  const tagged = async (item: Item, answer: Answer<unknown>): Promise<readonly Observation[]> => {
    seen.add(item.id);
    return [
      observeItem(session, context, answer, item),
      ...(await askItem(
        session,
        context,
        item.id,
        listTags,
        (abortSignal) =>
          client.send(new ListTagsForResourceCommand({ ResourceName: item.id }), { abortSignal }),
        (response) => ({ facts: { tags: tagsFact(response?.TagList) } }),
      )),
    ];
  };
  const taken = async ({ item, from }: Taken, answer: Answer<unknown>): Promise<readonly Observation[]> => [
    ...(await tagged(item, answer)),
    ...(from !== null && seen.has(from.id) ? [observeEnd(session, answer, from)] : []),
  ];
  yield* listItems(session, context, {
    call: describeGroups,
    send: (Marker, abortSignal) =>
      client.send(new DescribeReplicationGroupsCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ ReplicationGroups }) => ReplicationGroups,
    each: (group, answer) => tagged(showGroup(group, session), answer),
  });
  yield* listItems(session, context, {
    call: describeClusters,
    send: (Marker, abortSignal) => client.send(new DescribeCacheClustersCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    // Members of a group keep nothing of their own: the group is the store.
    items: ({ CacheClusters }) => CacheClusters?.filter(({ ReplicationGroupId }) => !ReplicationGroupId),
    each: (cluster, answer) => tagged(showCluster(cluster, session), answer),
  });
  yield* listItems(session, context, {
    call: describeServerless,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeServerlessCachesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ ServerlessCaches }) => ServerlessCaches,
    each: (cache, answer) => tagged(showServerless(cache, session), answer),
  });
  yield* listItems(session, context, {
    call: describeSnapshots,
    send: (Marker, abortSignal) => client.send(new DescribeSnapshotsCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ Snapshots }) => Snapshots,
    each: (snapshot, answer) => taken(showSnapshot(snapshot, session), answer),
  });
  yield* listItems(session, context, {
    call: describeServerlessSnapshots,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeServerlessCacheSnapshotsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ ServerlessCacheSnapshots }) => ServerlessCacheSnapshots,
    each: (snapshot, answer) => taken(showServerlessSnapshot(snapshot, session), answer),
  });
  if (!context.needs(describeGlobal)) return;
  yield* listItems(session, context, {
    call: describeGlobal,
    send: (Marker, abortSignal) =>
      client.send(new DescribeGlobalReplicationGroupsCommand({ Marker, ShowMemberInfo: true }), {
        abortSignal,
      }),
    token: ({ Marker }) => Marker,
    items: ({ GlobalReplicationGroups }) => GlobalReplicationGroups,
    each: (group, answer) => showGlobal(group, session).map((end) => observeEnd(session, answer, end)),
  });
}

export function showGroup(group: ReplicationGroup, session: ServiceSession): Item {
  const name = group.ReplicationGroupId ?? '';
  const id = group.ARN ?? session.arn('elasticache', session.region, `replicationgroup:${name}`);
  return cache(session, id, name, {
    encrypted: group.AtRestEncryptionEnabled,
    key: group.KmsKeyId,
    transit: group.TransitEncryptionEnabled,
    logs: group.LogDeliveryConfigurations,
  });
}

export function showCluster(cluster: CacheCluster, session: ServiceSession): Item {
  const name = cluster.CacheClusterId ?? '';
  const id = cluster.ARN ?? session.arn('elasticache', session.region, `cluster:${name}`);
  return cache(session, id, name, {
    encrypted: cluster.AtRestEncryptionEnabled,
    key: undefined,
    transit: cluster.TransitEncryptionEnabled,
    logs: cluster.LogDeliveryConfigurations,
  });
}

/** Serverless caches are always encrypted, at rest and in transit. */
export function showServerless(
  { ServerlessCacheName: name = '', ARN, KmsKeyId }: ServerlessCache,
  session: ServiceSession,
): Item {
  return cache(session, ARN ?? session.arn('elasticache', session.region, `serverlesscache:${name}`), name, {
    encrypted: true,
    key: KmsKeyId,
    transit: true,
  });
}

function cache(
  session: ServiceSession,
  id: string,
  name: string,
  {
    encrypted,
    key,
    transit,
    logs = [],
  }: {
    readonly encrypted: boolean | undefined;
    readonly key: string | undefined;
    readonly transit: boolean | undefined;
    readonly logs?: readonly LogDeliveryConfiguration[] | undefined;
  },
): Item {
  const { facts, relations } = encryptionFacts(session, {
    encrypted: encrypted ?? false,
    key,
    keyless: 'provider',
  });
  // A cache has addresses of its network only.
  return {
    id,
    kind: 'cache',
    name,
    facts: { ...facts, 'encryption.in_transit': maybe(transit), public: known(false) },
    relations: [...relations, ...logs.flatMap((log) => logOf(log, session))],
  };
}

/** Slow commands, and what the engine has to say: to a group or a delivery stream of the region. */
function logOf(
  { DestinationDetails: details, Status }: LogDeliveryConfiguration,
  session: ServiceSession,
): readonly SeenRelation[] {
  const group = details?.CloudWatchLogsDetails?.LogGroup;
  const stream = details?.KinesisFirehoseDetails?.DeliveryStream;
  if (Status === 'disabling' || Status === 'error') return [];
  return [
    ...(group ? [session.arn('logs', session.region, `log-group:${group}`)] : []),
    ...(stream ? [session.arn('firehose', session.region, `deliverystream/${stream}`)] : []),
  ].map((to) => ({ kind: 'log', to }));
}

interface Taken {
  readonly item: Item;
  readonly from: End | null;
}

export function showServerlessSnapshot(snapshot: ServerlessCacheSnapshot, session: ServiceSession): Taken {
  const { ServerlessCacheSnapshotName: name = '', ARN, ServerlessCacheConfiguration: of } = snapshot;
  const id = ARN ?? session.arn('elasticache', session.region, `serverlesscachesnapshot:${name}`);
  const { facts, relations } = encryptionFacts(session, { key: snapshot.KmsKeyId, keyless: 'provider' });
  return {
    item: { id, kind: 'snapshot', name, facts: { ...facts, public: known(false) }, relations },
    from: of?.ServerlessCacheName
      ? {
          id: session.arn('elasticache', session.region, `serverlesscache:${of.ServerlessCacheName}`),
          kind: 'cache',
          relations: [{ kind: 'snapshot', to: id }],
        }
      : null,
  };
}

export function showSnapshot(snapshot: Snapshot, session: ServiceSession): Taken {
  const { SnapshotName: name = '', ReplicationGroupId: group, CacheClusterId: cluster } = snapshot;
  const id = snapshot.ARN ?? session.arn('elasticache', session.region, `snapshot:${name}`);
  const { facts, relations } = snapshot.KmsKeyId
    ? encryptionFacts(session, { key: snapshot.KmsKeyId, keyless: 'provider' })
    : { facts: {}, relations: [] };
  const source = group ? `replicationgroup:${group}` : cluster ? `cluster:${cluster}` : null;
  const from: End | null =
    source === null
      ? null
      : {
          id: session.arn('elasticache', session.region, source),
          kind: 'cache',
          relations: [{ kind: 'snapshot', to: id }],
        };
  return { item: { id, kind: 'snapshot', name, facts: { ...facts, public: known(false) }, relations }, from };
}

export function showGlobal(
  { Members = [] }: GlobalReplicationGroup,
  session: ServiceSession,
): readonly End[] {
  const ends = Members.flatMap(({ ReplicationGroupId, ReplicationGroupRegion, Role }) =>
    ReplicationGroupId && ReplicationGroupRegion
      ? [
          {
            id: session.arn('elasticache', ReplicationGroupRegion, `replicationgroup:${ReplicationGroupId}`),
            kind: 'cache' as const,
            isPrimary: Role === 'PRIMARY',
          },
        ]
      : [],
  );
  const others = ends.filter(({ isPrimary }) => !isPrimary);
  return ends.map(({ id, kind, isPrimary }) => ({
    id,
    kind,
    ...(isPrimary ? { relations: others.map((other) => ({ kind: 'replica' as const, to: other.id })) } : {}),
  }));
}
