import type { Namespace, Snapshot, Workgroup } from '@aws-sdk/client-redshift-serverless';
import {
  ListNamespacesCommand,
  ListSnapshotCopyConfigurationsCommand,
  ListSnapshotsCommand,
  ListTagsForResourceCommand,
  ListWorkgroupsCommand,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import type { Observation } from '../../../../inventory/observation.ts';
import type { FailedAnswer } from '../../../call.ts';
import { missingFact } from '../../../call.ts';
import { action, listing } from '../action.ts';
import { encryptionFacts, known, tagsFact } from '../fact.ts';
import type { Item, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { readShare } from '../share.ts';

const listNamespaces = listing('redshift-serverless:ListNamespaces');
const listWorkgroups = listing('redshift-serverless:ListWorkgroups');
const listSnapshots = listing('redshift-serverless:ListSnapshots');
const listCopies = listing('redshift-serverless:ListSnapshotCopyConfigurations', {
  facts: ['relations.snapshot'],
});
const listTags = action('redshift-serverless:ListTagsForResource', { facts: ['tags'] });

/** Warehouses without clusters: namespaces keep the data, work groups open the door, snapshots go to other regions. */
export const redshiftServerlessService: AwsService = {
  name: 'redshift-serverless',
  scope: 'region',
  calls: [listWorkgroups, listNamespaces, listTags, listSnapshots, listCopies],
  read: readNamespaces,
};

async function* readNamespaces(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const client = session.client(RedshiftServerlessClient);
  const doors = new Map<string, Workgroup[]>();
  const ids = new Map<string, string>();
  let unread: FailedAnswer | null = null;
  yield* listItems(session, context, {
    call: listWorkgroups,
    send: (nextToken, abortSignal) => client.send(new ListWorkgroupsCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ workgroups }) => workgroups,
    onFailure: (answer) => {
      unread = answer;
    },
    each: (group) => {
      const name = group.namespaceName ?? '';
      doors.set(name, [...(doors.get(name) ?? []), group]);
      return [];
    },
  });
  yield* listItems(session, context, {
    call: listNamespaces,
    send: (nextToken, abortSignal) => client.send(new ListNamespacesCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ namespaces }) => namespaces,
    each: async (namespace, answer) => {
      const item = showNamespace(namespace, doors.get(namespace.namespaceName ?? '') ?? [], unread, session);
      ids.set(item.name, item.id);
      return [
        observeItem(session, context, answer, item),
        ...(await askItem(
          session,
          context,
          item.id,
          listTags,
          (abortSignal) =>
            client.send(new ListTagsForResourceCommand({ resourceArn: item.id }), { abortSignal }),
          (response) => ({
            facts: { tags: tagsFact(response?.tags?.map(({ key, value }) => ({ Key: key, Value: value }))) },
          }),
        )),
      ];
    },
  });
  yield* listItems(session, context, {
    call: listSnapshots,
    send: (nextToken, abortSignal) => client.send(new ListSnapshotsCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ snapshots }) => snapshots,
    each: (snapshot, answer) =>
      observeShown(session, context, answer, showSnapshot(snapshot, session, new Set(ids.values()))),
  });
  if (!context.needs(listCopies)) return;
  yield* listItems(session, context, {
    call: listCopies,
    send: (nextToken, abortSignal) =>
      client.send(new ListSnapshotCopyConfigurationsCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ snapshotCopyConfigurations }) => snapshotCopyConfigurations,
    each: ({ namespaceName = '', destinationRegion: region }, answer) => {
      const id = ids.get(namespaceName);
      if (!region || id === undefined) return [];
      // Which snapshots arrived is for the other region to say; that they are sent there is known here.
      const to = session.arn('redshift-serverless', region, `snapshot/${namespaceName}/*`);
      return [
        observeEnd(session, answer, { id, kind: 'database', relations: [{ kind: 'snapshot', to }] }),
        observeEnd(session, answer, { id: to, kind: 'snapshot', name: `${namespaceName}/*` }),
      ];
    },
  });
}

/** Always encrypted. As open as its work groups; where those could not all be read, none that is open proves nothing. */
export function showNamespace(
  { namespaceName: name = '', namespaceArn, kmsKeyId, logExports = [] }: Namespace,
  doors: readonly Workgroup[],
  unread: FailedAnswer | null,
  session: ServiceSession,
): Item {
  const id = namespaceArn ?? session.arn('redshift-serverless', session.region, `namespace/${name}`);
  const key = kmsKeyId === 'AWS_OWNED_KMS_KEY' ? undefined : kmsKeyId;
  const { facts, relations } = encryptionFacts(session, { key, keyless: 'provider' });
  const open = doors.some(({ publiclyAccessible }) => publiclyAccessible === true);
  const group = session.arn('logs', session.region, `log-group:/aws/redshift/${name}/connectionlog`);
  return {
    id,
    kind: 'database',
    name,
    facts: {
      ...facts,
      public: unread === null || open ? known(open) : missingFact(unread),
      ...(logExports.includes('connectionlog') ? { access_log: known(true) } : {}),
    },
    relations: [...relations, ...(logExports.length > 0 ? [{ kind: 'log' as const, to: group }] : [])],
  };
}

export function showSnapshot(snapshot: Snapshot, session: ServiceSession, seen: ReadonlySet<string>): Shown {
  const { snapshotName: name = '', snapshotArn, namespaceArn, kmsKeyId } = snapshot;
  const id = snapshotArn ?? session.arn('redshift-serverless', session.region, `snapshot/${name}`);
  const key = kmsKeyId === 'AWS_OWNED_KMS_KEY' ? undefined : kmsKeyId;
  const { facts, relations } = encryptionFacts(session, { key, keyless: 'provider' });
  const share = readShare(session, [
    ...(snapshot.accountsWithRestoreAccess ?? []),
    ...(snapshot.accountsWithProvisionedRestoreAccess ?? []),
  ]);
  return {
    item: {
      id,
      kind: 'snapshot',
      name,
      facts: { ...facts, ...share.facts },
      relations: [...relations, ...(share.relations ?? [])],
    },
    ends: [
      ...(namespaceArn && seen.has(namespaceArn)
        ? [
            {
              id: namespaceArn,
              kind: 'database' as const,
              relations: [{ kind: 'snapshot' as const, to: id }],
            },
          ]
        : []),
      ...(share.ends ?? []),
    ],
  };
}
