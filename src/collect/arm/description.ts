import type { AssetKind, RelationKind } from '../../inventory/observation.ts';
import { type Facts, known, unsaid } from '../code/fact.ts';
import { at, Open, textOf, type Value } from '../code/value.ts';
import type { Resource } from './resource.ts';

export interface Tie {
  readonly kind: RelationKind;
  readonly to: Value;
  readonly as: AssetKind;
  /** True where data comes from the other end. */
  readonly reversed?: boolean;
}

export interface Copy {
  /** What follows `@` in its id. */
  readonly suffix: string;
  readonly kind: RelationKind;
  readonly as: AssetKind;
  /** Left out for the pair of the resource's own. */
  readonly location?: Value;
}

export interface Description {
  readonly facts?: Facts;
  readonly ties?: readonly Tie[];
  readonly copies?: readonly Copy[];
}

export type Describe = (resource: Resource, children: (type: string) => readonly Resource[]) => Description;

export const prop = ({ body }: Resource, ...path: readonly string[]): Value =>
  at(body, 'properties', ...path);

export function tie(kind: RelationKind, as: AssetKind, to: Value, reversed = false): readonly Tie[] {
  return to === undefined || to === null || to === '' ? [] : [{ kind, as, to, reversed }];
}

/** Everything in Azure is encrypted at rest; a key that is named is the customer's. */
export function encrypted(key: Value): Description & { readonly facts: Facts } {
  return {
    facts: {
      'encryption.at_rest': known(true),
      'encryption.key_manager': known(
        key === undefined || key === null || key === '' ? 'provider' : 'customer',
      ),
    },
    ties: tie('key', 'key', key),
  };
}

export function network(resource: Resource): Facts {
  const access = prop(resource, 'publicNetworkAccess') ?? prop(resource, 'network', 'publicNetworkAccess');
  if (access instanceof Open) return { public: unsaid(access.why) };
  // Reachable is not open: who may read behind it is for keys and rules, which a template does not show.
  return /^(disabled|securedbyperimeter)$/i.test(textOf(access) ?? '') ? { public: known(false) } : {};
}

/** A geo-redundant copy; where its setting is open, one of which the place is not known. */
export function geo(
  value: Value,
  unset: boolean,
  suffix: string,
  kind: RelationKind,
  as: AssetKind,
): readonly Copy[] {
  if (value instanceof Open && value.text === null)
    return [{ suffix, kind, as, location: new Open(`whether there is a copy: ${value.why}`) }];
  const text = textOf(value);
  const isGeo = text === null ? unset : /(^|_)(RA)?GZ?RS|^Geo|^Enabled$/i.test(text);
  return isGeo ? [{ suffix, kind, as }] : [];
}
