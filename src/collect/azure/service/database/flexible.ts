import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { canonicalId } from '../../read/id.ts';
import { numberAt, textAt } from '../../read/json.ts';
import { askItem, listItems } from '../ask.ts';
import { encryption, known, network, periodFact, unsaid } from '../fact.ts';
import type { End, Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import type { AzureService } from '../service.ts';
import { action, listing } from '../service.ts';
import { geoBackup } from './copy.ts';

export const postgresqlService = flexibleServers('postgresql', 'Microsoft.DBforPostgreSQL', '2025-08-01');
export const mysqlService = flexibleServers('mysql', 'Microsoft.DBforMySQL', '2023-12-30');

/** Flexible servers: their replicas, and backups in the paired region. */
function flexibleServers(name: string, provider: string, apiVersion: string): AzureService {
  const listServers = listing(`${provider}/flexibleServers/read`, apiVersion, 'Servers_List');
  const getTransport = action(
    `${provider}/flexibleServers/configurations/read`,
    apiVersion,
    'Configurations_Get',
    {
      facts: ['encryption.in_transit'],
    },
  );
  return {
    name,
    scope: 'subscription',
    calls: [listServers, getTransport, ...diagnosticCalls],
    async *read(session, context): AsyncGenerator<Observation> {
      const path = `/subscriptions/${session.subscription}/providers/${provider}/flexibleServers`;
      yield* listItems(session, context, listServers, path, async (server, answer) => {
        const item = showServer(server);
        return [
          ...observeItem(session, context, answer, item),
          ...(await askItem(
            session,
            context,
            item,
            getTransport,
            `${item.id}/configurations/require_secure_transport`,
            (response) => {
              const value = textAt(response ?? undefined, 'properties', 'value');
              return value === null
                ? { unreadable: 'error', code: 'EmptyAnswer' }
                : { facts: { 'encryption.in_transit': known(/^on$/i.test(value)) } };
            },
          )),
          ...(await diagnose(session, context, item, 'the server may log otherwise')),
        ];
      });
    },
  };
}

/** https://learn.microsoft.com/azure/postgresql/backup-restore/concepts-geo-disaster-recovery */
export function showServer(server: Tree): Item {
  const item = itemOf(server, 'database');
  const properties: Json | undefined = server['properties'];
  const type = textAt(properties, 'dataEncryption', 'type');
  const key = textAt(properties, 'dataEncryption', 'primaryKeyURI');
  const { facts, relations } = encryption(
    /^azurekeyvault$/i.test(type ?? '') ? (key ?? 'a key vault that is not named') : key,
  );
  const source = textAt(properties, 'sourceServerResourceId');
  const role =
    textAt(properties, 'replicationRole') ??
    textAt(properties, 'replica', 'role') ??
    (source === null ? 'None' : 'Replica');
  const isReplica = source !== null && /replica/i.test(role);
  const ends: End[] = isReplica
    ? [{ id: canonicalId(source), kind: 'database', relations: [{ kind: 'replica', to: item.id }] }]
    : [];
  // Replicas have no backups of their own.
  const backups = /replica/i.test(role) ? [] : geoBackup(textAt(properties, 'backup', 'geoRedundantBackup'));
  const kept = numberAt(properties, 'backup', 'backupRetentionDays');
  return {
    ...item,
    facts: {
      ...item.facts,
      ...facts,
      ...network(properties),
      ...(kept === null ? {} : { 'backup.retention': periodFact(kept, '') }),
      ...(source === null && /replica/i.test(role)
        ? { 'relations.replica': unsaid('of which server it is a replica') }
        : {}),
    },
    relations,
    copies: backups,
    ends,
  };
}
