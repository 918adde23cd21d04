import { BercailError } from '../../../error.ts';
import type { Json } from '../../../inventory/fact.ts';
import { quote } from '../../../yaml/quote.ts';
import { addConfiguration, chooseConfiguration } from '../configuration/from-plan.ts';
import { createModule, type Module } from '../configuration/model.ts';
import { isDescribed } from '../describe/table.ts';
import { scanFile } from '../json/file.ts';
import type { Choice, Path } from '../json/found.ts';
import { isTree, textOf, treeOf } from '../json/tree.ts';
import { parentsOf } from '../place/family.ts';

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
  for await (const found of scanFile(file, choose, { onEnd: (hash) => (sha256 = hash) })) {
    const [part] = found.path;
    if (part === 'configuration') addConfiguration(configuration, found, keepsSettings);
    else if (part === 'resource_changes' || part === 'deferred_changes')
      changed.add(textOf(found.value) ?? '');
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
    refuse(
      // Only a number is worth repeating: anything else may be made to fool a terminal.
      /^\d+(\.\d+)*$/.test(format) ? `a plan of format ${format}` : 'a plan of a format that is no number',
      'formats 0 and 1 are read',
    );
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
      `a state file of version ${quote(version)}`,
      'version 4 is read; `terraform show -json` prints older ones',
    );
  return 'state_file';
}
