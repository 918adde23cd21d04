// `npm run fuzz -- NAME [--count N] [--seconds N] [--seed N]`: mutated inputs, and what became of them. Ends with 1
// when something is wrong; what did it is kept in .bench/fuzz/.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/io/root.ts';
import { watch } from './fuzz/machine/watch.ts';

const names = readdirSync(join(root, 'scripts/fuzz'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3));
const [name = '', ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`fuzz: which one? ${names.join(', ')}`);
  process.exit(2);
}

const { tally, flaws } = await watch({
  name,
  count: numberOf('--count') ?? (rest.includes('--seconds') ? Number.MAX_SAFE_INTEGER : 100_000),
  seconds: numberOf('--seconds') ?? Number.POSITIVE_INFINITY,
  seed: numberOf('--seed') ?? 1,
  onProgress: (line) => process.stderr.write(`${line}\n`),
});
console.log(
  [...tally]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([outcome, times]) => `${outcome}: ${times.toLocaleString('en')}`)
    .join(' · '),
);
for (const { index, what, file } of flaws) console.log(`case ${index}: ${what}\n  ${file}`);
console.log(flaws.length === 0 ? 'nothing wrong' : `${flaws.length} wrong`);
process.exitCode = flaws.length === 0 ? 0 : 1;

function numberOf(option: string): number | undefined {
  const at = rest.indexOf(option);
  if (at < 0) return undefined;
  const value = Number(rest[at + 1]);
  if (!Number.isFinite(value)) throw new Error(`${option} takes a number`);
  return value;
}
