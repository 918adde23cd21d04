// `npm run fuzz -- [NAME…] [--count N] [--seconds N] [--seed N]`: mutated inputs, and what became of them; every target
// unless some are named, sharing the seconds. Ends with 1 when something is wrong; what did it is kept in .bench/fuzz/.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/io/root.ts';
import { watch } from './fuzz/machine/watch.ts';

const known = readdirSync(join(root, 'scripts/fuzz'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3));
const words = process.argv.slice(2);
const options = words.findIndex((word) => word.startsWith('--'));
const asked = options < 0 ? words : words.slice(0, options);
const rest = options < 0 ? [] : words.slice(options);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`fuzz: no target ${unknown.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(2);
}
const names = asked.length > 0 ? asked : known;
const seconds = numberOf('--seconds');
let wrong = 0;
for (const name of names) {
  const { tally, flaws } = await watch({
    name,
    count: numberOf('--count') ?? (seconds === undefined ? 100_000 : Number.MAX_SAFE_INTEGER),
    seconds: seconds === undefined ? Number.POSITIVE_INFINITY : seconds / names.length,
    seed: numberOf('--seed') ?? 1,
    onProgress: (line) => process.stderr.write(`${name}: ${line}\n`),
  });
  const told = [...tally]
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, times]) => `${outcome}: ${times.toLocaleString('en')}`);
  console.log(`${name}: ${told.join(' · ')}`);
  for (const { index, what, file } of flaws) console.log(`  case ${index}: ${what}\n    ${file}`);
  wrong += flaws.length;
}
console.log(wrong === 0 ? 'nothing wrong' : `${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

function numberOf(option: string): number | undefined {
  const at = rest.indexOf(option);
  if (at < 0) return undefined;
  const value = Number(rest[at + 1]);
  if (!Number.isFinite(value)) throw new Error(`${option} takes a number`);
  return value;
}
