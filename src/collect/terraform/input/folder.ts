import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BercailError, type Position, type Problem } from '../../../error.ts';
import type { Json } from '../../../inventory/fact.ts';
import { checkFile, explain } from '../../../io/file.ts';
import { printable } from '../../../yaml/quote.ts';
import { addCall, moduleOfCode, valueOf, type WrittenCall } from '../configuration/from-code.ts';
import { createModule, formatPosition, type Module } from '../configuration/model.ts';
import { parseBody } from '../hcl/body.ts';
import { parseJsonBody } from '../hcl/json.ts';
import type { Body } from '../hcl/node.ts';
import { isTree, textOf, treeOf } from '../json/tree.ts';
import { mergeOverrides } from './override.ts';

/** Code that is named and cannot be seen: what it makes is not in the inventory. */
export interface Unread {
  /** `module.a.module.b`, or a file. */
  readonly subject: string;
  readonly why: string;
  readonly where: Position | null;
}

export interface Code {
  readonly root: Module;
  readonly unread: readonly Unread[];
  /** Of `terraform.tfvars` and `*.auto.tfvars`, which Terraform reads by itself. */
  readonly variables: ReadonlyMap<string, { readonly value: Json; readonly from: string }>;
  /** File → SHA-256. */
  readonly sha256: ReadonlyMap<string, string>;
}

const DEEPEST = 20;
const MOST = 5000;

interface Reading {
  readonly root: string;
  readonly folders: Map<string, readonly Body[]>;
  /** Folders that are modules. */
  readonly opened: Set<string>;
  readonly sha256: Map<string, string>;
  readonly unread: Unread[];
  readonly problems: Problem[];
  modules: number;
  /** Where `terraform init` put modules, by `a.b`. */
  readonly installed: ReadonlyMap<string, string>;
}

/**
 * Reads the Terraform code in a folder and in the modules that it calls, as far as they are on this machine.
 * @throws BercailError with every file that cannot be parsed
 */
export function readCode(root: string): Code {
  const isFile = existsSync(root) && statSync(root).isFile();
  const folder = isFile ? dirname(root) : root;
  const reading: Reading = {
    root: folder,
    folders: new Map(),
    opened: new Set(),
    sha256: new Map(),
    unread: [],
    problems: [],
    modules: 0,
    installed: installedModules(folder),
  };
  if (isFile) reading.folders.set(folder, [readBody(reading, root)]);
  const module = readModule(reading, [], folder);
  const variables = isFile ? new Map<string, { value: Json; from: string }>() : readVariables(reading);
  if (reading.problems.length > 0) throw new BercailError('input', reading.problems);
  return { root: module, unread: reading.unread, variables, sha256: reading.sha256 };
}

function readModule(reading: Reading, path: readonly string[], folder: string): Module {
  reading.modules += 1;
  const { module, calls, repeated } = moduleOfCode(path, readFolder(reading, folder));
  // A folder that several calls read is told once.
  const isFirst = !reading.opened.has(folder);
  reading.opened.add(folder);
  for (const { what, where, first } of isFirst ? repeated : [])
    reading.problems.push({
      message: `${printable(what)} is defined twice`,
      hint: `the other is at ${formatPosition(first)}; keep one`,
      where,
    });
  for (const call of calls) addCall(module, call, called(reading, [...path, call.name], folder, call));
  return module;
}

function called(
  reading: Reading,
  path: readonly string[],
  folder: string,
  { source, block }: WrittenCall,
): Module {
  const installed = reading.installed.get(path.join('.'));
  const local = source !== null && /^\.\.?(\/|$)/.test(source) ? join(folder, source) : null;
  const target = local ?? (installed === undefined ? null : join(reading.root, installed));
  const subject = path.map((name) => `module.${name}`).join('.');
  const why =
    target === null
      ? `its code is elsewhere (${source ?? 'its source is no constant'}); \`terraform init\` brings it here`
      : !existsSync(target)
        ? `${target} does not exist`
        : path.length > DEEPEST
          ? `modules are nested more than ${DEEPEST} deep`
          : reading.modules > MOST
            ? `more than ${MOST} modules`
            : null;
  if (why === null && target !== null) return readModule(reading, path, target);
  reading.unread.push({ subject, why: why ?? '', where: block.where });
  return createModule(path);
}

function readFolder(reading: Reading, folder: string): readonly Body[] {
  const found = reading.folders.get(folder);
  if (found) return found;
  const names = list(folder);
  const code = names.filter(
    (name) =>
      /\.(tf|tofu)(\.json)?$/.test(name) &&
      !(/\.tf(\.json)?$/.test(name) && names.includes(name.replace(/\.tf(?=(\.json)?$)/, '.tofu'))),
  );
  const isOverride = (name: string): boolean => /(^|_)override\.(tf|tofu)(\.json)?$/.test(name);
  const bodies = code
    .filter((name) => !isOverride(name))
    .map((name) => readBody(reading, join(folder, name)));
  const overrides = code.filter(isOverride).map((name) => readBody(reading, join(folder, name)));
  const merged = mergeOverrides(bodies, overrides);
  reading.folders.set(folder, merged);
  return merged;
}

function readBody(reading: Reading, file: string): Body {
  try {
    checkFile(file);
    const bytes = readFileSync(file);
    reading.sha256.set(file, createHash('sha256').update(bytes).digest('hex'));
    const text = decode(bytes, file);
    return file.endsWith('.json') ? parseJsonBody(text, file) : parseBody(text, file);
  } catch (error) {
    const told = explain(file, error);
    if (!(told instanceof BercailError)) throw told;
    reading.problems.push(...told.problems);
    return { attributes: new Map(), blocks: [] };
  }
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BercailError('input', {
      message: 'not UTF-8 text',
      hint: 'save it as UTF-8',
      where: { file, line: 1, column: 1 },
    });
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch (error) {
    throw explain(folder, error);
  }
}

function readVariables(reading: Reading): Code['variables'] {
  const names = list(reading.root);
  const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name));
  const files = [
    ...['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name)),
    ...automatic,
  ];
  const variables = new Map<string, { value: Json; from: string }>();
  for (const file of files.map((name) => join(reading.root, name))) {
    if (file.endsWith('.json')) {
      for (const [name, value] of Object.entries(readJson(file)))
        variables.set(name, { value, from: basename(file) });
      continue;
    }
    for (const attribute of readBody(reading, file).attributes.values()) {
      const value = valueOf(attribute);
      const { line, column } = attribute.where;
      if (value !== undefined) variables.set(attribute.name, { value, from: `${file}:${line}:${column}` });
    }
  }
  return variables;
}

function readJson(file: string) {
  try {
    checkFile(file);
    return treeOf(JSON.parse(decode(readFileSync(file), file)));
  } catch (cause) {
    if (cause instanceof BercailError) throw cause;
    throw new BercailError('input', { message: 'not JSON', where: { file, line: 1, column: 1 } }, { cause });
  }
}

/** What `terraform init` wrote of the modules that it fetched; nothing where it was not run. */
function installedModules(root: string): ReadonlyMap<string, string> {
  const file = join(root, '.terraform', 'modules', 'modules.json');
  if (!existsSync(file)) return new Map();
  const { Modules } = readJson(file);
  const entries = Array.isArray(Modules) ? Modules : [];
  return new Map(
    entries.flatMap((entry: Json) => {
      const { Key, Dir } = isTree(entry) ? entry : {};
      const key = textOf(Key);
      const dir = textOf(Dir);
      return key !== null && dir !== null ? [[key, dir] as const] : [];
    }),
  );
}
