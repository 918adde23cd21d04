import type { AssetKind, RelationKind } from '../../../inventory/observation.ts';
import type { Facts } from '../../code/fact.ts';
import type { Value } from '../../code/value.ts';

/** One resource of a template, its properties evaluated as far as they go. */
export interface Resource {
  readonly logical: string;
  readonly type: string;
  readonly properties: Value;
}

export interface Tie {
  readonly kind: RelationKind;
  /** What names the other end: a reference, a name or an ARN. */
  readonly to: Value;
  /** What the other end is, where it is outside the template. */
  readonly as: AssetKind;
}

/** A copy that a resource makes by itself, with no resource of its own. */
export interface Copy {
  readonly kind: RelationKind;
  readonly as: AssetKind;
  /** Region code, or what is open of it. */
  readonly region: Value;
  readonly tags?: Value;
}

export interface Description {
  readonly facts?: Facts;
  readonly ties?: readonly Tie[];
  readonly copies?: readonly Copy[];
  /** True for what keeps nothing by itself: an instance of a cluster. */
  readonly isPart?: boolean;
  /** Its tags, where they are not its own property. */
  readonly tags?: Value;
}

/** The template around a resource. */
export interface Around {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly account: string | null;
  /** Region of the deployment; null where it is not told, or is several. */
  readonly region: string | null;
  /** The resources of the template that a value may mean, by reference, name or ARN. */
  readonly meant: (value: Value) => readonly Resource[];
  /** Resources of a type that name this one in a property. */
  readonly naming: (type: string, property: string, named: Resource) => readonly Resource[];
}

export type Describe = (resource: Resource, around: Around) => Description;

export function tie(kind: RelationKind, as: AssetKind, to: Value): readonly Tie[] {
  return to === undefined || to === null || to === '' ? [] : [{ kind, as, to }];
}
