import { DescribeClustersCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { nameOfArn } from '../arn.ts';
import { tagsFact } from '../fact.ts';
import { askItem, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { readTasks, taskCalls } from './ecs-task.ts';

const listClusters = listing('ecs:ListClusters');
const describeClusters = action('ecs:DescribeClusters', { facts: ['tags'] });

/** Clusters of containers: where they run, and where those of their services log. */
export const ecsService: AwsService = {
  name: 'ecs',
  scope: 'region',
  calls: [listClusters, describeClusters, ...taskCalls],
  read: readClusters,
};

async function* readClusters(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(ECSClient);
  yield* listItems(session, context, {
    call: listClusters,
    send: (nextToken, abortSignal) => client.send(new ListClustersCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ clusterArns }) => clusterArns,
    each: async (id, answer) => [
      observeItem(session, context, answer, { id, kind: 'container_service', name: nameOfArn(id) }),
      ...(await askItem(
        session,
        context,
        id,
        describeClusters,
        (abortSignal) =>
          client.send(new DescribeClustersCommand({ clusters: [id], include: ['TAGS'] }), { abortSignal }),
        (response) => ({
          facts: {
            tags: tagsFact(
              response?.clusters?.[0]?.tags?.map(({ key, value }) => ({ Key: key, Value: value })),
            ),
          },
        }),
      )),
      ...(await readTasks(session, context, client, id)),
    ],
  });
}
