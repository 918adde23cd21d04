import { readAttestations } from '../../src/config/attestation.ts';
import { readBaseline } from '../../src/config/baseline.ts';
import { readConfig, readWaivers } from '../../src/config/read.ts';
import { buildInventory } from '../../src/inventory/build/build.ts';
import { loadCatalog } from '../../src/io/content.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { outcomeOf } from './machine/outcome.ts';
import { seedOf } from './machine/seed.ts';
import type { Seed, Target } from './machine/target.ts';

const baseline: Seed = {
  name: 'baseline.json',
  form: 'json',
  text: '{"bercail": "baseline/v1", "findings": ["0123456789abcdef", "fedcba9876543210"]}',
};
const named: Seed = {
  name: 'named.yaml',
  form: 'text',
  text: [
    'bercail: manifest/v1',
    'id: named',
    'organisations:',
    '  constructor: {name: Constructor, country: FR}',
    '  toString: {name: To string, country: US, controlled_by: constructor}',
    'datasets:',
    '  hasOwnProperty:',
    '    categories: [results]',
    '    held_in: [{tag: {valueOf: toString}}, {name: "**constructor**"}]',
    '  isPrototypeOf: {derived_from: [hasOwnProperty]}',
    '',
  ].join('\n'),
};

/** The files that people write for Bercail: read into an inventory, or refused with every problem. */
export const target: Target = {
  seeds: () => [
    named,
    baseline,
    ...[
      'tests/fixtures/manifest/example.yaml',
      'tests/fixtures/in-order/manifest.yaml',
      'tests/fixtures/everything-wrong/manifest.yaml',
      'tests/fixtures/in-order/bercail.yaml',
      'tests/fixtures/in-order/attestations.yaml',
      'tests/fixtures/everything-wrong/waivers.yaml',
    ].map(seedOf),
  ],
  start: async () => {
    const { catalog } = await loadCatalog();
    return ({ name, text }) =>
      outcomeOf(() => {
        if (name.endsWith('bercail.yaml'))
          return `config of ${readConfig(text, name).sources.length > 0 ? 'sources' : 'none'}`;
        if (name.endsWith('attestations.yaml')) return readAttestations(text, name, '0') && 'attestations';
        if (name.endsWith('waivers.yaml')) return readWaivers(text, name) && 'waivers';
        if (name.endsWith('baseline.json')) return readBaseline(text, name) && 'baseline';
        const manifest = readManifest(text, name, catalog);
        buildInventory({
          manifests: [{ ...manifest, sha256: '0' }],
          observations: [],
          classification: { tags: new Map(), untagged: 'unknown' },
          catalog,
          attestations: [],
        });
        return 'manifest';
      });
  },
};
