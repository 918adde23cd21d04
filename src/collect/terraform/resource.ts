import type { Fact } from '../../inventory/fact.ts';
import type { AssetKind } from '../../inventory/observation.ts';
import type { Address, InstanceKey, Step } from './address.ts';
import type { ProviderKey } from './configuration/model.ts';
import type { Mention, Statement } from './describe/description.ts';
import type { Values } from './describe/values.ts';
import type { Placed } from './place/place.ts';

/** What becomes of a resource. `forget`: it goes on existing, without Terraform. */
export type Action = 'create' | 'update' | 'replace' | 'no-op' | 'forget' | 'import' | 'existing' | 'written';

/** One instance of a managed resource, as a plan, a state or code gives it. */
export interface Instance {
  readonly at: Pick<Address, 'module' | 'type' | 'name' | 'key'>;
  readonly address: string;
  readonly provider: ProviderKey | null;
  readonly values: Values;
  readonly action: Action;
  /** The address that it moves from. */
  readonly previous: string | null;
  /** Code whose `count` or `for_each` is not worked out: there may be none, or several. */
  readonly isUncertain: boolean;
  /** Where a file gives it: of the code where that was given, else its address. */
  readonly ref: string;
  readonly sha256: string | null;
}

/** What is kept of an instance: what it says, without its values. */
export interface Draft {
  readonly address: string;
  /** Its address, after the label of its source where another has the same. */
  readonly id: string;
  readonly module: readonly Step[];
  readonly type: string;
  /** Its name in the code. */
  readonly label: string;
  readonly key: InstanceKey;
  readonly kind: AssetKind;
  readonly name: string;
  readonly placed: Placed;
  readonly tags: Fact | null;
  /** What others call it by. */
  readonly names: readonly string[];
  readonly statements: readonly Statement[];
  readonly within: readonly Mention[];
  readonly standsFor: Mention | null;
  readonly action: Action;
  readonly previous: string | null;
  readonly isUncertain: boolean;
  readonly ref: string;
  readonly sha256: string | null;
}
