import type { Fact, Json } from '../../../inventory/fact.ts';
import type { SeenRelation } from '../../../inventory/observation.ts';
import { parseArn } from './arn.ts';
import type { ServiceSession } from './service.ts';

export type Facts = { readonly [name: string]: Fact };

export function known(value: Json): Fact {
  return { state: 'known', value };
}

export const absent: Fact = { state: 'absent' };

export function notCollected(note?: string): Fact {
  return { state: 'not_collected', ...(note === undefined ? {} : { note }) };
}

/** Known when the answer has it; `undefined` in an answer that should have it is not collected, never false. */
export function maybe(value: Json | undefined): Fact {
  return value === undefined ? notCollected() : known(value);
}

export function listFact(items: readonly string[]): Fact {
  return items.length === 0 ? absent : known([...new Set(items)].toSorted());
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
  readonly TagKey?: string | undefined;
  readonly TagValue?: string | undefined;
}

/** Tags in any of the three shapes that AWS has for them. Undefined: the answer does not carry any, which is none. */
export function tagsFact(tags: readonly Tag[] | { readonly [key: string]: string } | null | undefined): Fact {
  const pairs = Array.isArray(tags)
    ? tags.map((tag: Tag): [string, string] => [tag.Key ?? tag.TagKey ?? '', tag.Value ?? tag.TagValue ?? ''])
    : Object.entries(tags ?? {});
  const named = pairs.filter(([key]) => key !== '').toSorted(([a], [b]) => (a < b ? -1 : 1));
  return named.length === 0 ? absent : known(Object.fromEntries(named));
}

/** ISO 8601; absent for what is kept for ever. */
export function daysFact(days: number | null | undefined): Fact {
  return days ? known(`P${days}D`) : absent;
}

/** ISO 8601, in whole days where it is. */
export function secondsFact(seconds: number): Fact {
  return known(seconds % 86_400 === 0 ? `P${seconds / 86_400}D` : `PT${seconds}S`);
}

/** `keyless`: AWS's own key encrypts where none is named. `clear`: without one nothing is encrypted. */
interface Encryption {
  /** Undefined where the service always encrypts. */
  readonly encrypted?: boolean | undefined;
  /** Id, ARN or alias of the key, as the answer has it. */
  readonly key?: string | null | undefined;
  readonly keyless: 'provider' | 'unknown';
}

/**
 * Encryption at rest with who manages the key. A key that is named may be AWS's own or the customer's: that is for the
 * key service to say, so the manager is left to the relation `key`.
 */
export function encryptionFacts(
  session: ServiceSession,
  { encrypted = true, key, keyless }: Encryption,
): { readonly facts: Facts; readonly relations: readonly SeenRelation[] } {
  if (!encrypted) {
    return {
      facts: {
        'encryption.at_rest': known(false),
        'encryption.key_manager': known('none'),
        'encryption.key_account': absent,
      },
      relations: [],
    };
  }
  const at_rest = { 'encryption.at_rest': known(true) };
  if (!key) {
    const manager = keyless === 'provider' ? known('provider') : notCollected('no key is named');
    return {
      facts: { ...at_rest, 'encryption.key_manager': manager, 'encryption.key_account': absent },
      relations: [],
    };
  }
  const id = keyArn(session, key);
  if (isProviderAlias(id)) {
    return {
      facts: {
        ...at_rest,
        'encryption.key_manager': known('provider'),
        'encryption.key_account': known(session.account),
      },
      relations: [{ kind: 'key', to: id }],
    };
  }
  return {
    facts: {
      ...at_rest,
      'encryption.key_manager': {
        state: 'not_collected',
        permission: 'kms:DescribeKey',
        note: 'who manages the key is for the key service to say',
      },
      'encryption.key_account': known(parseArn(id)?.account ?? session.account),
    },
    relations: [{ kind: 'key', to: id }],
  };
}

/** A key by ARN, whatever it was named by: `alias/x`, an id, or an ARN. */
export function keyArn(session: ServiceSession, key: string): string {
  if (key.startsWith('arn:')) return key;
  return session.arn('kms', session.region, key.startsWith('alias/') ? key : `key/${key}`);
}

/** `alias/aws/…` are the keys that AWS manages for its services. */
export function isProviderAlias(key: string): boolean {
  return /(^|:)alias\/aws\//.test(key);
}
