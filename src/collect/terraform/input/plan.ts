import { BercailError } from '../../../error.ts';
import { namesOf, parseAddress } from '../address.ts';
import {
  type Configuration,
  formatPosition,
  moduleAt,
  type ProviderKey,
  resourceKey,
} from '../configuration/model.ts';
import type { Values } from '../describe/values.ts';
import { scanFile } from '../json/file.ts';
import type { Choice, Found, Path } from '../json/found.ts';
import { listOf, type Tree, textOf, treeOf } from '../json/tree.ts';
import type { Action, Instance } from '../resource.ts';
import type { Code } from './folder.ts';
import type { PlanHead } from './head.ts';

/** What is in a plan that is no asset of the future. */
export interface Counted {
  readonly managed: number;
  readonly deleted: readonly string[];
  readonly deposed: number;
  readonly data: number;
  readonly duplicates: readonly string[];
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
  return top === 'prior_state' ? chooseStateValues(path, second, 2) : chooseStateValues(path, 'values', 1);
}

/** `root_module`, its `resources`, its `child_modules`, and so on: `from` is where the root module should stand. */
function chooseStateValues(path: Path, part: string | number | undefined, from: number): Choice {
  if (part !== undefined && part !== 'values') return 'skip';
  if (path.length <= from) return 'enter';
  if (path[from] !== 'root_module') return 'skip';
  let at = from + 1;
  while (path[at] === 'child_modules' && path.length > at + 2) at += 2;
  const what = path[at];
  if (what === undefined || what === 'child_modules') return 'enter';
  return what === 'resources' ? (path.length === at + 1 ? 'enter' : 'take') : 'skip';
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
  // What a change tells is told again in the planned values: half of a plan is not read twice.
  const isWanted = ([top]: Path, bytes: Buffer): boolean =>
    top === 'resource_changes' || top === 'deferred_changes' || !head.changed.has(addressAhead(bytes) ?? '');
  for await (const found of scanFile(head.file, chooseResources, { isWanted })) {
    const tree = treeOf(found.value);
    const isChange = found.path[0] === 'resource_changes' || found.path[0] === 'deferred_changes';
    const mode = textOf(tree['mode']) ?? parseAddress(textOf(tree['address']) ?? '')?.mode ?? 'managed';
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
    if (seen.has(address)) {
      count.duplicates.push(address);
      continue;
    }
    seen.add(address);
    yield instanceOf(tree, address, action, found, head, configuration, code);
  }
  counted(count);
}

const ADDRESS = /^\{\s*"address"\s*:\s*("(?:[^"\\\p{Cc}]|\\["\\])*")/u;

/** The address of a resource whose text begins with it, as Terraform writes them. */
function addressAhead(bytes: Buffer): string | null {
  const [, text] = ADDRESS.exec(bytes.toString('utf8', 0, 400)) ?? [];
  return text === undefined ? null : String(JSON.parse(text));
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
