import type { Accelerator } from '@aws-sdk/client-global-accelerator';
import {
  DescribeAcceleratorAttributesCommand,
  GlobalAcceleratorClient,
  ListAcceleratorsCommand,
  ListCustomRoutingAcceleratorsCommand,
  ListEndpointGroupsCommand,
  ListListenersCommand,
} from '@aws-sdk/client-global-accelerator';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { action } from '../action.ts';
import { nameOfArn, parseArn } from '../arn.ts';
import { absent, known } from '../fact.ts';
import { askItem, listItems, observeEnd, observeItem } from '../item.ts';
import { askPages } from '../pages.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listAccelerators = action('globalaccelerator:ListAccelerators');
const listCustom = action('globalaccelerator:ListCustomRoutingAccelerators');
const listListeners = action('globalaccelerator:ListListeners', { facts: ['relations.origin'] });
const listGroups = action('globalaccelerator:ListEndpointGroups', { facts: ['relations.origin'] });
const describeAttributes = action('globalaccelerator:DescribeAcceleratorAttributes', {
  facts: ['access_log', 'relations.log'],
});

/** The only region that answers for accelerators, which the service has in this partition alone. */
const CONTROL: { readonly [partition: string]: string } = { aws: 'us-west-2' };

/** Accelerators: requests enter at the edge, in many countries. */
export const globalAcceleratorService: AwsService = placingBuckets({
  name: 'global-accelerator',
  scope: 'global',
  calls: [listAccelerators, listCustom, listListeners, listGroups, describeAttributes],
  read: readAccelerators,
});

async function* readAccelerators(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const region = CONTROL[session.partition];
  if (region === undefined) return;
  const client = session.client(GlobalAcceleratorClient, region);
  yield* listItems(session, context, {
    call: listAccelerators,
    send: (NextToken, abortSignal) =>
      client.send(new ListAcceleratorsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Accelerators }) => Accelerators,
    each: async (accelerator: Accelerator, answer) => {
      const { AcceleratorArn: id = '', Name: name = id } = accelerator;
      return [
        observeItem(session, context, answer, { id, kind: 'endpoint', name, region: 'edge' }),
        ...(await askItem(
          session,
          context,
          id,
          describeAttributes,
          (abortSignal) =>
            client.send(new DescribeAcceleratorAttributesCommand({ AcceleratorArn: id }), { abortSignal }),
          (response) => {
            const { FlowLogsEnabled, FlowLogsS3Bucket: bucket } = response?.AcceleratorAttributes ?? {};
            if (!FlowLogsEnabled || !bucket)
              return { facts: { access_log: known(false), 'relations.log': absent } };
            const to = `arn:${session.partition}:s3:::${bucket}`;
            return {
              facts: { access_log: known(true), 'relations.log': known([to]) },
              relations: [{ kind: 'log', to }],
              ends: [{ id: to, kind: 'object_store' }],
            };
          },
        )),
        ...(await readEndpoints(session, context, client, id)),
      ];
    },
  });
  // What stands behind these is a whole network: they are told, and their ends are not.
  yield* listItems(session, context, {
    call: listCustom,
    send: (NextToken, abortSignal) =>
      client.send(new ListCustomRoutingAcceleratorsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Accelerators }) => Accelerators,
    each: ({ AcceleratorArn: id = '', Name: name = id }, answer) => [
      observeItem(session, context, answer, { id, kind: 'endpoint', name, region: 'edge' }),
    ],
  });
}

/** What stands behind each listener. */
async function readEndpoints(
  session: ServiceSession,
  context: ServiceContext,
  client: GlobalAcceleratorClient,
  accelerator: string,
): Promise<readonly Observation[]> {
  if (!context.needs(listListeners)) return [];
  const seen: Observation[] = [];
  const scene = session.scene(accelerator);
  for await (const listeners of askPages(
    context.ask,
    listListeners,
    (NextToken, abortSignal) =>
      client.send(new ListListenersCommand({ AcceleratorArn: accelerator, NextToken }), { abortSignal }),
    ({ NextToken }) => NextToken,
  )) {
    seen.push(observe(scene, listeners.answer, { about: { page: listeners.number } }));
    if (listeners.answer.state !== 'ok') break;
    for (const { ListenerArn } of listeners.answer.response.Listeners ?? []) {
      for await (const groups of askPages(
        context.ask,
        listGroups,
        (NextToken, abortSignal) =>
          client.send(new ListEndpointGroupsCommand({ ListenerArn, NextToken }), { abortSignal }),
        ({ NextToken }) => NextToken,
      )) {
        seen.push(
          observe(scene, groups.answer, { about: { listener: ListenerArn ?? '', page: groups.number } }),
        );
        if (groups.answer.state !== 'ok') break;
        for (const { EndpointDescriptions = [], EndpointGroupRegion = null } of groups.answer.response
          .EndpointGroups ?? []) {
          for (const { EndpointId: id } of EndpointDescriptions) {
            if (!id) continue;
            const end = {
              id: id.startsWith('arn:') ? id : `${accelerator}/${id}`,
              kind: kindOf(id),
              name: nameOfArn(id),
              region: parseArn(id)?.region ?? EndpointGroupRegion,
            };
            seen.push(
              observeEnd(session, groups.answer, {
                ...end,
                relations: [{ kind: 'origin', to: accelerator }],
              }),
            );
          }
        }
      }
    }
  }
  return seen;
}

function kindOf(id: string): AssetKind {
  const { service } = parseArn(id) ?? { service: '' };
  return service === 'elasticloadbalancing' ? 'load_balancer' : 'server';
}
