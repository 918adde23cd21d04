import type { LocationListEntry } from '@aws-sdk/client-datasync';
import {
  DataSyncClient,
  DescribeTaskCommand,
  ListLocationsCommand,
  ListTasksCommand,
} from '@aws-sdk/client-datasync';
import type { Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { listing } from '../action.ts';
import { parseArn } from '../arn.ts';
import type { End } from '../item.ts';
import { listItems, observeEnd } from '../item.ts';
import { kindOfArn } from '../other/kind.ts';
import { askPages } from '../pages.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from './place-bucket.ts';

const facts = ['relations.replica'];
const listLocations = listing('datasync:ListLocations', { facts });
const listTasks = listing('datasync:ListTasks', { facts });
const describeTask = listing('datasync:DescribeTask', { facts });

/** Copies between buckets, shares and servers, of other clouds and of one's own halls too. */
export const dataSyncService: AwsService = placingBuckets({
  name: 'datasync',
  scope: 'region',
  calls: [listLocations, listTasks, describeTask],
  read: readTasks,
});

async function* readTasks(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  if (!context.needs(listTasks)) return;
  const client = session.client(DataSyncClient);
  const ends = new Map<string, End>();
  for await (const { answer, number } of askPages(
    context.ask,
    listLocations,
    (NextToken, abortSignal) => client.send(new ListLocationsCommand({ NextToken }), { abortSignal }),
    ({ NextToken }) => NextToken,
  )) {
    yield observe(session.scene(session.scope), answer, { about: { page: number } });
    if (answer.state === 'ok')
      for (const one of answer.response.Locations ?? []) ends.set(one.LocationArn ?? '', endOf(one, session));
  }
  yield* listItems(session, context, {
    call: listTasks,
    send: (NextToken, abortSignal) => client.send(new ListTasksCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Tasks }) => Tasks,
    each: async ({ TaskArn }) => {
      const answer = await context.ask(describeTask, (abortSignal) =>
        client.send(new DescribeTaskCommand({ TaskArn }), { abortSignal }),
      );
      // A task that nobody may look at copies from who knows where to who knows where.
      if (answer.state !== 'ok') return [observe(session.scene(session.scope), answer, {})];
      const { SourceLocationArn: from, DestinationLocationArn: to } = answer.response;
      if (!from || !to) return [];
      // A location that was deleted, or is not listed, stands for itself: where it is nobody tells.
      const [source, target] = [from, to].map(
        (arn): End => ends.get(arn) ?? { id: arn, kind: 'other', region: null },
      );
      if (source === undefined || target === undefined) return [];
      return [
        observeEnd(session, answer, { ...source, relations: [{ kind: 'replica', to: target.id }] }),
        observeEnd(session, answer, target),
      ];
    },
  });
}

/**
 * A location by its address: `s3://BUCKET/…`, `efs://REGION.fs-1/…`, `fsxw://REGION.fs-1/…`, `nfs://HOST/…`,
 * `azure-blob://https://HOST/…`. The folder and who signs in stay out, for they may name people.
 */
export function endOf(
  { LocationArn = '', LocationUri = '' }: LocationListEntry,
  session: ServiceSession,
): End {
  const [, scheme = '', rest = ''] = /^([\w-]+):\/\/(.*)$/s.exec(LocationUri) ?? [];
  const [head = ''] = rest
    .replace(/^https?:\/\//, '')
    .replace(/^[^/]*@/, '')
    .split('/');
  const [, region = session.region, system] = /^(?:([\w-]+)\.)?(fs-\w+)$/.exec(head) ?? [];
  if (system !== undefined && /^(?:efs|fsx\w*)$/.test(scheme)) {
    const service = scheme === 'efs' ? 'elasticfilesystem' : 'fsx';
    return { id: session.arn(service, region, `file-system/${system}`), kind: 'file_share' };
  }
  if (scheme === 's3') {
    // Through an access point, whose ARN goes on behind the first slash.
    const arn = parseArn(rest.split('/').slice(0, 2).join('/'));
    if (arn !== null) return { id: rest.split('/').slice(0, 2).join('/'), kind: 'endpoint' };
    // With a dot behind it, and in an older spelling with its region before it: `s3://us-east-1.NAME/`.
    const name = head.replace(/^[a-z]{2}(-[a-z]+)+-\d\./, '').replace(/\.$/, '');
    return { id: `arn:${session.partition}:s3:::${name}`, kind: 'object_store', name };
  }
  if (head === '') return { id: LocationArn, kind: kindOfArn(LocationArn) };
  return { id: `${scheme}://${head}`, kind: 'endpoint', name: head, account: null, region: null };
}
