import { BercailError, type Position, type Problem } from '../../error.ts';
import { bucketOfHost, parseArn, providerOfAwsRegion } from '../code/arn.ts';
import type { SourceText } from '../code/document.ts';
import {
  alternatives,
  at,
  isValueTree,
  Open,
  oneOf,
  textOf,
  type Value,
  type ValueTree,
} from '../code/value.ts';
import { conditionOf } from './condition.ts';
import type { Around, Resource } from './describe/description.ts';
import { evaluate } from './intrinsic.ts';
import { typeEntry } from './kind.ts';
import { expandLoops, isMacro } from './loop.ts';
import type { Scope } from './scope.ts';

/** Where a template is deployed: what `bercail.yaml` says of it. */
export interface Deployment {
  readonly regions: readonly string[];
  readonly account: string | null;
  readonly stack: string | null;
}

export interface PlacedResource extends Resource {
  readonly where: Position;
  /** Why it is not known whether it will be there; null for what will. */
  readonly condition: string | null;
}

export interface Template extends Around {
  readonly resources: ReadonlyMap<string, PlacedResource>;
  readonly defined: number;
  /** Logical names of resources whose condition does not hold. */
  readonly leftOut: readonly string[];
}

/** Opens a template with its deployment. Throws `input` with every problem of it, each with its position. */
export function openTemplate(
  { tree, positionOf }: SourceText,
  given: ReadonlyMap<string, Value>,
  deployment: Deployment,
): Template {
  const declared = tree['Resources'];
  if (!isValueTree(declared)) {
    throw new BercailError('input', {
      message: 'a template without resources',
      hint: 'expected `Resources`, with one entry for each',
      where: positionOf(['Resources']),
    });
  }
  const section = (name: string): ValueTree => (isValueTree(tree[name]) ? tree[name] : {});
  const base: Scope = {
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    resources: {},
    given,
    pseudo: pseudoOf(deployment),
    decided: new Map(),
    left: 64,
  };
  const written = Object.fromEntries(Object.entries(declared).filter(([name, body]) => !isMacro(name, body)));
  const entries = expandLoops(written, (expression) => evaluate(expression, base));
  const scope: Scope = {
    ...base,
    resources: Object.fromEntries(entries.map(({ logical, body }) => [logical, body])),
  };
  const problems: Problem[] = [];
  const resources = new Map<string, PlacedResource>();
  const leftOut: string[] = [];
  for (const { logical, body, key } of entries) {
    const where = positionOf(['Resources', key]);
    const type = isValueTree(body) ? textOf(body['Type']) : null;
    if (!isValueTree(body) || type === null) {
      problems.push({
        message: `the resource ${logical} has no type`,
        hint: 'expected `Type: AWS::…`',
        where,
      });
      continue;
    }
    const holds =
      body['Condition'] === undefined ? true : conditionOf({ Condition: body['Condition'] }, scope, evaluate);
    if (holds === false) {
      leftOut.push(logical);
      continue;
    }
    const properties = withGlobals(
      type,
      evaluate(body['Properties'] ?? {}, scope),
      evaluate(section('Globals'), scope),
    );
    resources.set(logical, {
      logical,
      type,
      properties,
      where,
      condition: holds instanceof Open ? holds.why : null,
    });
  }
  if (problems.length > 0) throw new BercailError('input', problems);
  const region = deployment.regions.length === 1 ? (deployment.regions[0] ?? null) : null;
  return { ...around(resources, deployment.account, region), resources, defined: entries.length, leftOut };
}

function pseudoOf({ regions, account, stack }: Deployment): Scope['pseudo'] {
  const provider = oneOf('the partition is known when it is deployed', regions.map(providerOfAwsRegion));
  const isTold = regions.length > 0;
  return {
    ...(isTold
      ? { 'AWS::Region': oneOf(`one of ${regions.join(', ')}`, regions), 'AWS::Partition': provider }
      : {}),
    ...(isTold
      ? {
          'AWS::URLSuffix':
            provider === 'aws-cn'
              ? 'amazonaws.com.cn'
              : provider === 'aws-eusc'
                ? 'amazonaws.eu'
                : 'amazonaws.com',
        }
      : {}),
    ...(account === null ? {} : { 'AWS::AccountId': account }),
    ...(stack === null ? {} : { 'AWS::StackName': stack }),
  };
}

