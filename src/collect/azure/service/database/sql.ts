import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { mapBounded } from '../../../bounded.ts';
import type { Answer } from '../../../call.ts';
import { observe } from '../../../call.ts';
import { textAt } from '../../read/json.ts';
import type { Said } from '../ask.ts';
import { askItem, listItems, observeAnswer } from '../ask.ts';
import { encryption, known, network } from '../fact.ts';
import type { Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import { listPages } from '../page.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, askArm, listing } from '../service.ts';
import { geoBackup } from './copy.ts';
import { readGroups, readLinks, replicaCalls } from './sql-replica.ts';

const API = '2023-08-01';
const listServers = listing('Microsoft.Sql/servers/read', API, 'Servers_List');
const listDatabases = action('Microsoft.Sql/servers/databases/read', API, 'Databases_ListByServer');
const getProtector = action(
  'Microsoft.Sql/servers/encryptionProtector/read',
  API,
  'EncryptionProtectors_Get',
  {
    facts: ['encryption.key_manager'],
  },
);
const getEncryption = action(
  'Microsoft.Sql/servers/databases/transparentDataEncryption/read',
  API,
  'TransparentDataEncryptions_Get',
  { facts: ['encryption.at_rest'] },
);

/** SQL servers and their databases: geo-replicas, failover groups, where backups are kept, keys. */
export const sqlService: AzureService = {
  name: 'sql',
  scope: 'subscription',
  calls: [listServers, listDatabases, getProtector, getEncryption, ...replicaCalls, ...diagnosticCalls],
  read: readServers,
};

async function* readServers(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.Sql/servers`;
  yield* listItems(session, context, listServers, path, async (server, answer) => {
    // The server holds nothing by itself: its databases do.
    const item = itemOf(server, 'other');
    return [
      ...observeItem(session, context, answer, item),
      ...(await readDatabases(session, context, server, item.id)),
      ...(await readLinks(session, context, item)),
      ...(await readGroups(session, context, item)),
    ];
  });
}

async function readDatabases(
  session: AzureSession,
  context: ServiceContext,
  server: Tree,
  id: string,
): Promise<readonly Observation[]> {
  const seen: Observation[] = [];
  const protector = context.needs(getProtector)
    ? await askArm(session, context, getProtector, `${id}/encryptionProtector/current`)
    : null;
  for await (const { answer, items, number } of listPages(
    session,
    context,
    listDatabases,
    `${id}/databases`,
  )) {
    // Databases that cannot be listed may be anything: the subscription was not read to its end.
    const subject = answer.state === 'ok' ? id : session.scope;
    seen.push(observe(session.scene(subject), answer, { about: { page: number, items: items.length } }));
    const shown = mapBounded(items, context.concurrency, (database) =>
      readDatabase(session, context, showDatabase(database, server), answer, protector),
    );
    for await (const one of shown) seen.push(...one);
  }
  return seen;
}

async function readDatabase(
  session: AzureSession,
  context: ServiceContext,
  item: Item,
  answer: Answer<Json>,
  protector: Answer<Json> | null,
): Promise<readonly Observation[]> {
  const own = observeItem(session, context, answer, item);
  if (item.kind !== 'database') return own;
  const path = `${item.id}/transparentDataEncryption/current`;
  return [
    ...own,
    ...(protector === null
      ? []
      : observeAnswer(session, context, item, getProtector, protector, readProtector)),
    ...(await askItem(session, context, item, getEncryption, path, readEncryption)),
    ...(await diagnose(session, context, item, 'auditing of the server is not told here')),
  ];
}

/**
 * Connections to Azure SQL are always encrypted. The database `master` that every server has is the system's own.
 * https://learn.microsoft.com/rest/api/sql/databases/list-by-server
 */
export function showDatabase(database: Tree, server: Tree): Item {
  const isSystem =
    /(^|,)system(,|$)/i.test(textAt(database, 'kind') ?? '') || textAt(database, 'sku', 'name') === 'System0';
  const item = itemOf(database, isSystem ? 'other' : 'database');
  const { 'encryption.key_manager': _, ...facts } = encryption(null).facts;
  return {
    ...item,
    location: textAt(database, 'location') ?? textAt(server, 'location'),
    facts: {
      ...item.facts,
      'encryption.in_transit': known(true),
      ...(isSystem ? facts : {}),
      ...network(server['properties']),
    },
    copies: isSystem
      ? []
      : geoBackup(
          textAt(database, 'properties', 'currentBackupStorageRedundancy') ??
            textAt(database, 'properties', 'requestedBackupStorageRedundancy'),
        ),
  };
}

/** https://learn.microsoft.com/rest/api/sql/encryption-protectors/get */
export function readProtector(response: Json | null): Said {
  const type = textAt(response ?? undefined, 'properties', 'serverKeyType');
  if (type === null) return { unreadable: 'error', code: 'EmptyAnswer' };
  const uri = textAt(response ?? undefined, 'properties', 'uri') ?? 'a key vault that is not named';
  const { facts, relations } = encryption(/^azurekeyvault$/i.test(type) ? uri : null);
  const manager = facts['encryption.key_manager'];
  return { facts: manager === undefined ? {} : { 'encryption.key_manager': manager }, relations };
}

/** Older answers call it `status`. */
function readEncryption(response: Json | null): Said {
  const properties = response ?? undefined;
  const state = textAt(properties, 'properties', 'state') ?? textAt(properties, 'properties', 'status');
  return state === null
    ? { unreadable: 'error', code: 'EmptyAnswer' }
    : { facts: { 'encryption.at_rest': known(/^enabled$/i.test(state)) } };
}
