import type { Tree } from '../../../../inventory/fact.ts';
import type { Observation, SeenRelation } from '../../../../inventory/observation.ts';
import { isFailed, observe } from '../../../call.ts';
import { canonicalId, nameOfId } from '../../read/id.ts';
import { textAt, textsAt, treesAt } from '../../read/json.ts';
import { placeFacts } from '../fact.ts';
import type { End, Item } from '../item.ts';
import { observeEnd } from '../item.ts';
import { listAll } from '../page.ts';
import type { AzureSession, ServiceCall, ServiceContext } from '../service.ts';
import { action } from '../service.ts';

const API = '2023-08-01';
const facts = ['relations.replica'];
const listLinks = action(
  'Microsoft.Sql/servers/replicationLinks/read',
  API,
  'ReplicationLinks_ListByServer',
  { facts },
);
const listGroups = action('Microsoft.Sql/servers/failoverGroups/read', API, 'FailoverGroups_ListByServer', {
  facts,
});
export const replicaCalls: readonly ServiceCall[] = [listLinks, listGroups];

/** Active geo-replication: each link goes from a database to one of another server. */
export function readLinks(
  session: AzureSession,
  context: ServiceContext,
  server: Item,
): Promise<readonly Observation[]> {
  return readEnds(session, context, server, listLinks, `${server.id}/replicationLinks`, linkEnds);
}

/** Failover groups: the partner server has a copy of each database of the group. */
export function readGroups(
  session: AzureSession,
  context: ServiceContext,
  server: Item,
): Promise<readonly Observation[]> {
  return readEnds(session, context, server, listGroups, `${server.id}/failoverGroups`, groupEnds);
}

async function readEnds(
  session: AzureSession,
  context: ServiceContext,
  { id }: Item,
  call: ServiceCall,
  path: string,
  endsOf: (item: Tree) => readonly End[],
): Promise<readonly Observation[]> {
  if (!context.needs(call)) return [];
  const { answer, items } = await listAll(session, context, call, path);
  // Copies that cannot be listed may be anywhere: the subscription was not read to its end.
  const subject = isFailed(answer) ? session.scope : id;
  return [
    observe(session.scene(subject), answer, { about: { items: items.length } }),
    ...items.flatMap(endsOf).map((end) => observeEnd(session, answer, end)),
  ];
}

/** https://learn.microsoft.com/rest/api/sql/replication-links/list-by-server */
export function linkEnds(link: Tree): readonly End[] {
  const id = textAt(link, 'id');
  const [, database] = /^(.*\/databases\/[^/]+)\/replicationlinks\//i.exec(id ?? '') ?? [];
  // The other end of the link tells the same from its side; what leaves is told by the primary.
  const isPrimary = /^(primary|source)$/i.test(textAt(link, 'properties', 'role') ?? '');
  if (database === undefined || !isPrimary) return [];
  const location = textAt(link, 'properties', 'partnerLocation');
  const partner = textAt(link, 'properties', 'partnerDatabaseId');
  const server = textAt(link, 'properties', 'partnerServer');
  const name = textAt(link, 'properties', 'partnerDatabase');
  const from = canonicalId(database);
  const to = partner === null ? `${from}@${server ?? location ?? 'replica'}` : canonicalId(partner);
  return [
    { id: from, kind: 'database', relations: [{ kind: 'replica', to }] },
    {
      id: to,
      kind: 'database',
      name: name ?? nameOfId(database),
      facts: placeFacts(location, 'the link does not say where its partner is'),
    },
  ];
}

/** https://learn.microsoft.com/rest/api/sql/failover-groups/list-by-server */
export function groupEnds(group: Tree): readonly End[] {
  const isPrimary = !/^secondary$/i.test(textAt(group, 'properties', 'replicationRole') ?? '');
  if (!isPrimary) return [];
  const partners = treesAt(group, 'properties', 'partnerServers');
  return textsAt(group, 'properties', 'databases').flatMap((database) => {
    const from = canonicalId(database);
    const copies = partners.map((partner, i): End => {
      const server = textAt(partner, 'id');
      const name = nameOfId(database);
      return {
        id:
          server === null
            ? `${from}@failover-${i + 1}`
            : `${canonicalId(server)}/databases/${name.toLowerCase()}`,
        kind: 'database',
        name,
        facts: placeFacts(textAt(partner, 'location'), 'the group does not say where its partner is'),
      };
    });
    const relations = copies.map(({ id }): SeenRelation => ({ kind: 'replica', to: id }));
    return [{ id: from, kind: 'database', relations }, ...copies];
  });
}
