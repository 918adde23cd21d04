// `npm run bench -- NAME`: measures, prints a table, changes nothing in the checkout.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/io/root.ts';

const names = readdirSync(join(root, 'scripts/bench'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3));
const [name = '', ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`bench: which one? ${names.join(', ')}`);
  process.exit(2);
}
const { run } = (await import(`./bench/${name}.ts`)) as { run: (args: readonly string[]) => unknown };
await run(rest);
