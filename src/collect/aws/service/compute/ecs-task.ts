import type { ContainerDefinition, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListServicesCommand,
} from '@aws-sdk/client-ecs';
import type { Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { action } from '../action.ts';
import type { End } from '../item.ts';
import { askItem } from '../item.ts';
import { askPages } from '../pages.ts';
import type { ServiceContext, ServiceSession } from '../service.ts';

const facts = ['relations.log'];
const listServices = action('ecs:ListServices', { facts });
const describeServices = action('ecs:DescribeServices', { facts });
const describeTask = action('ecs:DescribeTaskDefinition', { facts });
export const taskCalls = [listServices, describeServices, describeTask];

/** As many services as one call describes. */
const DESCRIBED = 10;

/** Where the containers of a cluster's services log: a group, maybe of another region, or a host of somebody else. */
export async function readTasks(
  session: ServiceSession,
  context: ServiceContext,
  client: ECSClient,
  cluster: string,
): Promise<readonly Observation[]> {
  if (!context.needs(listServices)) return [];
  const seen: Observation[] = [];
  const services: string[] = [];
  for await (const { answer, number } of askPages(
    context.ask,
    listServices,
    (nextToken, abortSignal) => client.send(new ListServicesCommand({ cluster, nextToken }), { abortSignal }),
    ({ nextToken }) => nextToken,
  )) {
    seen.push(observe(session.scene(cluster), answer, { about: { page: number } }));
    if (answer.state === 'ok') services.push(...(answer.response.serviceArns ?? []));
  }
  const tasks = new Set<string>();
  for (let at = 0; at < services.length; at += DESCRIBED) {
    const answer = await context.ask(describeServices, (abortSignal) =>
      client.send(new DescribeServicesCommand({ cluster, services: services.slice(at, at + DESCRIBED) }), {
        abortSignal,
      }),
    );
    seen.push(observe(session.scene(cluster), answer, { about: { page: at / DESCRIBED + 1 } }));
    for (const { taskDefinition } of answer.state === 'ok' ? (answer.response.services ?? []) : [])
      if (taskDefinition) tasks.add(taskDefinition);
  }
  for (const taskDefinition of [...tasks].toSorted()) {
    const told = await askItem(
      session,
      context,
      cluster,
      describeTask,
      (abortSignal) => client.send(new DescribeTaskDefinitionCommand({ taskDefinition }), { abortSignal }),
      (response) => {
        const ends = (response?.taskDefinition?.containerDefinitions ?? []).flatMap((one) =>
          logOf(one, session),
        );
        return { relations: ends.map(({ id }) => ({ kind: 'log', to: id })), ends };
      },
    );
    seen.push(...told);
  }
  return seen;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export function logOf({ logConfiguration }: ContainerDefinition, session: ServiceSession): readonly End[] {
  const { logDriver, options = {} } = logConfiguration ?? {};
  const region = options['awslogs-region'] ?? options['region'] ?? session.region;
  if (logDriver === 'awslogs') {
    const group = options['awslogs-group'];
    return group ? [{ id: session.arn('logs', region, `log-group:${group}`), kind: 'log_store' }] : [];
  }
  const stream = options['delivery_stream'] ?? options['stream'];
  if (logDriver === 'awsfirelens' && stream) {
    const isFirehose = options['delivery_stream'] !== undefined;
    const id = isFirehose
      ? session.arn('firehose', region, `deliverystream/${stream}`)
      : session.arn('kinesis', region, `stream/${stream}`);
    return [{ id, kind: 'stream' }];
  }
  const host =
    options['splunk-url'] ?? options['gelf-address'] ?? options['syslog-address'] ?? options['Host'];
  if (!host) return [];
  const url = host.includes('://') ? host : `https://${host}`;
  if (!URL.canParse(url)) return [];
  const { protocol, host: name } = new URL(url);
  return [{ id: `${protocol}//${name}`, kind: 'endpoint', name, region: null }];
}
