import type { ResourceTagMapping } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { nameOfArn, parseArn } from '../arn.ts';
import { tagsFact } from '../fact.ts';
import type { Item } from '../item.ts';
import { listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { kindOfArn } from './kind.ts';

const getResources = action('tag:GetResources');

/** Everything that carries or once carried a tag, whatever the service: what no reader covers is seen here. */
export const taggingService: AwsService = {
  name: 'tagging',
  scope: 'region',
  calls: [getResources],
  read: readResources,
};

async function* readResources(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(ResourceGroupsTaggingAPIClient);
  yield* listItems(session, context, {
    call: getResources,
    send: (PaginationToken, abortSignal) =>
      client.send(new GetResourcesCommand({ ResourcesPerPage: 100, PaginationToken }), { abortSignal }),
    token: ({ PaginationToken }) => PaginationToken,
    items: ({ ResourceTagMappingList }) => ResourceTagMappingList,
    each: (resource, answer) => {
      const item = showResource(resource);
      return item === null ? [] : [observeItem(session, context, answer, item)];
    },
  });
}

/** Placed by its ARN alone: buckets and global things name no region there, so that the list says nothing of their place. */
export function showResource({ ResourceARN: id, Tags }: ResourceTagMapping): Item | null {
  const arn = parseArn(id);
  if (id === undefined || arn === null) return null;
  return {
    id,
    kind: kindOfArn(id),
    name: nameOfArn(id),
    region: arn.region,
    account: arn.account,
    facts: { tags: tagsFact(Tags) },
  };
}
