import {
  DescribeDBClusterAutomatedBackupsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeGlobalClustersCommand,
  DescribeIntegrationsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Observation } from '../../../../inventory/observation.ts';
import type { Answer, FailedAnswer } from '../../../call.ts';
import { missingFact, observe } from '../../../call.ts';
import { action, listing } from '../action.ts';
import { known } from '../fact.ts';
import { listItems, observeEnd, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';
import type { AutomatedBackup } from './rds-shape.ts';
import {
  ofCluster,
  ofInstance,
  showAutomatedBackup,
  showCluster,
  showGlobal,
  showInstance,
  showIntegration,
} from './rds-shape.ts';
import { readSnapshots, snapshotCalls } from './rds-snapshot.ts';

const describeInstances = action('rds:DescribeDBInstances');
const describeClusters = action('rds:DescribeDBClusters');
const describeBackups = action('rds:DescribeDBInstanceAutomatedBackups');
const describeClusterBackups = action('rds:DescribeDBClusterAutomatedBackups');
const describeIntegrations = listing('rds:DescribeIntegrations', { facts: ['relations.replica'] });
const describeGlobal = action('rds:DescribeGlobalClusters', { facts: ['relations.replica'] });

/** RDS, Aurora, DocumentDB and Neptune: databases, their replicas, backups and snapshots, and with whom those are shared. */
export const rdsService: AwsService = placingBuckets({
  name: 'rds',
  scope: 'region',
  calls: [
    describeInstances,
    describeClusters,
    describeBackups,
    describeClusterBackups,
    describeGlobal,
    describeIntegrations,
    ...snapshotCalls,
  ],
  read: readDatabases,
});

async function* readDatabases(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(RDSClient);
  const seen = new Set<string>();
  const reachable = new Map<string, { open: boolean; answer: Answer<unknown> }>();
  let unread: FailedAnswer | null = null;
  const kept = (backup: AutomatedBackup, answer: Answer<unknown>): readonly Observation[] => {
    const shown = showAutomatedBackup(backup, session, seen);
    return shown === null ? [] : observeShown(session, context, answer, shown);
  };
  yield* listItems(session, context, {
    call: describeInstances,
    send: (Marker, abortSignal) => client.send(new DescribeDBInstancesCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ DBInstances }) => DBInstances,
    onFailure: (answer) => {
      unread = answer;
    },
    each: (instance, answer) => {
      const shown = showInstance(instance, session);
      seen.add(shown.item.id);
      const cluster = instance.DBClusterIdentifier;
      if (cluster) {
        const before = reachable.get(cluster)?.open ?? false;
        reachable.set(cluster, { open: before || instance.PubliclyAccessible === true, answer });
      }
      return observeShown(session, context, answer, shown);
    },
  });
  yield* listItems(session, context, {
    call: describeClusters,
    send: (Marker, abortSignal) => client.send(new DescribeDBClustersCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ DBClusters }) => DBClusters,
    each: (cluster, answer) => {
      const shown = showCluster(cluster, session);
      seen.add(shown.item.id);
      const members = reachable.get(cluster.DBClusterIdentifier ?? '');
      const open = context.wants('public') ? observeReach(session, shown.item.id, members, unread) : [];
      return [...observeShown(session, context, answer, shown), ...open];
    },
  });
  yield* listItems(session, context, {
    call: describeBackups,
    send: (Marker, abortSignal) =>
      client.send(new DescribeDBInstanceAutomatedBackupsCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ DBInstanceAutomatedBackups }) => DBInstanceAutomatedBackups,
    each: (backup, answer) => kept(ofInstance(backup), answer),
  });
  yield* listItems(session, context, {
    call: describeClusterBackups,
    send: (Marker, abortSignal) =>
      client.send(new DescribeDBClusterAutomatedBackupsCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ DBClusterAutomatedBackups }) => DBClusterAutomatedBackups,
    each: (backup, answer) => kept(ofCluster(backup), answer),
  });
  if (context.needs(describeGlobal)) {
    yield* listItems(session, context, {
      call: describeGlobal,
      send: (Marker, abortSignal) =>
        client.send(new DescribeGlobalClustersCommand({ Marker }), { abortSignal }),
      token: ({ Marker }) => Marker,
      items: ({ GlobalClusters }) => GlobalClusters,
      each: (global, answer) => showGlobal(global).map((end) => observeEnd(session, answer, end)),
    });
    yield* listItems(session, context, {
      call: describeIntegrations,
      send: (Marker, abortSignal) =>
        client.send(new DescribeIntegrationsCommand({ Marker }), { abortSignal }),
      token: ({ Marker }) => Marker,
      items: ({ Integrations }) => Integrations,
      each: (integration, answer) =>
        showIntegration(integration).map((end) => observeEnd(session, answer, end)),
    });
  }
  yield* readSnapshots(session, context, seen);
}

/** A cluster is as open as its members; where those could not all be read, none that is open does not mean closed. */
function observeReach(
  session: ServiceSession,
  id: string,
  members: { readonly open: boolean; readonly answer: Answer<unknown> } | undefined,
  unread: FailedAnswer | null,
): readonly Observation[] {
  const scene = session.scene(id);
  if (unread !== null && members?.open !== true)
    return [observe(scene, unread, { facts: { public: missingFact(unread) } })];
  return members === undefined
    ? []
    : [observe(scene, members.answer, { facts: { public: known(members.open) } })];
}
