import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSnapshot } from '../../src/collect/snapshot/read.ts';
import { readAttestations } from '../../src/config/attestation.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { buildInventory } from '../../src/inventory/build/build.ts';
import { exists } from '../../src/io/find.ts';
import { loadPolicy } from '../../src/load.ts';
import { readYaml } from '../../src/yaml/read.ts';
import { fixtures } from '../setup/fixture.ts';
import { catalog, manifestInput } from '../setup/run.ts';

type Path = readonly (string | number)[];
type Outcomes = ReadonlyMap<string, string>;

const asOf = '2026-11-22';
const { policy } = await loadPolicy({ name: 'complet', catalog, asOf });

/** Every value of the manifest's things, however deep; not the things themselves. */
function pathsOf(node: unknown, path: Path = []): Path[] {
  const inside = typeof node === 'object' && node !== null ? Object.entries(node) : [];
  const deep = path[0] === 'flows' || path[0] === 'claims' ? 2 : 3;
  return [
    ...(path.length >= deep ? [path] : []),
    ...inside.flatMap(([key, value]) => pathsOf(value, [...path, Array.isArray(node) ? Number(key) : key])),
  ];
}

function silenced(tree: unknown, path: Path): unknown {
  const copy: unknown = structuredClone(tree);
  const holder = path.slice(0, -1).reduce((at, step) => (at as { [key: string]: unknown })[step], copy);
  (holder as { [key: string]: unknown })[path.at(-1) ?? ''] = 'unknown';
  return copy;
}

async function judgeOf(
  folder: string,
  snapshot: string,
): Promise<{ tree: unknown; judge: (tree: unknown) => Outcomes | null }> {
  const path = (name: string): string => join(fixtures, folder, name);
  const { observations } = await readSnapshot(path(snapshot));
  const answers = path('attestations.yaml');
  const attestations = exists(answers) ? readAttestations(readFileSync(answers, 'utf8'), answers, '') : [];
  const judge = (tree: unknown): Outcomes | null => {
    let manifest;
    try {
      manifest = manifestInput(JSON.stringify(tree));
    } catch {
      // What the format does not let be unknown: an id, the word of a title.
      return null;
    }
    const inventory = buildInventory({
      manifests: [manifest],
      observations,
      classification: policy.classification,
      catalog,
      attestations,
    });
    const { findings } = evaluate({
      inventory,
      catalog,
      policy,
      asOf,
      language: 'en',
      waivers: [],
      all: true,
      words: { how: () => '', gate: () => '' },
    });
    return new Map(findings.map(({ rule, subject, outcome }) => [`${rule} ${subject.id}`, outcome]));
  };
  return { tree: readYaml(readFileSync(path('manifest.yaml')), 'manifest.yaml').value, judge };
}

/** What says which thing something is about: without it, it is about another. */
const links = /\.match(\.|$)|^claims\.\d+\.about$/;

test.each([
  ['everything-wrong', 'account.inventory.ndjson.gz'],
  ['in-order', 'store.inventory.ndjson.gz'],
])(
  'in %s, writing unknown anywhere turns no failure into a pass, and breaks no rule',
  async (folder, snapshot) => {
    const { tree, judge } = await judgeOf(folder, snapshot);
    const before = judge(tree);
    const wrong: string[] = [];
    const paths = pathsOf(tree).filter((path) => !links.test(path.join('.')));
    for (const path of paths) {
      for (const [judgement, outcome] of judge(silenced(tree, path)) ?? []) {
        const was = before?.get(judgement);
        const better = was === 'fail' && (outcome === 'pass' || outcome === 'not_applicable');
        if (
          better ||
          (was === 'unknown' && outcome === 'pass') ||
          (was === 'pass' && outcome === 'not_applicable') ||
          outcome === 'error'
        )
          wrong.push(`${path.join('.')}: ${judgement} was ${was}, is ${outcome}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(paths.length).toBeGreaterThan(200);
  },
);
