import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { root } from '../../src/io/root.ts';

/** Where a start begins, the help of the commands, and what `check` needs whatever it reads. */
const main: readonly string[] = ['src/cli.ts', 'src/main.ts'];
const help: readonly string[] = ['src/command/program.ts'];
const check: readonly string[] = [
  'src/command/audit.ts',
  'src/report/format/json.ts',
  'src/report/format/text/text.ts',
];

/**
 * Shared code is cut into a file for each set of entry points that share it: sixty small files for one start, each to be
 * found, read and linked. With this, what `--help` loads and what `check` loads beside it are one file each, for every
 * command that loads on demand imports both whole. `first` tells of a bundle without.
 */
export function together(first: Metafile): Plugin {
  const mine = (files: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
    [...files].filter((file) => file.startsWith('src/') && !others.has(file)).map((file) => join(root, file));
  const atOnce = reachable(first, main);
  const helping = reachable(first, help);
  const groups: { readonly [name: string]: readonly string[] } = {
    help: mine(helping, atOnce),
    check: mine(reachable(first, check), new Set([...atOnce, ...helping])),
  };
  const entries = new Set(Object.values(first.outputs).map(({ entryPoint }) => entryPoint));
  return {
    name: 'together',
    setup(build) {
      build.onResolve({ filter: /^together:/ }, ({ path }) => ({ path, namespace: 'together' }));
      build.onLoad({ filter: /.*/, namespace: 'together' }, ({ path }) => ({
        contents: importsOf(groups[path.slice('together:'.length)] ?? []),
        resolveDir: root,
      }));
      build.onLoad({ filter: /[/\\]src[/\\].*\.tsx?$/ }, async ({ path }) => {
        const file = relative(root, path).replaceAll('\\', '/');
        if (!entries.has(file) || main.includes(file)) return undefined;
        const names = help.includes(file) ? ['help'] : ['help', 'check'];
        const contents = `${await readFile(path, 'utf8')}\n${importsOf(names.map((name) => `together:${name}`))}`;
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}

/** Files that are loaded with these, whether or not anything more is. */
function reachable({ inputs }: Metafile, starts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path, kind, external } of inputs[file]?.imports ?? [])
      if (kind !== 'dynamic-import' && !external) visit(path);
  };
  for (const start of starts) visit(start);
  return found;
}

function importsOf(files: readonly string[]): string {
  return files.map((file) => `import ${JSON.stringify(file)};`).join('\n');
}
