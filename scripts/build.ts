// Bundles the CLI and the library, and writes the content (catalog, packs) as JSON that was validated here, once.
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { createCatalog } from '../src/catalog/catalog.ts';
import { builtPack, packFolders, parseCatalogFolder } from '../src/io/content.ts';
import { root } from '../src/io/root.ts';
import { compilePacks, readPack } from '../src/rule/load.ts';
import { deferredModules } from './build/deferred.ts';
import { together } from './build/together.ts';
import { precompiledValidators, writeValidators } from './build/validators.ts';

const dist = join(root, 'dist');
await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'content'), { recursive: true });

const catalog = await parseCatalogFolder();
const packs = packFolders(join(root, 'rules'), 'rules').map(readPack);
// Throws with every problem of every rule: what is built in was compiled and checked here.
const settings = { catalog: createCatalog(catalog.data), strict: true };
compilePacks(packs, settings);
const builtPacks = packs.map((pack) => {
  const parsed = new Map();
  compilePacks([pack], { ...settings, parsed });
  return builtPack(pack, parsed);
});
await writeFile(join(dist, 'content', 'catalog.json'), JSON.stringify(catalog));
await writeFile(join(dist, 'content', 'packs.json'), JSON.stringify(builtPacks));

const options = {
  entryPoints: [join(root, 'src/cli.ts'), join(root, 'src/index.ts')],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // Names stay: some libraries go by the name of a class. Keeping them beside short ones would cost a call a function.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: false,
  legalComments: 'none',
  logLevel: 'warning',
  chunkNames: 'chunk/[name]-[hash]',
  // Native modules, and optional: they are loaded from where npm put them.
  // What ink only loads for its own developers is left out too.
  external: ['@myriaddreamin/typst-ts-node-compiler', '@duckdb/node-api', 'react-devtools-core'],
  // React chooses its fast build by this.
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
  // Bundled CommonJS packages call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
} satisfies BuildOptions;
const plugins = [precompiledValidators, deferredModules];
const { metafile } = await build({ ...options, plugins, write: false });
await build({ ...options, plugins: [...plugins, together(metafile)] });
await writeValidators(dist);
await chmod(join(dist, 'cli.js'), 0o755);

// Declarations of the library. What does not type-check is `npm run check`'s to refuse.
const { status, stdout } = spawnSync('tsc', ['-p', 'tsconfig.types.json'], { cwd: root, encoding: 'utf8' });
if (status !== 0) process.stderr.write(`build: declarations are incomplete:\n${stdout}`);
