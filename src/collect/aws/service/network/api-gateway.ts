import type { RestApi } from '@aws-sdk/client-api-gateway';
import { APIGatewayClient, GetRestApisCommand, GetStagesCommand } from '@aws-sdk/client-api-gateway';
import type { Api } from '@aws-sdk/client-apigatewayv2';
import {
  ApiGatewayV2Client,
  GetApisCommand,
  GetStagesCommand as GetHttpStagesCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { absent, known, tagsFact } from '../fact.ts';
import type { Item, Said } from '../item.ts';
import { askItem, askItemPages, isElsewhere, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

/** IAM has one action for all that is read, by path. */
const permission = 'apigateway:GET';
const getRestApis = listing('apigateway:GetRestApis', { permission });
const getStages = action('apigateway:GetStages', { permission, facts: ['access_log', 'relations.log'] });
const getApis = listing('apigatewayv2:GetApis', { permission });
const getHttpStages = action('apigatewayv2:GetStages', {
  permission,
  facts: ['access_log', 'relations.log'],
});

/** REST, HTTP and WebSocket interfaces, at the edge or in their region, and where their stages log. */
export const apiGatewayService: AwsService = {
  name: 'api-gateway',
  scope: 'region',
  calls: [getRestApis, getStages, getApis, getHttpStages],
  read: readApis,
};

async function* readApis(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const rest = session.client(APIGatewayClient);
  yield* listItems(session, context, {
    call: getRestApis,
    send: (position, abortSignal) =>
      rest.send(new GetRestApisCommand({ limit: 500, position }), { abortSignal }),
    token: ({ position }) => position,
    items: ({ items }) => items,
    each: async (api, answer) => {
      const item = showRestApi(api, session);
      const restApiId = api.id;
      return [
        observeItem(session, context, answer, item),
        ...(await askItem(
          session,
          context,
          item.id,
          getStages,
          (abortSignal) => rest.send(new GetStagesCommand({ restApiId }), { abortSignal }),
          (response) =>
            readStages(
              (response?.item ?? []).map(({ accessLogSettings }) => accessLogSettings?.destinationArn),
              session,
            ),
        )),
      ];
    },
  });
  const http = session.client(ApiGatewayV2Client);
  yield* listItems(session, context, {
    call: getApis,
    send: (NextToken, abortSignal) => http.send(new GetApisCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Items }) => Items,
    each: async (api, answer) => {
      const item = showApi(api, session);
      const { ApiId } = api;
      return [
        observeItem(session, context, answer, item),
        ...(await askItemPages(
          session,
          context,
          item.id,
          getHttpStages,
          (NextToken, abortSignal) =>
            http.send(new GetHttpStagesCommand({ ApiId, NextToken }), { abortSignal }),
          ({ NextToken }) => NextToken,
          (pages) =>
            readStages(
              pages
                .flatMap(({ Items = [] }) => Items)
                .map(({ AccessLogSettings }) => AccessLogSettings?.DestinationArn),
              session,
            ),
        )),
      ];
    },
  });
}

/** Edge-optimised interfaces are entered at the provider's edge, in many countries; the others in their region. */
export function showRestApi(api: RestApi, session: ServiceSession): Item {
  const { id = '', name = id, endpointConfiguration, tags } = api;
  const types = endpointConfiguration?.types ?? [];
  return {
    id: `arn:${session.partition}:apigateway:${session.region}::/restapis/${id}`,
    kind: 'endpoint',
    name,
    region: types.includes('EDGE') ? 'edge' : session.region,
    facts: { tags: tagsFact(tags), 'encryption.in_transit': known(true) },
  };
}

export function showApi({ ApiId = '', Name = ApiId, Tags, ApiEndpoint }: Api, session: ServiceSession): Item {
  return {
    id: `arn:${session.partition}:apigateway:${session.region}::/apis/${ApiId}`,
    kind: 'endpoint',
    name: Name,
    facts: {
      tags: tagsFact(Tags),
      'encryption.in_transit': known(true),
      endpoints: ApiEndpoint ? known([ApiEndpoint]) : absent,
    },
  };
}

/** Logged where every stage is; an interface without a stage answers nobody. */
function readStages(targets: readonly (string | undefined)[], session: ServiceSession): Said {
  const ids = [...new Set(targets.flatMap((arn) => arn?.replace(/:\*$/, '') ?? []))]
    .filter((id) => id !== '')
    .toSorted();
  return {
    facts: {
      access_log: known(targets.every(Boolean)),
      'relations.log': ids.length === 0 ? absent : known(ids),
    },
    relations: ids.map((to) => ({ kind: 'log', to })),
    ends: ids
      .filter((id) => isElsewhere(session, id))
      .map((id) => ({ id, kind: id.includes(':firehose:') ? 'stream' : 'log_store' })),
  };
}
