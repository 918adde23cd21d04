import type { Options, SourceConfig } from '../collect/collector.ts';
import { folderOf, followed } from '../io/find.ts';

/** Options that name what a source is read from, and that every source of a file has. */
const FILES = ['plan', 'state', 'template', 'path'] as const;

/**
 * Each source once, however many paths lead to it: a folder and a file in it, a file written in two ways. What the
 * configuration says of a file counts before the bare file; a configuration may deploy one file several times.
 */
export function distinctSources(sources: readonly SourceConfig[]): readonly SourceConfig[] {
  const first = new Map<string, SourceConfig>();
  for (const source of sources) {
    const id = JSON.stringify([source.kind, Object.entries(source.options).map(identify).sort()]);
    if (!first.has(id)) first.set(id, source);
  }
  const unique = [...first.values()];
  return unique.filter((one) => !unique.some((other) => other !== one && covers(other, one)));
}

/** Whether what a source reads is all read by another one that says as much of it or more. */
function covers({ kind, options }: SourceConfig, one: SourceConfig): boolean {
  if (kind !== one.kind) return false;
  const file = bareFile(one.options);
  if (file !== null) return FILES.some((name) => sameFile(options[name], file));
  const code = bareCode(one.options);
  return code !== null && sameFile(options['root'], code);
}

/** The file of a source of which nothing else is said. */
function bareFile(options: Options): string | null {
  const [name, ...others] = Object.keys(options);
  const file = FILES.find((one) => one === name);
  const path = file === undefined || others.length > 0 ? null : options[file];
  return typeof path === 'string' ? path : null;
}

/** The folder of code of which nothing else is said. */
function bareCode(options: Options): string | null {
  const { root } = options;
  return typeof root === 'string' && Object.keys(options).length === 1 ? folderOf(root) : null;
}

function identify([name, value]: readonly [string, Options[string]]): string {
  return JSON.stringify([name, typeof value === 'string' ? followed(value) : value]);
}

function sameFile(path: Options[string] | undefined, other: string): boolean {
  return typeof path === 'string' && followed(path) === followed(other);
}
