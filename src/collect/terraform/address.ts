/** A call of a module on the way to a resource, with the instance key where the module has several. */
export interface Step {
  readonly name: string;
  readonly key: InstanceKey;
}

export type InstanceKey = string | number | null;

/** A Terraform address, opened: `module.a["x"].aws_s3_bucket.b[0].arn`. */
export interface Address {
  readonly module: readonly Step[];
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey;
  /** What is left: attributes and indexes. */
  readonly rest: readonly (string | number)[];
}

type Part = string | { readonly key: string | number };

const PART = /\.?([\p{L}_][\p{L}\p{N}_-]*)|\.(\d+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/uy;

/** `a.b["c"][0]` → its names and keys; null where it is not written so. */
export function splitTraversal(text: string): readonly Part[] | null {
  const parts: Part[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const from = PART.lastIndex;
    const match = PART.exec(text);
    if (match === null || (from === 0 && text.startsWith('.'))) return null;
    const [, name, old, index, quoted] = match;
    if (name !== undefined) parts.push(name);
    else if (quoted !== undefined) parts.push({ key: unquote(quoted) });
    else parts.push({ key: Number(old ?? index) });
  }
  return parts;
}

/** Null for what is no resource: `var.x`, `module.a.output`, `each.key`. */
export function parseAddress(text: string): Address | null {
  const parts = [...(splitTraversal(text) ?? [])];
  const module: Step[] = [];
  while (parts[0] === 'module') {
    const [, name] = parts.splice(0, 2);
    if (typeof name !== 'string') return null;
    module.push({ name, key: takeKey(parts) });
  }
  const mode = parts[0] === 'data' ? 'data' : 'managed';
  if (mode === 'data') parts.shift();
  const [type, name] = parts.splice(0, 2);
  if (typeof type !== 'string' || typeof name !== 'string' || NOT_RESOURCES.has(type)) return null;
  const key = takeKey(parts);
  return {
    module,
    mode,
    type: internType(type),
    name,
    key,
    rest: parts.map((part) => (typeof part === 'string' ? part : part.key)),
  };
}

/** There are few types, and very many resources. */
const types = new Map<string, string>();

function internType(type: string): string {
  const known = types.get(type);
  if (known === undefined && types.size < 5000) types.set(type, type);
  return known ?? type;
}

const NOT_RESOURCES = new Set([
  'var',
  'local',
  'each',
  'count',
  'self',
  'path',
  'terraform',
  'module',
  'ephemeral',
  'provider',
]);

function takeKey(parts: Part[]): InstanceKey {
  const [next] = parts;
  if (next === undefined || typeof next === 'string') return null;
  parts.shift();
  return next.key;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

/** `module.a["x"].module.b`; empty for the root. */
export function moduleAddress(steps: readonly Step[]): string {
  return steps.map(({ name, key }) => `module.${name}${formatKey(key)}`).join('.');
}

/** The module as the code writes it, without instances: `module.a.module.b`. */
export function modulePath(names: readonly string[]): string {
  return names.map((name) => `module.${name}`).join('.');
}

export function namesOf(steps: readonly Step[]): readonly string[] {
  return steps.map(({ name }) => name);
}

export function formatAddress({
  module,
  type,
  name,
  key,
}: Pick<Address, 'module' | 'type' | 'name' | 'key'>): string {
  const prefix = moduleAddress(module);
  return `${prefix === '' ? '' : `${prefix}.`}${type}.${name}${formatKey(key)}`;
}

function formatKey(key: InstanceKey): string {
  return key === null ? '' : typeof key === 'number' ? `[${key}]` : `[${JSON.stringify(key)}]`;
}

/** `module.a.module.b` as configurations name it, or `a.b` as Terraform 0.12 does. */
export function parseModulePath(text: string): readonly string[] {
  const parts = text.split('.').filter((part) => part !== '');
  const pairs = parts.length % 2 === 0 && parts.every((part, i) => i % 2 === 1 || part === 'module');
  return pairs ? parts.filter((_, i) => i % 2 === 1) : parts;
}
