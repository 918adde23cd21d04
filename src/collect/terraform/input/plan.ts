import { BercailError } from '../../../error.ts';
import type { Json } from '../../../inventory/fact.ts';
import { namesOf, parseAddress } from '../address.ts';
import { addConfiguration, chooseConfiguration } from '../configuration/from-plan.ts';
import {
  type Configuration,
  createModule,
  formatPosition,
  type Module,
  moduleAt,
  type ProviderKey,
  resourceKey,
} from '../configuration/model.ts';
import { isDescribed } from '../describe/table.ts';
import type { Values } from '../describe/values.ts';
import { scanFile } from '../json/file.ts';
import type { Choice, Found, Path } from '../json/scan.ts';
import { isTree, listOf, type Tree, textOf, treeOf } from '../json/tree.ts';
import { parentsOf } from '../place/family.ts';
import type { Action, Instance } from '../resource.ts';
import type { Code } from './folder.ts';

/** What a plan says beside its resources, read before them: they stand in the file before what explains them. */
export interface PlanHead {
  readonly file: string;
  readonly sha256: string;
  /** A plan, a state as `terraform show -json` prints it, or the file that Terraform keeps it in. */
  readonly kind: 'plan' | 'state' | 'state_file';
  readonly formatVersion: string | null;
  readonly terraformVersion: string | null;
  readonly timestamp: string | null;
  readonly isErrored: boolean;
  readonly isIncomplete: boolean;
  readonly configuration: Module;
  readonly variables: ReadonlyMap<string, { readonly value: Json; readonly from: string }>;
  /** Addresses that `resource_changes` speaks of. */
  readonly changed: ReadonlySet<string>;
}

/** What is in a plan that is no asset of the future. */
export interface Counted {
  readonly managed: number;
  readonly deleted: readonly string[];
  readonly deposed: number;
  readonly data: number;
  readonly duplicates: readonly string[];
}

/** Whether what the code writes of such a resource is looked at. */
export function keepsSettings(type: string): boolean {
  return isDescribed(type) || parentsOf(type).length > 0;
}

const TOP = new Set<unknown>([
  'version',
  'format_version',
  'terraform_version',
  'timestamp',
  'errored',
  'complete',
  'variables',
]);

function chooseHead(path: Path): Choice {
  const [top, index, field, ...rest] = path;
  if (top === undefined) return 'enter';
  if (TOP.has(top)) return 'take';
  if (top === 'configuration') return chooseConfiguration(path);
  if (top !== 'resource_changes' && top !== 'deferred_changes') return 'skip';
  if (index === undefined || field === undefined) return 'enter';
  if (field === 'address') return 'take';
  return field === 'resource_change'
    ? rest.length === 0
      ? 'enter'
      : rest[0] === 'address'
        ? 'take'
        : 'skip'
    : 'skip';
}

/** @throws BercailError for a file that is not JSON, or a plan of a format that is not read */
export async function readPlanHead(file: string): Promise<PlanHead> {
  const configuration = createModule([]);
  const top = new Map<string, unknown>();
  const changed = new Set<string>();
  const members = new Set<unknown>();
  let sha256 = '';
  const choose = (path: Path): Choice => {
    if (path.length === 1) members.add(path[0]);
    return chooseHead(path);
  };
  for await (const found of scanFile(file, choose, (hash) => (sha256 = hash))) {
    const [part] = found.path;
    if (part === 'configuration') addConfiguration(configuration, found, keepsSettings);
    else if (part === 'resource_changes' || part === 'deferred_changes') changed.add(String(found.value));
    else top.set(String(part), found.value);
  }
  const formatVersion = textOf(top.get('format_version'));
  const kind = kindOf(file, members, formatVersion, top.get('version'));
  const variables = Object.entries(treeOf(top.get('variables'))).flatMap(([name, entry]) => {
    const value = isTree(entry) ? entry['value'] : undefined;
    return value === undefined ? [] : [[name, { value, from: `variables of ${file}` }] as const];
  });
  const timestamp = textOf(top.get('timestamp'));
  return {
    file,
    sha256,
    kind,
    formatVersion,
    terraformVersion: textOf(top.get('terraform_version')),
    timestamp: timestamp !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp) ? timestamp : null,
    isErrored: top.get('errored') === true,
    isIncomplete: top.get('complete') === false,
    configuration,
    variables: new Map(variables),
    changed,
  };
}

function kindOf(
  file: string,
  members: ReadonlySet<unknown>,
  format: string | null,
  version: unknown,
): PlanHead['kind'] {
  const refuse = (message: string, hint: string): never => {
    throw new BercailError('input', { message, hint, where: { file, line: 1, column: 1 } });
  };
  if (format !== null && !/^[01]\./.test(format))
    refuse(`a plan of format ${format}`, 'formats 0 and 1 are read');
  if (
    ['resource_changes', 'planned_values', 'prior_state', 'configuration'].some((name) => members.has(name))
  )
    return 'plan';
  if (members.has('values')) return 'state';
  if (!members.has('version') || !members.has('terraform_version')) {
    // A state with nothing in it.
    if (format !== null && members.has('terraform_version')) return 'state';
    refuse(
      'neither a plan nor a state of Terraform',
      '`terraform show -json PLAN > plan.json` writes what is read',
    );
  }
  if (version !== 4)
    refuse(
      `a state file of version ${JSON.stringify(version)}`,
      'version 4 is read; `terraform show -json` prints older ones',
    );
  return 'state_file';
}

