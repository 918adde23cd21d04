import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSnapshot } from '../../../src/collect/snapshot/read.ts';
import { writeSnapshot } from '../../../src/collect/snapshot/write.ts';
import { evaluate } from '../../../src/evaluate/evaluate.ts';
import { buildInventory } from '../../../src/inventory/build/build.ts';
import type { Inventory } from '../../../src/inventory/inventory.ts';
import { loadCatalog } from '../../../src/io/content.ts';
import { loadPolicy } from '../../../src/load.ts';
import { readManifest } from '../../../src/manifest/read.ts';
import { whoseKeys } from '../../../src/report/words.ts';
import { type Estate, manifestText, observationsOf } from './estate.ts';

export interface Phases {
  readonly assets: number;
  readonly holdings: number;
  readonly findings: number;
  readonly unknowns: number;
  /** Megabytes of the snapshot, and the most that the process held. */
  readonly snapshot: number;
  readonly memory: number;
  /** Seconds of wall clock. */
  readonly write: number;
  readonly read: number;
  readonly build: number;
  readonly evaluate: number;
  /** Seconds of processor, all phases together. */
  readonly processor: number;
}

/** One estate from generation to verdicts, in this process: prints what each step took as JSON. */
async function measure(estate: Estate, folder: string): Promise<Phases> {
  const path = join(folder, `estate-${estate.assets}.inventory.ndjson.gz`);
  const seconds = { write: 0, read: 0, build: 0, evaluate: 0 };
  const timed = async <T>(phase: keyof typeof seconds, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now();
    const done = await work();
    seconds[phase] = (performance.now() - started) / 1000;
    return done;
  };
  const source = { kind: 'aws', options: { region: 'eu-west-3' } };
  await timed('write', () =>
    writeSnapshot(path, { version: '0', created: '2026-11-22T08:00:00Z', source }, all(estate)),
  );
  const { catalog } = await loadCatalog();
  const { policy } = await loadPolicy({ name: 'complet', catalog, asOf: '2026-11-22' });
  const classification = { ...policy.classification, tags: new Map([['data-class', classes]]) };
  const manifests = Array.from({ length: estate.manifests }, (_, index) => ({
    ...readManifest(manifestText(index), `app-${index}.yaml`, catalog),
    sha256: '',
  }));
  const snapshot = statSync(path).size / 1e6;
  // What was read is let go once the inventory is made of it.
  const built = async (): Promise<Inventory> => {
    const { observations } = await timed('read', () => readSnapshot(path));
    return timed('build', () => buildInventory({ manifests, observations, classification, catalog }));
  };
  const inventory = await built();
  await rm(path);
  const { findings, unknowns } = await timed('evaluate', () =>
    evaluate({
      inventory,
      catalog,
      policy: { ...policy, classification },
      asOf: '2026-11-22',
      language: 'fr',
      waivers: [],
      words: { how: ({ fact }) => fact, whose: whoseKeys, gate: (verdict) => verdict },
    }),
  );
  const { user, system } = process.cpuUsage();
  return {
    assets: inventory.assets.size,
    holdings: inventory.holdings.length,
    findings: findings.length,
    unknowns: unknowns.length,
    snapshot,
    memory: process.resourceUsage().maxRSS / 1024,
    ...seconds,
    processor: (user + system) / 1e6,
  };
}

function* all(estate: Estate) {
  for (let account = 0; account < estate.accounts; account += 1) yield* observationsOf(account, estate);
}

const classes = new Map([
  [
    'eleves-resultats',
    {
      name: 'eleves-resultats',
      categories: ['education.results'],
      subjects: ['pupil'],
      secrecy: 'discretion',
    },
  ],
  [
    'agents-paie',
    { name: 'agents-paie', categories: ['account.bank'], subjects: ['staff'], secrecy: 'none' },
  ],
]);

const [text = '{}', folder = '.'] = process.argv.slice(2);
console.log(JSON.stringify(await measure(JSON.parse(text) as Estate, folder)));
