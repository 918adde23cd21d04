import type { Fact } from '../../../inventory/fact.ts';
import { parseArn } from '../../code/arn.ts';
import { absent, type Facts, known, unsaid } from '../../code/fact.ts';
import { mention, type Tie, tie } from './description.ts';
import { isWritten, referencesAt, textAt, type Values } from './values.ts';

interface Encryption {
  /** Undefined: not known yet. */
  readonly atRest: boolean | undefined;
  /** The attribute that names the customer's key; null where there is no way to. */
  readonly key: string | null;
  readonly note?: string;
}

/** Encryption at rest and who manages the key. Where a customer's key may be named and is not, it is the provider's. */
export function encryption(
  values: Values,
  { atRest, key, note }: Encryption,
): { readonly facts: Facts; readonly ties: readonly Tie[] } {
  if (atRest === undefined) {
    const why = unsaid(note ?? 'known after apply');
    return { facts: { 'encryption.at_rest': why, 'encryption.key_manager': why }, ties: [] };
  }
  if (!atRest) {
    return {
      facts: {
        'encryption.at_rest': known(false),
        'encryption.key_manager': known('none'),
        'encryption.key_account': absent,
      },
      ties: [],
    };
  }
  const manager = key === null ? known('provider') : keyManager(values, key);
  const named =
    key === null || (manager.state === 'known' && manager.value === 'provider') ? null : mention(values, key);
  const account = named?.name ? (parseArn(named.name)?.account ?? null) : null;
  return {
    facts: {
      'encryption.at_rest': known(true),
      'encryption.key_manager': manager,
      ...(account === null ? {} : { 'encryption.key_account': known(account) }),
    },
    ties: tie('key', named),
  };
}

const KEYS = /^(?:module\.[^.]+\.)*(?:aws_kms_|azurerm_key_vault|azurerm_disk_encryption_set|google_kms_)/;
const PROVIDERS_OWN = /(^|:)alias\/aws\//;

function keyManager(values: Values, attribute: string): Fact {
  const key = textAt(values, attribute);
  if (key === null) return known('provider');
  if (key !== undefined) return known(PROVIDERS_OWN.test(key) ? 'provider' : 'customer');
  // The provider fills in its own key where the code names none.
  if (isWritten(values, attribute) === false) return known('provider');
  const references = referencesAt(values, attribute) ?? [];
  if (references.some((reference) => KEYS.test(reference))) return known('customer');
  return unsaid(`${attribute} names a key that is known after apply`);
}