/** What SAM's `Globals` give to every resource of a type. */
function withGlobals(type: string, properties: Value, globals: Value): Value {
  const shared = type.startsWith('AWS::Serverless::')
    ? at(globals, type.slice('AWS::Serverless::'.length))
    : undefined;
  if (!isValueTree(shared) || !isValueTree(properties)) return properties;
  const merged = Object.entries(shared).map(([name, value]) => {
    const own = properties[name];
    return [name, isValueTree(value) && isValueTree(own) ? { ...value, ...own } : (own ?? value)] as const;
  });
  return { ...properties, ...Object.fromEntries(merged) };
}

function around(
  resources: ReadonlyMap<string, PlacedResource>,
  account: string | null,
  region: string | null,
): Around {
  const byName = new Map<string, PlacedResource[]>();
  const add = (name: string | null, resource: PlacedResource): void => {
    if (name !== null && /[^*]/.test(name)) byName.set(name, [...(byName.get(name) ?? []), resource]);
  };
  for (const resource of resources.values()) add(nameOf(resource), resource);
  const meant = (value: Value, left = 4): readonly Resource[] => [
    ...new Set(
      alternatives(value).flatMap((one): readonly Resource[] => {
        const found =
          one instanceof Open && one.refs.length > 0
            ? one.refs.flatMap((ref) => resources.get(ref) ?? [])
            : candidates(one instanceof Open ? one.text : textOf(one), account, region).flatMap(
                (name) => byName.get(name) ?? [],
              );
        // An alias of a key stands for the key.
        return found.flatMap((resource) =>
          resource.type === 'AWS::KMS::Alias' && left > 0
            ? meant(at(resource.properties, 'TargetKeyId'), left - 1)
            : [resource],
        );
      }),
    ),
  ];
  const naming = (type: string, property: string, named: Resource): readonly Resource[] =>
    [...resources.values()].filter(
      (one) => one.type === type && meantIn(at(one.properties, property), meant).includes(named),
    );
  return { resources, account, region, meant, naming };
}

function meantIn(value: Value, meant: Around['meant']): readonly Resource[] {
  return Array.isArray(value) ? (value as readonly Value[]).flatMap((one) => meant(one)) : meant(value);
}

/** The name that a template gives a resource; with `*` for what is open of it. */
export function nameOf({ type, properties }: Resource): string | null {
  const property = type === 'AWS::KMS::Alias' ? 'AliasName' : typeEntry(type).name;
  const value = property === undefined ? undefined : at(properties, property);
  return value instanceof Open ? value.text : textOf(value);
}

/** The names that a text may hold: itself, the end of an ARN, the bucket of a host. */
function candidates(text: string | null, account: string | null, region: string | null): readonly string[] {
  if (text === null) return [];
  const arn = parseArn(
    text
      .replace(/^arn:\*:/, 'arn:aws:')
      .replace(/^(arn:[^:]*:[^:]*):\*:/, '$1::')
      .replace(/^(arn:[^:]*:[^:]*:[^:]*):\*:/, '$1::'),
  );
  // The same name in another region or account is another thing: vaults of a pair are mostly named alike.
  const isElsewhere =
    (arn?.region ?? region) !== region ||
    ((arn?.account ?? null) !== null && account !== null && arn?.account !== account);
  const resource =
    arn === null || isElsewhere
      ? []
      : [arn.resource, arn.resource.replace(/^[\w-]+[:/]/, ''), arn.resource.replace(/\/.*$/s, '')];
  const bucket = bucketOfHost(text);
  return [
    ...new Set([
      text,
      ...resource.map((one) => one.replace(/:\*$/, '')),
      ...(bucket === undefined ? [] : [bucket]),
    ]),
  ];
}
