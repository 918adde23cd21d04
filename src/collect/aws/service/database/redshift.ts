import type { Cluster, DataShare, Snapshot } from '@aws-sdk/client-redshift';
import {
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeDataSharesCommand,
  DescribeLoggingStatusCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { absent, encryptionFacts, known, maybe, tagsFact } from '../fact.ts';
import type { End, Said, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { accountEnd, readShare } from '../share.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const describeClusters = listing('redshift:DescribeClusters');
const describeSnapshots = listing('redshift:DescribeClusterSnapshots');
const describeLogging = action('redshift:DescribeLoggingStatus', { facts: ['access_log', 'relations.log'] });
const describeShares = listing('redshift:DescribeDataShares', {
  facts: ['relations.share'],
});

/** Warehouses, the regions that their snapshots are copied to, and the accounts that they share data with. */
export const redshiftService: AwsService = placingBuckets({
  name: 'redshift',
  scope: 'region',
  calls: [describeClusters, describeSnapshots, describeLogging, describeShares],
  read: readWarehouses,
});

async function* readWarehouses(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const client = session.client(RedshiftClient);
  const seen = new Set<string>();
  const byNamespace = new Map<string, string>();
  yield* listItems(session, context, {
    call: describeClusters,
    send: (Marker, abortSignal) => client.send(new DescribeClustersCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ Clusters }) => Clusters,
    each: async (cluster, answer) => {
      const shown = showWarehouse(cluster, session);
      seen.add(shown.item.id);
      if (cluster.ClusterNamespaceArn) byNamespace.set(cluster.ClusterNamespaceArn, shown.item.id);
      const { ClusterIdentifier } = cluster;
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          shown.item.id,
          describeLogging,
          (abortSignal) =>
            client.send(new DescribeLoggingStatusCommand({ ClusterIdentifier }), { abortSignal }),
          (status) => readLogging(status, shown.item.name, session),
        )),
      ];
    },
  });
  yield* listItems(session, context, {
    call: describeSnapshots,
    send: (Marker, abortSignal) =>
      client.send(new DescribeClusterSnapshotsCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ Snapshots }) => Snapshots,
    each: (snapshot, answer) => observeShown(session, context, answer, showSnapshot(snapshot, session, seen)),
  });
  if (!context.needs(describeShares)) return;
  yield* listItems(session, context, {
    call: describeShares,
    send: (Marker, abortSignal) => client.send(new DescribeDataSharesCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ DataShares }) => DataShares,
    each: (share, answer) =>
      showShare(share, session, byNamespace).map((end) => observeEnd(session, answer, end)),
  });
}

export function showWarehouse(cluster: Cluster, session: ServiceSession): Shown {
  const name = cluster.ClusterIdentifier ?? '';
  const id = session.arn('redshift', session.region, `cluster:${name}`);
  const { facts, relations } = encryptionFacts(session, {
    encrypted: cluster.Encrypted,
    key: cluster.KmsKeyId,
    keyless: 'provider',
  });
  const region = cluster.ClusterSnapshotCopyStatus?.DestinationRegion;
  // Which snapshots arrived is for the other region to say; that they are sent there is known here.
  const copies: End[] = region
    ? [{ id: session.arn('redshift', region, `snapshot:${name}/*`), kind: 'snapshot', name: `${name}/*` }]
    : [];
  return {
    item: {
      id,
      kind: 'database',
      name,
      facts: { tags: tagsFact(cluster.Tags), ...facts, public: maybe(cluster.PubliclyAccessible) },
      relations: [...relations, ...copies.map(({ id }) => ({ kind: 'snapshot' as const, to: id }))],
    },
    ends: copies,
  };
}

export function showSnapshot(snapshot: Snapshot, session: ServiceSession, seen: ReadonlySet<string>): Shown {
  const { ClusterIdentifier: cluster = '', SnapshotIdentifier: name = '' } = snapshot;
  const id = session.arn('redshift', session.region, `snapshot:${cluster}/${name}`);
  const { facts, relations } = encryptionFacts(session, {
    encrypted: snapshot.Encrypted,
    key: snapshot.KmsKeyId,
    keyless: 'provider',
  });
  const share = readShare(
    session,
    (snapshot.AccountsWithRestoreAccess ?? []).flatMap(({ AccountId }) => AccountId ?? []),
  );
  const region = snapshot.SourceRegion || session.region;
  const source = session.arn('redshift', region, `cluster:${cluster}`);
  const from: End[] =
    region !== session.region || seen.has(source)
      ? [{ id: source, kind: 'database', relations: [{ kind: 'snapshot', to: id }] }]
      : [];
  return {
    item: {
      id,
      kind: 'snapshot',
      name,
      facts: { tags: tagsFact(snapshot.Tags), ...facts, ...share.facts },
      relations: [...relations, ...(share.relations ?? [])],
    },
    ends: [...from, ...(share.ends ?? [])],
  };
}

function readLogging(
  status: {
    LoggingEnabled?: boolean | undefined;
    BucketName?: string | undefined;
    LogDestinationType?: string | undefined;
  } | null,
  name: string,
  session: ServiceSession,
): Said {
  if (status?.LoggingEnabled === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  if (!status.LoggingEnabled) return { facts: { access_log: known(false), 'relations.log': absent } };
  const to = status.BucketName
    ? `arn:${session.partition}:s3:::${status.BucketName}`
    : session.arn('logs', session.region, `log-group:/aws/redshift/cluster/${name}/connectionlog`);
  return {
    facts: { access_log: known(true), 'relations.log': known([to]) },
    relations: [{ kind: 'log', to }],
    ends: [{ id: to, kind: status.BucketName ? 'object_store' : 'log_store' }],
  };
}

/** A data share is read in place by its consumers: accounts, maybe of another region. */
export function showShare(
  { DataShareArn, ProducerArn = '', DataShareAssociations = [] }: DataShare,
  session: ServiceSession,
  byNamespace: ReadonlyMap<string, string>,
): readonly End[] {
  const cluster = byNamespace.get(ProducerArn);
  const id = cluster ?? DataShareArn;
  if (id === undefined) return [];
  const accounts = DataShareAssociations.flatMap(({ ConsumerIdentifier, ConsumerRegion, Status }): End[] => {
    const account = /\d{12}/.exec(ConsumerIdentifier ?? '')?.[0];
    const isLive = Status === 'ACTIVE' || Status === 'AUTHORIZED' || Status === 'AVAILABLE';
    if (!isLive || account === undefined || account === session.account) return [];
    // Read in a region that is told, it is there; the account as such is nowhere.
    if (!ConsumerRegion) return [accountEnd(session, account)];
    const id = `arn:${session.partition}:redshift:${ConsumerRegion}:${account}:datashare-consumer`;
    return [{ id, kind: 'database', name: `${account} (${ConsumerRegion})` }];
  });
  const relations = accounts.map((end) => ({ kind: 'share' as const, to: end.id }));
  return [{ id, kind: cluster === undefined ? 'other' : 'database', relations }, ...accounts];
}
