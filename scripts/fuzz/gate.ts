import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { factsWanted } from '../../src/audit.ts';
import { collect } from '../../src/collect/collect.ts';
import { renderReport } from '../../src/command/render.ts';
import { gatherInputs } from '../../src/input/gather.ts';
import { loadCatalog } from '../../src/io/content.ts';
import { root } from '../../src/io/root.ts';
import { judge } from '../../src/judge.ts';
import { loadPolicy } from '../../src/load.ts';
import { clock, day, setting } from './machine/case.ts';
import { flawOf } from './machine/outcome.ts';
import type { Examined, Seed, Target } from './machine/target.ts';

const files: readonly string[] = [
  ...['count-01', 'example-01', 'example-03', 'example-05-tf-v1.0', 'modules', 'resource-changes'].map(
    (name) => `tests/fixtures/terraform/plans/${name}.json`,
  ),
  'tests/fixtures/terraform/keys.json',
  'tests/fixtures/terraform/infra.json',
  'tests/fixtures/terraform/infra/main.tf',
  'tests/fixtures/terraform/json/main.tf.json',
  'tests/fixtures/cloudformation/intrinsics.yaml',
  'tests/fixtures/cloudformation/store.yaml',
  'tests/fixtures/arm/deployment.json',
  'tests/fixtures/arm/refs-01.json',
  'tests/fixtures/kubernetes/app.yaml',
  'tests/fixtures/kubernetes/compose.yaml',
  'tests/fixtures/kubernetes/places.yaml',
  'tests/fixtures/kubernetes/composed/compose.yaml',
  'tests/fixtures/manifest/example.yaml',
  'tests/fixtures/in-order/manifest.yaml',
  'examples/infra/terraform/plan.json',
  'examples/infra/terraform/main.tf',
  'examples/infra/cloudformation.yaml',
  'examples/infra/arm.json',
];

/** Every so many inputs go through the command itself as well. */
const WHOLE = 2000;
const FORMATS = [
  'text',
  'sarif',
  'junit',
  'gitlab',
  'gitlab-sast',
  'github',
  'markdown',
  'csv',
  'json',
] as const;

/** Plans, code, templates and manifests, from their file to the report: an exit code of 0, 1, 2 or 3, whatever is in them. */
export const target: Target = {
  seeds: () =>
    files.map((name) => {
      const text = readFileSync(join(root, name), 'utf8');
      return { name, form: isJson(text) ? 'json' : 'text', text };
    }),
  start: async (folder) => {
    const loaded = await loadCatalog();
    const policy = await loadPolicy({ name: 'complet', catalog: loaded.catalog, asOf: day });
    const context = {
      wanted: factsWanted(policy),
      clock,
      concurrency: 8,
      signal: new AbortController().signal,
      providerOfHost: loaded.catalog.providerOfHost,
      pairedRegion: (provider: string, region: string) =>
        loaded.catalog.region(provider, region)?.paired_region ?? null,
    };
    const check = async (path: string, format: string): Promise<Examined> => {
      const inputs = await gatherInputs([path], loaded.catalog);
      const { observations } = await collect(inputs.sources, context);
      const { result } = await judge({
        loaded,
        inputs,
        policy,
        observations,
        sources: inputs.sources,
        ...setting,
      });
      await renderReport(result, format);
      const { exit_code: code } = result.summary.gate;
      const { assets, evaluated, not_applicable } = result.coverage;
      const isLost = assets !== evaluated + not_applicable;
      return { outcome: `exit ${code}`, flaw: isLost ? 'assets are not accounted for' : null };
    };
    return async (input, index) => {
      const path = join(folder, nameOf(input));
      await mkdir(folder, { recursive: true });
      await writeFile(path, input.text);
      try {
        const whole = index % WHOLE === 0 ? throughCommand(path) : null;
        return whole ?? (await check(path, FORMATS[index % FORMATS.length] ?? 'text'));
      } catch (error) {
        return { outcome: 'exit 2', flaw: flawOf(error) };
      } finally {
        await rm(path, { force: true });
      }
    };
  },
};

/** Templates may hold comments: not every file of that name is JSON. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nameOf({ name }: Seed): string {
  return `input${/(\.tf)?\.\w+$/.exec(name)?.[0] ?? '.json'}`;
}

function throughCommand(path: string): Examined | null {
  const cli = join(root, 'dist/cli.js');
  if (!existsSync(cli)) return null;
  const { status, stderr } = spawnSync(process.execPath, [cli, 'check', path, '--as-of', day], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 60_000,
    env: { ...process.env, BERCAIL_CACHE: '/dev/null/none' },
  });
  const isOurs = status !== null && [0, 1, 2, 3].includes(status);
  const isDefect = /a defect of Bercail|\n\s+at .*:\d+:\d+/.test(stderr);
  return isOurs && !isDefect
    ? null
    : { outcome: 'crash', flaw: `the command: ${status} ${stderr.slice(0, 1000)}` };
}
