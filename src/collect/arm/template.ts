import { BercailError, type Position } from '../../error.ts';
import type { SourceText } from '../code/document.ts';
import { at, isValueTree, numberOf, Open, textOf, type Value, type ValueTree } from '../code/value.ts';
import { evaluate, type Scope } from './evaluate.ts';
import {
  type Deployment,
  type Draft,
  keyOf,
  locationOfGroup,
  type Path,
  type Resource,
  type Setting,
  type Template,
} from './resource.ts';

/** Opens a template with its deployment. Throws `input` with every problem of it, each with its position. */
export function openTemplate(
  source: SourceText,
  given: ReadonlyMap<string, Value>,
  deployment: Deployment,
): Template {
  const draft: Draft = {
    source,
    deployment,
    resources: [],
    leftOut: [],
    problems: [],
    paths: new Map(),
    budget: { left: 1_000_000 },
    defined: 0,
  };
  const location =
    deployment.location ??
    new Open('a template does not say where it is deployed: give `location` with it in bercail.yaml');
  openInto(
    draft,
    source.tree,
    [],
    given,
    { location, group: new Open('the resource group', { text: '{resourceGroup}' }) },
    0,
  );
  if (draft.problems.length > 0) throw new BercailError('input', draft.problems.slice(0, 50));
  const { resources, defined, leftOut } = draft;
  return { resources, defined, leftOut };
}

/** Deeper than any chain of modules. */
const DEEPEST = 20;

function openInto(
  draft: Draft,
  tree: ValueTree,
  path: Path,
  given: ReadonlyMap<string, Value>,
  setting: Setting,
  depth: number,
): void {
  const { source, problems, deployment, budget } = draft;
  const declared = tree['resources'];
  if (!Array.isArray(declared) && !isValueTree(declared)) {
    problems.push({
      message: 'a template without resources',
      hint: 'expected `resources`, a list or an object',
      where: source.positionOf([...path, 'resources']),
    });
    return;
  }
  const section = (name: string): ValueTree => {
    const value = tree[name];
    return isValueTree(value) ? value : {};
  };
  const scope: Scope = {
    parameters: section('parameters'),
    variables: section('variables'),
    given,
    symbols: new Set(isValueTree(declared) ? Object.keys(declared) : []),
    location: setting.location,
    group: setting.group,
    subscription: deployment.subscription,
    copies: new Map(),
    memo: new Map(),
    left: 64,
    budget,
  };
  addAll(draft, declared, [...path, 'resources'], scope, null, depth);
}

function addAll(
  draft: Draft,
  declared: Value,
  path: Path,
  scope: Scope,
  parent: Resource | null,
  depth: number,
): void {
  const entries: readonly (readonly [string | number, Value])[] = Array.isArray(declared)
    ? [...(declared as readonly Value[]).entries()]
    : isValueTree(declared)
      ? Object.entries(declared)
      : [];
  for (const [key, body] of entries)
    addOne(draft, body, [...path, key], typeof key === 'string' ? key : null, scope, parent, depth);
}

/** Copies of one resource, told apart by their names. */
function addOne(
  draft: Draft,
  body: Value,
  path: Path,
  symbol: string | null,
  scope: Scope,
  parent: Resource | null,
  depth: number,
): void {
  const where = draft.source.positionOf(path);
  const type = isValueTree(body) ? textOf(body['type']) : null;
  if (!isValueTree(body) || type === null) {
    draft.problems.push({
      message: 'a resource without a type',
      hint: 'expected `type`, such as Microsoft.Storage/storageAccounts',
      where,
    });
    return;
  }
  const { copy } = body;
  if (!isValueTree(copy)) return addCopy(draft, body, type, path, where, symbol, scope, parent, depth, []);
  const name = textOf(copy['name']) ?? '';
  const counted = evaluate(copy['count'], scope);
  const count = numberOf(counted);
  const within = (index: Value): Scope => ({
    ...scope,
    memo: new Map(),
    copies: new Map([...scope.copies, [name, index], ['', index]]),
  });
  if (typeof count !== 'number' || count < 0 || count > 800) {
    const why = `made as often as ${counted instanceof Open ? counted.why : 'the template cannot tell'}`;
    return addCopy(
      draft,
      body,
      type,
      path,
      where,
      symbol,
      within(new Open(why, { text: '{copyIndex}' })),
      parent,
      depth,
      [why],
    );
  }
  if (count === 0) {
    draft.defined += 1;
    draft.leftOut.push(textOf(body['name']) ?? type);
  }
  for (let index = 0; index < count; index += 1)
    addCopy(draft, body, type, path, where, symbol, within(index), parent, depth, []);
}

