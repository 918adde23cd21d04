import type { Cluster } from '@aws-sdk/client-eks';
import { DescribeClusterCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { encryptionFacts, tagsFact } from '../fact.ts';
import type { Said } from '../item.ts';
import { askItem, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listClusters = listing('eks:ListClusters');
const describeCluster = action('eks:DescribeCluster', {
  facts: [
    'tags',
    'encryption.at_rest',
    'encryption.key_manager',
    'encryption.key_account',
    'relations.key',
    'relations.log',
  ],
});

/** Kubernetes clusters: where they run, under which key they keep their secrets, where their control plane logs. */
export const eksService: AwsService = {
  name: 'eks',
  scope: 'region',
  calls: [listClusters, describeCluster],
  read: readClusters,
};

async function* readClusters(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(EKSClient);
  yield* listItems(session, context, {
    call: listClusters,
    send: (nextToken, abortSignal) => client.send(new ListClustersCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ clusters }) => clusters,
    each: async (name, answer) => {
      const id = session.arn('eks', session.region, `cluster/${name}`);
      return [
        observeItem(session, context, answer, { id, kind: 'cluster', name }),
        ...(await askItem(
          session,
          context,
          id,
          describeCluster,
          (abortSignal) => client.send(new DescribeClusterCommand({ name }), { abortSignal }),
          (response) => readCluster(response?.cluster, session),
        )),
      ];
    },
  });
}

export function readCluster(cluster: Cluster | undefined, session: ServiceSession): Said {
  if (cluster === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const key = cluster.encryptionConfig?.find(({ provider }) => provider?.keyArn)?.provider?.keyArn;
  const { facts, relations } = encryptionFacts(session, { key, keyless: 'provider' });
  const isLogged = (cluster.logging?.clusterLogging ?? []).some(
    ({ enabled, types = [] }) => enabled && types.length > 0,
  );
  const group = session.arn('logs', session.region, `log-group:/aws/eks/${cluster.name ?? ''}/cluster`);
  return {
    facts: { tags: tagsFact(cluster.tags), ...facts },
    relations: [...relations, ...(isLogged ? [{ kind: 'log' as const, to: group }] : [])],
    ends: isLogged ? [{ id: group, kind: 'log_store' }] : [],
  };
}
