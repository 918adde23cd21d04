import type { Open, Value, ValueTree } from '../code/value.ts';

/** What expressions of one template are evaluated against. */
export interface Scope {
  readonly parameters: ValueTree;
  readonly given: ReadonlyMap<string, Value>;
  readonly mappings: ValueTree;
  readonly conditions: ValueTree;
  readonly resources: ValueTree;
  /** `AWS::Region` and the like; undefined where the deployment is not told. */
  readonly pseudo: { readonly [name: string]: Value };
  /** Conditions decided already: they may refer to one another many times over. */
  readonly decided: Map<string, boolean | Open>;
  /** How many more references may be followed: what refers to itself ends. */
  readonly left: number;
}
