import type { Plugin } from 'esbuild';
import { root } from '../../src/io/root.ts';

/**
 * What most runs never use, and what is dear to start: what Node needs below `child_process` and `util`, the parser of
 * expressions that were parsed here, the table of all emojis, messages with plurals. In the bundle each is loaded at the
 * first use of a name.
 */
const dear =
  /^(node:child_process|node:util|node:zlib|@marcbachmann\/cel-js|string-width|intl-messageformat)$/;

export const deferredModules: Plugin = {
  name: 'deferred-modules',
  setup(build) {
    build.onResolve({ filter: dear }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'deferred' } : undefined,
    );
    build.onLoad({ filter: dear, namespace: 'deferred' }, async ({ path }) => ({
      contents: deferred(path, Object.keys((await import(path)) as object)),
      resolveDir: root,
    }));
  },
};

function deferred(path: string, names: readonly string[]): string {
  const load = `require(${JSON.stringify(path)})`;
  // A package that exports one function.
  if (names.length === 1) return `export default (...given) => ${load}.default(...given);`;
  const named = names.filter((name) => name !== 'default');
  return `module.exports = { ${named.map((name) => `get ${name}() { return ${load}.${name}; }`).join(', ')} };`;
}
