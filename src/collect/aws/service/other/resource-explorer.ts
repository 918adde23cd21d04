import type { Index, Resource } from '@aws-sdk/client-resource-explorer-2';
import {
  ListIndexesCommand,
  ListResourcesCommand,
  ResourceExplorer2Client,
} from '@aws-sdk/client-resource-explorer-2';
import type { Observation } from '../../../../inventory/observation.ts';
import { listing } from '../action.ts';
import { nameOfArn, parseArn } from '../arn.ts';
import type { Item } from '../item.ts';
import { listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { kindOfArn } from './kind.ts';

const listIndexes = listing('resource-explorer-2:ListIndexes');
const listResources = listing('resource-explorer-2:ListResources');

/** Where the account has turned its index on, everything in it: also in regions that were not asked for. */
export const resourceExplorerService: AwsService = {
  name: 'resource-explorer',
  scope: 'global',
  calls: [listIndexes, listResources],
  read: readIndexes,
};

async function* readIndexes(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(ResourceExplorer2Client);
  const indexes: Index[] = [];
  yield* listItems(session, context, {
    call: listIndexes,
    send: (NextToken, abortSignal) => client.send(new ListIndexesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Indexes }) => Indexes,
    each: (index) => {
      indexes.push(index);
      return [];
    },
  });
  for (const region of regionsToAsk(indexes)) {
    const regional = session.client(ResourceExplorer2Client, region);
    yield* listItems(session, context, {
      call: listResources,
      send: (NextToken, abortSignal) =>
        regional.send(new ListResourcesCommand({ MaxResults: 1000, NextToken }), { abortSignal }),
      token: ({ NextToken }) => NextToken,
      items: ({ Resources }) => Resources,
      each: (resource, answer) => {
        const item = showResource(resource);
        return item === null ? [] : [observeItem(session, context, answer, item)];
      },
    });
  }
}

/** An aggregator knows what all the others know. */
export function regionsToAsk(indexes: readonly Index[]): readonly string[] {
  const asked = indexes.find(({ Type }) => Type === 'AGGREGATOR');
  return (asked === undefined ? indexes : [asked]).flatMap(({ Region }) => Region ?? []).toSorted();
}

/** The index calls what has no region `global`. */
export function showResource({ Arn: id, Region, OwningAccountId: owner }: Resource): Item | null {
  const arn = parseArn(id);
  if (id === undefined || arn === null) return null;
  const region = Region === undefined || Region === 'global' ? arn.region : Region;
  return { id, kind: kindOfArn(id), name: nameOfArn(id), region, account: owner ?? arn.account };
}
