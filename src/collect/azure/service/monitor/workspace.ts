import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { canonicalId } from '../../read/id.ts';
import { boolAt, numberAt, textAt } from '../../read/json.ts';
import { askItems, listItems } from '../ask.ts';
import { encryption, known, periodFact, unsaid } from '../fact.ts';
import type { Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';
import { observeSink, sinkCalls } from './sink.ts';

const listWorkspaces = listing(
  'Microsoft.OperationalInsights/workspaces/read',
  '2025-02-01',
  'Workspaces_List',
);
const listExports = action(
  'Microsoft.OperationalInsights/workspaces/dataExports/read',
  '2025-02-01',
  'DataExports_ListByWorkspace',
  { facts: ['relations.replica'] },
);

/** Log Analytics: how long a workspace keeps, where it is replicated, and where it sends what comes in. */
export const workspaceService: AzureService = {
  name: 'log-analytics',
  scope: 'subscription',
  calls: [listWorkspaces, listExports, ...sinkCalls],
  read: readWorkspaces,
};

async function* readWorkspaces(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.OperationalInsights/workspaces`;
  yield* listItems(session, context, listWorkspaces, path, async (workspace, answer) => {
    const item = showWorkspace(workspace);
    const exports: string[] = [];
    const said = await askItems(session, context, item, listExports, `${item.id}/dataExports`, (items) => {
      for (const one of items)
        if (boolAt(one, 'properties', 'enable') !== false) exports.push(...targetOf(one));
      return { relations: exports.map((to) => ({ kind: 'replica', to })) };
    });
    const ends = await Promise.all(exports.map((to) => observeSink(session, context, answer, to)));
    return [...observeItem(session, context, answer, item), ...said, ...ends.flat()];
  });
}

function targetOf(dataExport: Tree): readonly string[] {
  const id = textAt(dataExport, 'properties', 'destination', 'resourceId');
  return id === null ? [] : [canonicalId(id)];
}

/** Whoever asks it has signed in; a cluster may have a key of the customer's, that only the cluster tells of. */
export function showWorkspace(workspace: Tree): Item {
  const item = itemOf(workspace, 'log_store');
  const properties: Json | undefined = workspace['properties'];
  const { facts } = encryption(null);
  const isClustered = textAt(properties, 'features', 'clusterResourceId') !== null;
  const isReplicated = boolAt(properties, 'replication', 'enabled') === true;
  return {
    ...item,
    facts: {
      ...item.facts,
      ...facts,
      ...(isClustered
        ? { 'encryption.key_manager': unsaid('the cluster of the workspace has the key') }
        : {}),
      public: known(false),
      retention: periodFact(numberAt(properties, 'retentionInDays'), 'the answer has no retention'),
    },
    copies: isReplicated
      ? [
          {
            suffix: 'replica',
            kind: 'replica',
            as: 'log_store',
            location: textAt(properties, 'replication', 'location'),
          },
        ]
      : [],
  };
}
