import type { Fact, Json, Tree } from '../../../inventory/fact.ts';
import { isTree } from '../../../inventory/fact.ts';
import type { SeenRelation } from '../../../inventory/observation.ts';
import { absent, type Facts, known, unsaid } from '../../code/fact.ts';
import { at, textAt } from '../read/json.ts';
import { locationCode } from '../read/location.ts';

export { absent, type Facts, known, unsaid };

export function listFact(items: readonly string[]): Fact {
  return items.length === 0 ? absent : known([...new Set(items)].toSorted());
}

/** Where an answer says that something is. A location that is left out or empty is not known, and `global` is no region. */
export function placeFacts(location: string | null, note = 'the answer has no location'): Facts {
  const code = locationCode(location);
  return { 'place.region': code === null ? unsaid(note) : known(code) };
}

/** Tags as answers carry them; a resource without any has no such field. */
export function tagsFact(resource: Json): Fact {
  const tags = at(resource, 'tags');
  const pairs = isTree(tags)
    ? Object.entries(tags).map(([key, value]) => [key, typeof value === 'string' ? value : ''] as const)
    : [];
  return pairs.length === 0
    ? absent
    : known(Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/**
 * Azure encrypts whatever it stores, and a customer's key may be named (https://learn.microsoft.com/azure/security/fundamentals/encryption-atrest).
 * The vault is known by the host of the key's address.
 */
export function encryption(key: string | null): {
  readonly facts: Facts;
  readonly relations: readonly SeenRelation[];
} {
  return {
    facts: {
      'encryption.at_rest': known(true),
      'encryption.key_manager': known(key === null ? 'provider' : 'customer'),
    },
    relations: key === null ? [] : [{ kind: 'key', to: vaultOfKey(key) }],
  };
}

/** `https://coffre.vault.azure.net/keys/k/1` → `https://coffre.vault.azure.net`: the name by which stores know a vault. */
export function vaultOfKey(address: string): string {
  return URL.canParse(address) ? `https://${new URL(address).host.toLowerCase()}` : address;
}

/** Closed to the internet, where it says so. Reachable is not open: who may read behind it, keys and rules decide. */
export function network(properties: Tree | Json | undefined): Facts {
  const access =
    textAt(properties, 'publicNetworkAccess') ?? textAt(properties, 'network', 'publicNetworkAccess');
  return /^(disabled|securedbyperimeter)$/i.test(access ?? '') ? { public: known(false) } : {};
}

/** ISO 8601; not known where no number is given. */
export function periodFact(days: number | null, note: string): Fact {
  return days === null ? unsaid(note) : days > 0 ? known(`P${days}D`) : absent;
}
