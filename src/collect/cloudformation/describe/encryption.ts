import { parseArn } from '../../code/arn.ts';
import { absent, type Facts, known, unsaid } from '../../code/fact.ts';
import { at, boolOf, Open, textOf, type Value } from '../../code/value.ts';
import type { Around } from './description.ts';
import { type Tie, tie } from './description.ts';

/** How a type says that it is encrypted. Paths are dotted. */
export interface Encrypted {
  /** Property that turns it on; left out where it always is. */
  readonly flag?: string;
  /** What holds where the flag is not set; `account` where a setting of the account decides. Default false. */
  readonly unset?: boolean | 'account';
  /** Property that names the customer's key. */
  readonly key?: string;
  /** True where the key alone turns it on. */
  readonly byKey?: boolean;
}

/** Encryption at rest, who manages the key, and the key. */
export function encryption(
  properties: Value,
  spec: Encrypted,
  around: Around,
): { readonly facts: Facts; readonly ties: readonly Tie[] } {
  const key = spec.key === undefined ? undefined : at(properties, ...spec.key.split('.'));
  const flag = spec.flag === undefined ? undefined : at(properties, ...spec.flag.split('.'));
  const set = boolOf(flag);
  const on = spec.byKey
    ? key !== undefined || (spec.flag !== undefined && (set ?? spec.unset === true))
    : spec.flag === undefined
      ? true
      : set === undefined
        ? undefined
        : (set ?? (spec.unset === 'account' ? undefined : (spec.unset ?? false)));
  if (on === undefined) {
    const why = unsaid(
      flag instanceof Open
        ? flag.why
        : `${spec.flag ?? 'encryption'} is not set: a setting of the account decides`,
    );
    return { facts: { 'encryption.at_rest': why, 'encryption.key_manager': why }, ties: [] };
  }
  return on
    ? encryptedBy(key, around)
    : {
        facts: {
          'encryption.at_rest': known(false),
          'encryption.key_manager': known('none'),
          'encryption.key_account': absent,
        },
        ties: [],
      };
}

const PROVIDERS_OWN = /(^|:)alias\/aws\//;

/** Encrypted, with the key that is named; the provider's own where none is. */
export function encryptedBy(
  key: Value,
  around: Around,
): { readonly facts: Facts; readonly ties: readonly Tie[] } {
  const atRest = { 'encryption.at_rest': known(true) };
  const text = textOf(key) ?? (key instanceof Open ? key.text : null);
  if (key === undefined || key === null || key === '' || (text !== null && PROVIDERS_OWN.test(text)))
    return { facts: { ...atRest, 'encryption.key_manager': known('provider') }, ties: [] };
  const isTold =
    typeof key === 'string' || around.meant(key).some(({ type }) => type.startsWith('AWS::KMS::'));
  const account = text === null ? null : (parseArn(text)?.account ?? null);
  return {
    facts: {
      ...atRest,
      'encryption.key_manager': isTold
        ? known('customer')
        : unsaid(key instanceof Open ? `the key: ${key.why}` : 'the key cannot be read'),
      ...(account === null ? {} : { 'encryption.key_account': known(account) }),
    },
    ties: tie('key', 'key', key),
  };
}
