import type { Cluster } from '@aws-sdk/client-emr';
import { DescribeClusterCommand, EMRClient, ListClustersCommand } from '@aws-sdk/client-emr';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { tagsFact } from '../fact.ts';
import type { Said } from '../item.ts';
import { askItem, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listClusters = listing('elasticmapreduce:ListClusters');
const describeCluster = action('elasticmapreduce:DescribeCluster', { facts: ['tags', 'relations.log'] });

/** Clusters that run now, and the buckets that they log to. */
export const emrService: AwsService = placingBuckets({
  name: 'emr',
  scope: 'region',
  calls: [listClusters, describeCluster],
  read: readClusters,
});

async function* readClusters(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(EMRClient);
  yield* listItems(session, context, {
    call: listClusters,
    send: (Marker, abortSignal) =>
      client.send(
        new ListClustersCommand({
          Marker,
          ClusterStates: ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING'],
        }),
        { abortSignal },
      ),
    token: ({ Marker }) => Marker,
    items: ({ Clusters }) => Clusters,
    each: async ({ Id: ClusterId = '', ClusterArn, Name }, answer) => {
      const id = ClusterArn ?? session.arn('elasticmapreduce', session.region, `cluster/${ClusterId}`);
      return [
        observeItem(session, context, answer, { id, kind: 'analytics', name: Name ?? ClusterId }),
        ...(await askItem(
          session,
          context,
          id,
          describeCluster,
          (abortSignal) => client.send(new DescribeClusterCommand({ ClusterId }), { abortSignal }),
          (response) => readCluster(response?.Cluster, session),
        )),
      ];
    },
  });
}

export function readCluster(cluster: Cluster | undefined, session: ServiceSession): Said {
  if (cluster === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const bucket = /^s3[an]?:\/\/([^/]+)/.exec(cluster.LogUri ?? '')?.[1];
  const to = bucket === undefined ? null : `arn:${session.partition}:s3:::${bucket}`;
  return {
    facts: { tags: tagsFact(cluster.Tags) },
    relations: to === null ? [] : [{ kind: 'log', to }],
    ends: to === null ? [] : [{ id: to, kind: 'object_store' }],
  };
}
