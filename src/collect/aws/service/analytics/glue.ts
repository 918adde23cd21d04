import { GetDatabasesCommand, GetJobsCommand, GetTagsCommand, GlueClient } from '@aws-sdk/client-glue';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { tagsFact } from '../fact.ts';
import { askItem, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const getDatabases = listing('glue:GetDatabases');
const getJobs = listing('glue:GetJobs');
const getTags = action('glue:GetTags', { facts: ['tags'] });

/** Catalogs of tables and the jobs that work on them: where. */
export const glueService: AwsService = {
  name: 'glue',
  scope: 'region',
  calls: [getDatabases, getJobs, getTags],
  read: readCatalog,
};

async function* readCatalog(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(GlueClient);
  const tagged = (id: string): Promise<readonly Observation[]> =>
    askItem(
      session,
      context,
      id,
      getTags,
      (abortSignal) => client.send(new GetTagsCommand({ ResourceArn: id }), { abortSignal }),
      (response) => ({ facts: { tags: tagsFact(response?.Tags) } }),
    );
  yield* listItems(session, context, {
    call: getDatabases,
    send: (NextToken, abortSignal) => client.send(new GetDatabasesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ DatabaseList }) => DatabaseList,
    each: async ({ Name: name = '' }, answer) => {
      const id = session.arn('glue', session.region, `database/${name}`);
      return [observeItem(session, context, answer, { id, kind: 'analytics', name }), ...(await tagged(id))];
    },
  });
  yield* listItems(session, context, {
    call: getJobs,
    send: (NextToken, abortSignal) => client.send(new GetJobsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Jobs }) => Jobs,
    each: async ({ Name: name = '' }, answer) => {
      const id = session.arn('glue', session.region, `job/${name}`);
      return [observeItem(session, context, answer, { id, kind: 'analytics', name }), ...(await tagged(id))];
    },
  });
}
