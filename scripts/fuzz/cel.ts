import { loadCatalog, readBuiltInPacks } from '../../src/io/content.ts';
import { createEngine } from '../../src/rule/cel/engine.ts';
import { CelProblems } from '../../src/rule/cel/problem.ts';
import { CelError, Marker } from '../../src/rule/cel/value.ts';
import { domainFunctions } from '../../src/rule/functions.ts';
import { records, targets } from '../../src/rule/model.ts';
import { givenScope } from '../../src/rule/view/given.ts';
import { outcomeOf } from './machine/outcome.ts';
import { seedsOf } from './machine/seed.ts';
import type { Seed, Target } from './machine/target.ts';

/** What a hostile pack would try: work, memory, patterns, names of the language below. */
const attacks = [
  '[1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, [1,2,3,4,5,6,7,8].all(c, a + b + c > 0)))',
  'asset.name.matches("(a+)+$") && asset.name.matches("^(([a-z])+.)+[A-Z]([a-z])+$")',
  'asset.name.matches("((a{0,100}){0,100}){0,100}")',
  '[asset.name + asset.name].map(a, a + a).map(b, b + b).map(c, c + c).join(asset.name).size() > 0',
  '[[1,2].map(a, [a, a, a]), [[1]]].map(b, b + b).size() > 1',
  `[[[asset.name]]${'.map(a, a + a)'.repeat(18)}[0]].exists(l, [asset.name].exists(t, t in l || l.map(x, x + t) == l))`,
  `[[asset.name]]${'.map(a, a + a)'.repeat(18)}[0].all(x, [1,2,3,4,5,6,7,8].all(y, y + y + y > 0) || x == x)`,
  `[["x"]] in [[[1]]${'.map(a, [a, a])'.repeat(30)}[0], place.countries, chain]`,
  `dyn(asset)${'.relations[0].to'.repeat(12)} == dyn(place)${'.countries[0].a[0]'.repeat(10)}`,
  '{"__proto__": 1, "constructor": 2, "toString": 3}["constructor"] == 2',
  'asset.tags.__proto__ == null || asset.tags["constructor"] == "x" || has(asset.tags.toString)',
  'asset.constructor.constructor("return 1")()',
  '9223372036854775807 + 1 > 0 || -9223372036854775808 / -1 == 0 || 5 % 0 == 1',
  'asset.facts.encrypted ? asset.facts.encrypted : !asset.facts.encrypted',
  'int("99999999999999999999") == 1 || double("1e999") > 1.0 || string(1.5e300) == ""',
  '"\\u001b[2J\\u202e".contains("x") || b"\\xff".size() == 1',
];

/** Conditions, compiled against the model and evaluated on an asset: a value, an unknown or an error, soon. */
export const target: Target = {
  seeds: () => [
    ...attacks.map((text): Seed => ({ name: 'attack', form: 'text', text })),
    ...seedsOf('rules').flatMap(({ name, text }) =>
      [...text.matchAll(/^\s*(?:assert|when): (?:>-\n)?([\s\S]*?)\n(?=\s*\w+:|\n)/gm)].map(
        ([, written = '']): Seed => ({ name, form: 'text', text: written.trim() }),
      ),
    ),
  ],
  start: async () => {
    const { catalog } = await loadCatalog();
    const engine = createEngine({ types: records, functions: domainFunctions(catalog) });
    const named = Object.keys(targets) as (keyof typeof targets)[];
    const texts = (await readBuiltInPacks()).flatMap(({ rules }) => rules.map(({ raw }) => raw));
    const given = texts.flatMap(({ target: of, tests }) =>
      tests.map((one) => ({ target: one.target ?? (typeof of === 'string' ? of : null), given: one.given })),
    );
    return ({ text }, index) =>
      outcomeOf(() => {
        const of = named[index % 4 === 0 ? index % named.length : named.indexOf('asset')] ?? 'asset';
        try {
          const program = engine.compile(text, { variables: targets[of], expect: 'bool' });
          const fitting = given.filter((one) => one.target === of);
          const { params, as_of: day, ...values } = fitting[index % fitting.length]?.given ?? {};
          void params;
          const scope = givenScope(of, values, catalog, typeof day === 'string' ? day : '2026-11-01');
          const value = program.evaluate({ ...scope, params: {} });
          if (typeof value === 'boolean') return 'decided';
          if (value instanceof CelError) return 'error';
          if (value instanceof Marker) return 'unknown';
          throw new Error(`a condition gave ${typeof value}`);
        } catch (error) {
          if (error instanceof CelProblems) return 'refused';
          throw error;
        }
      });
  },
};