function chooseResources(path: Path): Choice {
  const [top, second, third] = path;
  if (top === undefined) return 'enter';
  if (top === 'resource_changes') return second === undefined ? 'enter' : 'take';
  if (top === 'deferred_changes')
    return second === undefined || third === undefined
      ? 'enter'
      : third === 'resource_change'
        ? 'take'
        : 'skip';
  if (top !== 'planned_values' && top !== 'prior_state' && top !== 'values') return 'skip';
  return chooseStateValues(
    top === 'prior_state' ? path.slice(2) : path.slice(1),
    top === 'prior_state' ? second : 'values',
  );
}

/** `root_module`, its `resources`, its `child_modules`, and so on. */
function chooseStateValues(path: Path, part: string | number | undefined): Choice {
  if (part !== undefined && part !== 'values') return 'skip';
  const [root, ...rest] = path;
  if (root === undefined) return 'enter';
  if (root !== 'root_module') return 'skip';
  let inner = rest;
  while (inner[0] === 'child_modules' && inner.length > 2) inner = inner.slice(2);
  const [what, index] = inner;
  if (what === undefined || what === 'child_modules') return 'enter';
  return what === 'resources' ? (index === undefined ? 'enter' : 'take') : 'skip';
}

/**
 * Every managed resource that will be there: of `resource_changes`, then what only `planned_values` or `prior_state`
 * name. What is deleted is counted.
 */
export async function* readInstances(
  head: Pick<PlanHead, 'file' | 'sha256' | 'changed'>,
  configuration: Configuration,
  code: Code | null,
  counted: (count: Counted) => void,
): AsyncGenerator<Instance> {
  const seen = new Set<string>();
  const count = { managed: 0, deleted: [] as string[], deposed: 0, data: 0, duplicates: [] as string[] };
  for await (const found of scanFile(head.file, chooseResources)) {
    const tree = treeOf(found.value);
    const isChange = found.path[0] === 'resource_changes' || found.path[0] === 'deferred_changes';
    const mode = textOf(tree['mode']) ?? (String(tree['address']).includes('data.') ? null : 'managed');
    const address = addressOf(tree, found, head.file);
    if (!isChange && (head.changed.has(address) || seen.has(address))) continue;
    if (mode !== 'managed') {
      count.data += isChange ? 1 : 0;
      continue;
    }
    count.managed += 1;
    if (isChange && tree['deposed'] !== undefined) {
      count.deposed += 1;
      continue;
    }
    const action = isChange ? actionOf(treeOf(tree['change'])) : 'existing';
    if (action === null) {
      count.deleted.push(address);
      continue;
    }
    if (seen.has(address)) count.duplicates.push(address);
    seen.add(address);
    yield instanceOf(tree, address, action, found, head, configuration, code);
  }
  counted(count);
}

function addressOf(tree: Tree, { path, line, column }: Found, file: string): string {
  const address = textOf(tree['address']);
  if (address !== null && parseAddress(address) !== null) return address;
  const message = `${path.join('.')} has no address of a resource`;
  throw new BercailError('input', {
    message,
    hint: 'expected what `terraform show -json` prints',
    where: { file, line, column },
  });
}

/** Null for what will be gone. */
function actionOf(change: Tree): Action | null {
  const actions = new Set(listOf(change['actions']));
  if (actions.has('create')) return actions.size > 1 ? 'replace' : 'create';
  if (actions.has('update')) return 'update';
  if (actions.has('forget')) return 'forget';
  if (actions.has('delete')) return null;
  return change['importing'] === undefined ? 'no-op' : 'import';
}

function instanceOf(
  tree: Tree,
  address: string,
  action: Action,
  found: Found,
  head: Pick<PlanHead, 'file' | 'sha256'>,
  configuration: Configuration,
  code: Code | null,
): Instance {
  const opened = parseAddress(address);
  if (opened === null) throw new BercailError('internal', { message: `${address} was read as an address` });
  const { module, type, name, key } = opened;
  const path = namesOf(module);
  const id = resourceKey('managed', type, name);
  const declared = moduleAt(configuration.plan, path)?.resources.get(id);
  const written = moduleAt(configuration.code, path)?.resources.get(id);
  const told = {
    settings: declared?.settings ?? written?.settings ?? null,
    code: declared ? (written?.settings ?? null) : null,
  };
  const provider = declared?.provider ?? written?.provider ?? inferProvider(tree, path, type);
  return {
    at: { module, type, name, key },
    address,
    provider,
    action,
    values:
      found.path[0] === 'resource_changes' || found.path[0] === 'deferred_changes'
        ? changeValues(treeOf(tree['change']), action, told)
        : stateValues(tree, found.path[0] === 'planned_values', told),
    previous: textOf(tree['previous_address']),
    isUncertain: false,
    ref: written?.where ? formatPosition(written.where) : address,
    sha256: written?.where ? (code?.sha256.get(written.where.file) ?? head.sha256) : head.sha256,
  };
}

/** A plan without its configuration, or what is in the state and no longer in the code: the provider by its own name. */
function inferProvider(tree: Tree, path: readonly string[], type: string): ProviderKey | null {
  const name = textOf(tree['provider_name'])?.split('/').at(-1) ?? type.split('_')[0];
  return name === undefined ? null : { path, name };
}

type Told = Pick<Values, 'settings' | 'code'>;

function changeValues(change: Tree, action: Action, told: Told): Values {
  const gone = action === 'forget';
  return {
    known: (gone ? change['before'] : change['after']) ?? {},
    unknown: gone ? {} : (change['after_unknown'] ?? {}),
    sensitive: (gone ? change['before_sensitive'] : change['after_sensitive']) ?? {},
    ...told,
    prefix: '',
  };
}

function stateValues(tree: Tree, isPlanned: boolean, told: Told): Values {
  return {
    known: tree['values'] ?? {},
    unknown: isPlanned ? 'omitted' : {},
    sensitive: tree['sensitive_values'] ?? {},
    ...told,
    prefix: '',
  };
}
