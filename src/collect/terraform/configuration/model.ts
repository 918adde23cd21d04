import type { Position } from '../../../error.ts';
import type { Json } from '../../../inventory/fact.ts';
import type { Body, Node } from '../hcl/node.ts';
import type { Tree } from '../json/tree.ts';

/** What stands at the right of an equals sign: a plan tells the value or what is referred to, the code all of it. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'references'; readonly references: readonly string[] }
  | { readonly kind: 'code'; readonly node: Node; readonly where: Position | null };

/** What a block holds, from the plan's `expressions` or from the code. */
export type Settings =
  | { readonly from: 'plan'; readonly tree: Tree }
  | { readonly from: 'code'; readonly body: Body; readonly where: Position };

/** Which provider configuration: the module that names it, and its local name (`aws`, `aws.west`). */
export interface ProviderKey {
  readonly path: readonly string[];
  readonly name: string;
}

export interface ProviderConfig {
  /** `registry.terraform.io/hashicorp/aws`; null where it is not told. */
  readonly fullName: string | null;
  /** Empty for a stub, by which a plan says that the module needs the provider and configures none. */
  readonly settings: Settings;
  readonly where: Position | null;
}

export interface Variable {
  /** Left out: it has none, or none that holds (what is ephemeral is not kept in a plan). */
  readonly default?: Json;
  readonly isSensitive: boolean;
  readonly where: Position | null;
}

export interface Call {
  readonly module: Module;
  readonly settings: Settings;
  /** The `providers` map, by the name in the child. Null: a plan does not tell it. */
  readonly passes: ReadonlyMap<string, string> | null;
  readonly forEach: Expression | null;
  readonly count: Expression | null;
  readonly source: string | null;
  readonly where: Position | null;
}

export interface Declared {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly provider: ProviderKey;
  readonly settings: Settings;
  readonly forEach: Expression | null;
  readonly count: Expression | null;
  readonly where: Position | null;
}

/** A module as it is called, once for each call, without the instances that `count` and `for_each` make of it. */
export interface Module {
  readonly path: readonly string[];
  readonly providers: Map<string, ProviderConfig>;
  readonly variables: Map<string, Variable>;
  readonly locals: Map<string, Expression>;
  readonly outputs: Map<string, Expression>;
  readonly calls: Map<string, Call>;
  /** By `TYPE.NAME`, with `data.` before what is only read. */
  readonly resources: Map<string, Declared>;
}

/** All that is told of the code: by the plan, by the files, or by both; and the values of the root's variables. */
export interface Configuration {
  readonly plan: Module | null;
  readonly code: Module | null;
  readonly variables: ReadonlyMap<string, { readonly value: Json; readonly from: string }>;
  /** Since Terraform 1.2 a plan's keys lead through what modules are passed, and a stub tells that nothing is. */
  readonly keysFollowPasses: boolean;
}

export function createModule(path: readonly string[]): Module {
  return {
    path,
    providers: new Map(),
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    calls: new Map(),
    resources: new Map(),
  };
}

export function moduleAt(root: Module | null, path: readonly string[]): Module | null {
  let module = root;
  for (const name of path) module = module?.calls.get(name)?.module ?? null;
  return module;
}

export function callAt(root: Module | null, path: readonly string[]): Call | null {
  const name = path.at(-1);
  return name === undefined ? null : (moduleAt(root, path.slice(0, -1))?.calls.get(name) ?? null);
}

export function resourceKey(mode: 'managed' | 'data', type: string, name: string): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
}

export function formatPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