function addCopy(
  draft: Draft,
  body: ValueTree,
  own: string,
  path: Path,
  where: Position,
  symbol: string | null,
  scope: Scope,
  parent: Resource | null,
  depth: number,
  notes: readonly string[],
): void {
  draft.defined += 1;
  if (draft.defined > 20_000 || depth > DEEPEST)
    throw new BercailError('input', {
      message: 'the template makes too many resources',
      hint: 'at most 20,000, and deployments nested 20 deep',
      where,
    });
  const holds = body['condition'] === undefined ? true : evaluate(body['condition'], scope);
  const segments = evaluate(body['name'], scope);
  const written = textOf(segments) ?? (segments instanceof Open ? segments.text : null) ?? '*';
  const type = parent === null ? own : `${parent.type}/${own}`;
  const name = parent === null ? written : `${parent.name}/${written}`;
  const id = symbol ?? keyOf(type, name);
  if (holds === false || body['existing'] === true) return void draft.leftOut.push(id);
  const times = (draft.paths.get(id) ?? 0) + 1;
  draft.paths.set(id, times);
  const { resources: children, properties, ...rest } = body;
  const isDeployment = /^Microsoft\.Resources\/deployments$/i.test(type);
  // What is nested has expressions of its own, which are evaluated in it.
  const { template: _nested, ...plain } =
    isDeployment && isValueTree(properties) ? properties : { template: undefined };
  const tree = evaluate({ ...rest, properties: isDeployment ? plain : (properties ?? {}) }, scope);
  const resource: Resource = {
    path: times === 1 ? id : `${id}[${times}]`,
    type,
    name,
    symbol,
    where,
    around: scope.location,
    body: isValueTree(tree) ? tree : {},
    scope: evaluate(body['scope'], scope),
    notes:
      holds === true
        ? notes
        : [
            ...notes,
            `taken as created: ${holds instanceof Open ? holds.why : 'its condition cannot be read'}`,
          ],
  };
  draft.resources.push(resource);
  if (children !== undefined) addAll(draft, children, [...path, 'resources'], scope, resource, depth + 1);
  if (isDeployment && isValueTree(properties))
    openNested(draft, properties, [...path, 'properties'], scope, resource, depth + 1);
}

/** A deployment in a deployment: with a scope of its own, or the one around. */
function openNested(
  draft: Draft,
  properties: ValueTree,
  path: Path,
  scope: Scope,
  resource: Resource,
  depth: number,
): void {
  const { template } = properties;
  if (!isValueTree(template)) return;
  const named = resource.body['resourceGroup'];
  const setting: Setting = {
    group: named ?? scope.group,
    location:
      named === undefined ? (resource.body['location'] ?? scope.location) : locationOfGroup(draft, named),
  };
  if (textOf(at(properties, 'expressionEvaluationOptions', 'scope'))?.toLowerCase() !== 'inner') {
    return addAll(
      draft,
      template['resources'],
      [...path, 'template', 'resources'],
      { ...scope, ...setting, memo: new Map() },
      null,
      depth,
    );
  }
  const parameters = evaluate(properties['parameters'] ?? {}, scope);
  const given = isValueTree(parameters)
    ? Object.entries(parameters).map(([name, one]): [string, Value] => [
        name.toLowerCase(),
        at(one, 'value') ?? new Open(`parameter ${name} is in a key vault`),
      ])
    : [];
  openInto(draft, template, [...path, 'template'], new Map(given), setting, depth);
}
