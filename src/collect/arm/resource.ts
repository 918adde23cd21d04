import type { Position, Problem } from '../../error.ts';
import type { SourceText } from '../code/document.ts';
import { Open, textOf, type Value, type ValueTree } from '../code/value.ts';

/** One resource of a template, or of a deployment nested in it. */
export interface Resource {
  /** `TYPE/NAME`, its symbolic name, or where it stands; unique in its file. */
  readonly path: string;
  readonly type: string;
  /** Segments of its name after those of its parents, joined by `/`; `{…}` for what is open. */
  readonly name: string;
  readonly symbol: string | null;
  /** The resource as written, evaluated: `location`, `tags`, `sku`, `kind`, `properties`… */
  readonly body: ValueTree;
  /** The id of what it extends: its `scope`. */
  readonly scope: Value;
  /** Location of the deployment that it is part of. */
  readonly around: Value;
  readonly where: Position;
  /** What keeps it from being sure: a condition, the number of a loop. */
  readonly notes: readonly string[];
}

/** Where a template is deployed: what `bercail.yaml` says of it. */
export interface Deployment {
  readonly location: string | null;
  readonly subscription: string | null;
}

export interface Template {
  readonly resources: readonly Resource[];
  readonly defined: number;
  readonly leftOut: readonly string[];
}

export type Path = readonly (string | number)[];

/** What is gathered while a template is opened. */
export interface Draft {
  readonly source: SourceText;
  readonly resources: Resource[];
  readonly leftOut: string[];
  readonly problems: Problem[];
  readonly paths: Map<string, number>;
  readonly deployment: Deployment;
  readonly budget: { left: number };
  defined: number;
}

/** Where a deployment, or one nested in it, puts what does not say. */
export interface Setting {
  readonly location: Value;
  readonly group: Value;
}

/** `Microsoft.Storage/storageAccounts/NAME`; the names of parents between the types. */
export function keyOf(type: string, name: string): string {
  const [provider = '', ...types] = type.split('/');
  const names = name.split('/');
  return [provider, ...types.flatMap((one, i) => [one, ...(names[i] === undefined ? [] : [names[i]])])].join(
    '/',
  );
}

/** Where a resource group is that the template makes itself. */
export function locationOfGroup({ resources }: Draft, named: Value): Value {
  const name = textOf(named) ?? (named instanceof Open ? named.text : null);
  const group = resources.find(
    (one) => /^Microsoft\.Resources\/resourceGroups$/i.test(one.type) && one.name === name,
  );
  return (
    group?.body['location'] ??
    new Open(`the location of the resource group ${name ?? '?'} is not in the template`)
  );
}
