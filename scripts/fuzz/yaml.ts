import { readYaml } from '../../src/yaml/read.ts';
import { outcomeOf } from './machine/outcome.ts';
import { seedOf } from './machine/seed.ts';
import type { Seed, Target } from './machine/target.ts';

const attacks: readonly Seed[] = [
  ['aliases', `a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c]\n`],
  ['loop', 'a: &a\n  b: *a\n'],
  ['merge', 'base: &base {a: 1}\nmore:\n  <<: *base\n  b: 2\n'],
  [
    'keys',
    '__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\ntoString: 1\n? [a, b]\n: c\n',
  ],
  ['numbers', `a: ${'9'.repeat(400)}\nb: 0x${'f'.repeat(400)}\nc: 1e999\nd: -.inf\ne: 0o777\nf: .nan\n`],
  ['blocks', "a: |+2\n    x\n\n\nb: >-\n  y\n   z\nc: \"\\u001b[2J\\x07\"\nd: 'it''s'\n"],
  ['deep', `${'[ {a: '.repeat(40)}x${'} ]'.repeat(40)}\n`],
  ['tags', '!!map {a: !!binary "AA==", b: !own x, c: !!set {d}}\n'],
].map(([name = '', text = '']) => ({ name, form: 'text', text }));

/** YAML of any shape: values and a position for each path, or an error. */
export const target: Target = {
  seeds: () => [
    ...attacks,
    ...[
      'tests/fixtures/manifest/example.yaml',
      'tests/fixtures/in-order/bercail.yaml',
      'policies/socle.yaml',
    ].map(seedOf),
  ],
  start: async () => (input) =>
    outcomeOf(() => {
      const { value, positionOf } = readYaml(input.text, 'input.yaml');
      if ('polluted' in {}) throw new Error('a key of the file became a property of every object');
      walk(value, [], (path) => {
        const { line, column } = positionOf(path);
        if (!(line >= 1 && column >= 1)) throw new Error(`no position for ${path.join('.')}`);
      });
      return 'read';
    }),
};

function walk(
  value: unknown,
  path: readonly (string | number)[],
  visit: (path: readonly (string | number)[]) => void,
  left = { steps: 500 },
): void {
  left.steps -= 1;
  if (left.steps < 0) return;
  visit(path);
  if (Array.isArray(value))
    for (const [index, one] of value.entries()) walk(one, [...path, index], visit, left);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) walk(one, [...path, key], visit, left);
}
