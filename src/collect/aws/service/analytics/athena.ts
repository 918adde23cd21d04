import type { WorkGroup } from '@aws-sdk/client-athena';
import {
  AthenaClient,
  GetWorkGroupCommand,
  ListTagsForResourceCommand,
  ListWorkGroupsCommand,
} from '@aws-sdk/client-athena';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { tagsFact } from '../fact.ts';
import type { Said } from '../item.ts';
import { askItem, askItemPages, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listWorkGroups = listing('athena:ListWorkGroups');
const getWorkGroup = action('athena:GetWorkGroup', { facts: ['relations.replica'] });
const listTags = action('athena:ListTagsForResource', { facts: ['tags'] });

/** Work groups: queries run in their region, and their results are put into a bucket. */
export const athenaService: AwsService = placingBuckets({
  name: 'athena',
  scope: 'region',
  calls: [listWorkGroups, getWorkGroup, listTags],
  read: readWorkGroups,
});

async function* readWorkGroups(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const client = session.client(AthenaClient);
  yield* listItems(session, context, {
    call: listWorkGroups,
    send: (NextToken, abortSignal) => client.send(new ListWorkGroupsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ WorkGroups }) => WorkGroups,
    each: async ({ Name: name = '' }, answer) => {
      const id = session.arn('athena', session.region, `workgroup/${name}`);
      return [
        observeItem(session, context, answer, { id, kind: 'analytics', name }),
        ...(await askItem(
          session,
          context,
          id,
          getWorkGroup,
          (abortSignal) => client.send(new GetWorkGroupCommand({ WorkGroup: name }), { abortSignal }),
          (response) => readWorkGroup(response?.WorkGroup, session),
        )),
        ...(await askItemPages(
          session,
          context,
          id,
          listTags,
          (NextToken, abortSignal) =>
            client.send(new ListTagsForResourceCommand({ ResourceARN: id, NextToken }), { abortSignal }),
          ({ NextToken }) => NextToken,
          (pages) => ({ facts: { tags: tagsFact(pages.flatMap(({ Tags = [] }) => Tags)) } }),
        )),
      ];
    },
  });
}

/** Results of queries on data are that data: they leave the work group for the bucket. */
export function readWorkGroup(group: WorkGroup | undefined, session: ServiceSession): Said {
  const bucket = /^s3:\/\/([^/]+)/.exec(group?.Configuration?.ResultConfiguration?.OutputLocation ?? '')?.[1];
  if (bucket === undefined) return {};
  const to = `arn:${session.partition}:s3:::${bucket}`;
  return { relations: [{ kind: 'replica', to }], ends: [{ id: to, kind: 'object_store' }] };
}
