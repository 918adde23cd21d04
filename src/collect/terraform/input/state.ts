import { BercailError } from '../../../error.ts';
import type { Json } from '../../../inventory/fact.ts';
import {
  formatAddress,
  type InstanceKey,
  namesOf,
  parseAddress,
  type Step,
  splitTraversal,
} from '../address.ts';
import {
  type Configuration,
  formatPosition,
  moduleAt,
  type ProviderKey,
  resourceKey,
} from '../configuration/model.ts';
import { scanFile } from '../json/file.ts';
import type { Choice, Found, Path } from '../json/found.ts';
import { listOf, type Tree, textOf, textsOf, treeOf } from '../json/tree.ts';
import type { Instance } from '../resource.ts';
import type { Code } from './folder.ts';
import type { PlanHead } from './head.ts';
import type { Counted } from './plan.ts';

function choose([top, index]: Path): Choice {
  return top === undefined || (top === 'resources' && index === undefined)
    ? 'enter'
    : top === 'resources'
      ? 'take'
      : 'skip';
}

/** Every managed resource of a state file of version 4, which tells the provider configuration but not what is in it. */
export async function* readStateFile(
  head: PlanHead,
  configuration: Configuration,
  code: Code | null,
  counted: (count: Counted) => void,
): AsyncGenerator<Instance> {
  const count = { managed: 0, deleted: [], deposed: 0, data: 0, duplicates: [] as string[] };
  const seen = new Set<string>();
  for await (const found of scanFile(head.file, choose)) {
    const tree = treeOf(found.value);
    if (tree['mode'] === 'data') {
      count.data += listOf(tree['instances']).length;
      continue;
    }
    for (const item of listOf(tree['instances'])) {
      count.managed += 1;
      const instance = treeOf(item);
      if (instance['deposed'] !== undefined) {
        count.deposed += 1;
        continue;
      }
      const read = instanceOf(tree, instance, found, head, configuration, code);
      if (seen.has(read.address)) {
        count.duplicates.push(read.address);
        continue;
      }
      seen.add(read.address);
      yield read;
    }
  }
  counted(count);
}

function instanceOf(
  tree: Tree,
  instance: Tree,
  found: Found,
  head: PlanHead,
  configuration: Configuration,
  code: Code | null,
): Instance {
  const type = textOf(tree['type']);
  const name = textOf(tree['name']);
  const module = modulesOf(textOf(tree['module']) ?? '');
  if (type === null || name === null || module === null) {
    const where = { file: head.file, line: found.line, column: found.column };
    throw new BercailError('input', {
      message: `${found.path.join('.')} is no resource of a state`,
      hint: 'expected a module, a type and a name',
      where,
    });
  }
  const key: InstanceKey =
    typeof instance['index_key'] === 'number' ? instance['index_key'] : textOf(instance['index_key']);
  const at = { module, type, name, key };
  const address = formatAddress(at);
  const written = moduleAt(configuration.code, namesOf(module))?.resources.get(
    resourceKey('managed', type, name),
  );
  return {
    at,
    address,
    action: 'existing',
    previous: null,
    isUncertain: false,
    provider: written?.provider ?? providerOf(textOf(tree['provider']) ?? '', type),
    values: {
      known: instance['attributes'] ?? {},
      unknown: {},
      sensitive: sensitiveOf(instance),
      settings: written?.settings ?? null,
      code: null,
      prefix: '',
    },
    ref: written?.where ? formatPosition(written.where) : address,
    sha256: written?.where ? (code?.sha256.get(written.where.file) ?? head.sha256) : head.sha256,
  };
}

function modulesOf(text: string): readonly Step[] | null {
  return text === '' ? [] : (parseAddress(`${text}.null_resource.x`)?.module ?? null);
}

/** `module.a.provider["registry.terraform.io/hashicorp/aws"].west`, and `provider.aws.west` of older ones. */
function providerOf(text: string, type: string): ProviderKey {
  const parts = splitTraversal(text) ?? [];
  const path: string[] = [];
  let at = 0;
  while (parts[at] === 'module') {
    const name = parts[at + 1];
    if (typeof name === 'string') path.push(name);
    at += 2;
    if (typeof parts[at] === 'object') at += 1;
  }
  const [, source, alias] = parts.slice(at);
  const name =
    (typeof source === 'object' ? String(source.key).split('/').at(-1) : source) ??
    type.split('_')[0] ??
    type;
  return { path, name: typeof alias === 'string' ? `${name}.${alias}` : name };
}

/** Paths of what is sensitive; only their first step matters here. */
function sensitiveOf(instance: Tree): Json {
  const names = listOf(instance['sensitive_attributes']).flatMap((path) => {
    const [first] = listOf(path);
    const name = textOf(treeOf(first)['value']) ?? textsOf(path)[0];
    return name === undefined ? [] : [[name, true] as const];
  });
  return Object.fromEntries(names);
}
