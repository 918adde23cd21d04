import { days, known } from '../code/fact.ts';
import { at, items, numberOf, Open, textOf } from '../code/value.ts';
import { type Copy, type Describe, encrypted, geo, network, prop, tie } from './description.ts';

/** Servers whose backups may be kept in the paired region, and their replicas. */
export const server: Describe = (resource) => {
  const key = prop(resource, 'dataEncryption', 'primaryKeyURI');
  const source = prop(resource, 'sourceServerResourceId');
  const kept = numberOf(prop(resource, 'backup', 'backupRetentionDays'));
  const { facts, ties = [] } = encrypted(key);
  return {
    facts: {
      ...facts,
      ...network(resource),
      ...(kept === null ? {} : { 'backup.retention': days(kept, 'backupRetentionDays') }),
    },
    ties: [...ties, ...tie('replica', 'database', source, true)],
    copies: geo(
      prop(resource, 'backup', 'geoRedundantBackup') ??
        prop(resource, 'storageProfile', 'geoRedundantBackup'),
      false,
      'backup',
      'backup',
      'snapshot',
    ),
  };
};

/** Backups of Azure SQL are geo-redundant unless it says otherwise. */
export const sql: Describe = (resource) => {
  const { facts, ties = [] } = encrypted(prop(resource, 'encryptionProtector') ?? prop(resource, 'keyId'));
  return {
    facts: { ...facts, 'encryption.in_transit': known(true), ...network(resource) },
    ties: [
      ...ties,
      ...(/^(secondary|onlinesecondary|copy)$/i.test(textOf(prop(resource, 'createMode')) ?? '')
        ? tie(
            'replica',
            'database',
            prop(resource, 'sourceDatabaseId') ?? prop(resource, 'sourceResourceId'),
            true,
          )
        : []),
    ],
    copies: geo(prop(resource, 'requestedBackupStorageRedundancy'), true, 'backup', 'backup', 'snapshot'),
  };
};

/** Each of its locations has all of it; the first to be failed over to is where it is written. */
export const cosmos: Describe = (resource) => {
  const { facts, ties = [] } = encrypted(prop(resource, 'keyVaultKeyUri'));
  const locations = items(prop(resource, 'locations')).map((one) => ({
    name: at(one, 'locationName'),
    first: numberOf(at(one, 'failoverPriority')) === 0,
    isOpen: one instanceof Open,
  }));
  // A list that is not told has places beside its own, as far as anybody knows.
  const own = locations.find(({ first }) => first) ?? locations.find(({ isOpen }) => !isOpen);
  const others = locations.filter((one) => one !== own);
  const code = textOf(own?.name);
  return {
    facts: {
      ...facts,
      'encryption.in_transit': known(true),
      ...network(resource),
      ...(code === null
        ? {}
        : {
            'place.region': known(code),
            'place.derivation': known([`locations, failover priority 0: ${code}`]),
          }),
    },
    ties,
    copies: [
      ...others.map(
        ({ name }, i): Copy => ({
          suffix: textOf(name) ?? `replica-${i + 1}`,
          kind: 'replica',
          as: 'database',
          location: name,
        }),
      ),
      ...(/^continuous$/i.test(textOf(prop(resource, 'backupPolicy', 'type')) ?? '')
        ? []
        : geo(
            prop(resource, 'backupPolicy', 'periodicModeProperties', 'backupStorageRedundancy'),
            true,
            'backup',
            'backup',
            'snapshot',
          )),
    ],
  };
};
