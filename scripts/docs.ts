/**
 * Writes the reference pages from the rules, the policies, the catalog, the commands and the schemas. `--check` fails
 * when a page is stale, missing, or left over from what is no more. `node scripts/docs.ts [--check]`
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestSchema } from '../src/manifest/schema/manifest.ts';
import { benchmarkPage, loadBenchmarks } from './docs/benchmark.ts';
import { callPage } from './docs/call.ts';
import { cliPage } from './docs/cli.ts';
import { type Library, loadLibrary } from './docs/library.ts';
import { manPage } from './docs/man.ts';
import { manifestPage } from './docs/manifest/page.ts';
import { generatedMark } from './docs/markdown.ts';
import { modelPage } from './docs/model/page.ts';
import { policyPage } from './docs/policy.ts';
import { ruleIndex } from './docs/rule/index-page.ts';
import { rulePage } from './docs/rule/page.ts';

/** What every generated page must hold, by path from the root of the repository. */
export function generateDocs(library: Library): ReadonlyMap<string, string> {
  return new Map([
    ...library.rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule, library)] as const),
    ['docs/rules/README.md', ruleIndex(library)],
    ['docs/policies.md', policyPage(library)],
    ['docs/cli.md', cliPage()],
    ['man/bercail.1', manPage('en', library.checkedOn)],
    ['man/bercail.fr.1', manPage('fr', library.checkedOn)],
    ['docs/manifest.md', manifestPage(manifestSchema)],
    ['docs/model.md', modelPage()],
    ['docs/calls.md', callPage(library.calls)],
    ['docs/benchmarks.md', benchmarkPage(loadBenchmarks())],
  ]);
}

export interface Differences {
  readonly missing: readonly string[];
  readonly stale: readonly string[];
  /** Pages that were generated once and that nothing generates any more. */
  readonly leftOver: readonly string[];
}

/** How the pages below `root` differ from those that must be there. Pages that people write are left alone. */
export async function compareDocs(root: string, pages: ReadonlyMap<string, string>): Promise<Differences> {
  const missing: string[] = [];
  const stale: string[] = [];
  for (const [path, content] of pages) {
    const present = await readFile(join(root, path), 'utf8').catch(() => null);
    if (present === null) missing.push(path);
    else if (present !== content) stale.push(path);
  }
  const names = await readdir(join(root, 'docs'), { recursive: true }).catch(() => []);
  const others = names
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !pages.has(path));
  const leftOver: string[] = [];
  for (const path of others.sort()) {
    if ((await readFile(join(root, path), 'utf8')).startsWith(generatedMark)) leftOver.push(path);
  }
  return { missing, stale, leftOver };
}

/** Brings the pages below `root` to what they must be. */
export async function writeDocs(root: string, pages: ReadonlyMap<string, string>): Promise<Differences> {
  const differences = await compareDocs(root, pages);
  for (const path of [...differences.missing, ...differences.stale]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), pages.get(path) ?? '');
  }
  for (const path of differences.leftOver) await rm(join(root, path));
  return differences;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isCheck = process.argv.includes('--check');
  const root = fileURLToPath(new URL('../', import.meta.url));
  const pages = generateDocs(await loadLibrary());
  const { missing, stale, leftOver } = await (isCheck ? compareDocs : writeDocs)(root, pages);
  for (const [what, paths] of Object.entries({ missing, stale, 'left over': leftOver })) {
    if (paths.length > 0) console.error(`${what}: ${paths.join(', ')}`);
  }
  const wrong = missing.length + stale.length + leftOver.length;
  if (isCheck && wrong > 0) {
    console.error('run "npm run docs"');
    process.exitCode = 1;
  } else {
    console.log(`${pages.size} pages, ${wrong} ${isCheck ? 'wrong' : 'written or removed'}`);
  }
}
