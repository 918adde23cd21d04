import { basename } from 'node:path';
import { loadCatalog, readBuiltInPacks } from '../../src/io/content.ts';
import { readPolicy } from '../../src/policy/read.ts';
import { lineage, resolvePolicy } from '../../src/policy/resolve.ts';
import { runTests } from '../../src/rule/inline-test.ts';
import { compilePacks, readPack } from '../../src/rule/load.ts';
import { outcomeOf } from './machine/outcome.ts';
import { seedsOf } from './machine/seed.ts';
import type { Target } from './machine/target.ts';

const head = 'name: own\nversion: 1.0.0\ntitle: {fr: A, en: A}\ndescription: {fr: A, en: A}\n';

/** A pack of one’s own, compiled and run on its own examples; a policy, resolved over the packs that there are. */
export const target: Target = {
  seeds: () => [...seedsOf('rules'), ...seedsOf('policies')],
  start: async () => {
    const { catalog } = await loadCatalog();
    const builtIn = compilePacks(await readBuiltInPacks(), { catalog, strict: false });
    return ({ name, text }) =>
      outcomeOf(() => {
        if (name.startsWith('policies/')) {
          const file = readPolicy(text, name, catalog);
          const parentless = { ...file, value: { ...file.value, extends: [] } };
          resolvePolicy(
            lineage(parentless, () => file),
            builtIn,
            '2026-11-01',
          );
          return 'policy';
        }
        const files =
          basename(name) === 'pack.yaml'
            ? [{ name: 'pack.yaml', text }]
            : [
                { name: 'pack.yaml', text: head },
                { name: 'rule.yaml', text },
              ];
        const [pack] = compilePacks([readPack({ folder: 'own', files })], { catalog, strict: true });
        const wrong = (pack?.rules ?? []).flatMap((rule) => runTests(rule, catalog));
        return wrong.length > 0 ? 'its examples disagree' : 'pack';
      });
  },
};
