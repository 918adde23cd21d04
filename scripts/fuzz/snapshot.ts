import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createChain } from '../../src/collect/snapshot/format.ts';
import { readSnapshot } from '../../src/collect/snapshot/read.ts';
import { renderReport } from '../../src/command/render.ts';
import { loadCatalog } from '../../src/io/content.ts';
import { root } from '../../src/io/root.ts';
import { judge } from '../../src/judge.ts';
import { loadPolicy } from '../../src/load.ts';
import { day, setting } from './machine/case.ts';
import { outcomeOf } from './machine/outcome.ts';
import type { Seed, Target } from './machine/target.ts';

/** Snapshots that are cut, altered, or forged with a digest that fits: verdicts, or the line that is wrong. */
export const target: Target = {
  seeds: () =>
    ['everything-wrong/account', 'in-order/store'].map((name): Seed => {
      const lines = gunzipSync(readFileSync(join(root, `tests/fixtures/${name}.inventory.ndjson.gz`)))
        .toString('utf8')
        .trimEnd()
        .split('\n');
      // One tree, for changes to what lines say; few enough to be quick.
      return { name, form: 'json', text: `[${[...lines.slice(0, 60), ...lines.slice(-1)].join(',\n')}]` };
    }),
  start: async (folder) => {
    await mkdir(folder, { recursive: true });
    const loaded = await loadCatalog();
    const given = {
      loaded,
      inputs: { manifests: [], attestations: [], warnings: [] },
      policy: await loadPolicy({ name: 'complet', catalog: loaded.catalog, asOf: day }),
      sources: [],
      ...setting,
    };
    return ({ text }, index) =>
      outcomeOf(async () => {
        const path = join(folder, 'input.ndjson.gz');
        await writeFile(path, bytesOf(text, index));
        const { observations } = await readSnapshot(path);
        const { result } = await judge({ ...given, observations });
        await renderReport(result, 'json');
        return `exit ${result.summary.gate.exit_code}`;
      });
  },
};

/** Mostly with a digest that fits, as whoever forges one would write; some as they came, some damaged in their gzip. */
function bytesOf(text: string, index: number): Uint8Array {
  let lines = text.split('\n');
  try {
    lines = (JSON.parse(text) as readonly unknown[]).map((one) => JSON.stringify(one));
  } catch {
    // No tree any more: lines as they are.
  }
  if (index % 8 !== 0) {
    const chain = createChain();
    lines = lines.filter((line) => !line.startsWith('{"digest"'));
    for (const line of lines) chain.add(line);
    lines.push(JSON.stringify({ digest: chain.end() }));
  }
  const bytes = gzipSync(`${lines.join('\n')}\n`, { level: 1 });
  if (index % 8 === 1) return bytes.subarray(0, Math.floor(bytes.length * ((index % 97) / 97)));
  if (index % 8 === 2) bytes[index % bytes.length] = index % 256;
  return bytes;
}
