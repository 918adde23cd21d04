// `npm run faults`: makes each fault happen to the built command in a private folder, and writes what was promised and what
// was seen to docs/reliability.md. Ends with 1 where they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/io/root.ts';
import type { Fault } from './faults/fault.ts';
import { hanging } from './faults/hanging.ts';
import { interrupted } from './faults/interrupted.ts';
import { refused } from './faults/refused.ts';
import { onStage } from './faults/stage.ts';

const only = process.argv[2];
const faults = [...interrupted, ...hanging, ...refused].filter(
  ({ fault }) => only === undefined || fault.includes(only),
);
const rows: string[] = [];
let wrong = 0;
for (const { fault, promised, server = {}, see } of faults as readonly Fault[]) {
  const seen = await onStage(server, see).catch((error: unknown) => {
    wrong += 1;
    return `**not so**: ${error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|') : String(error)}`;
  });
  console.log(`${fault}: ${seen}`);
  rows.push(`| ${fault.replaceAll('|', '\\|')} | ${promised} | ${seen} |`);
}
if (only === undefined) {
  const path = join(root, 'docs/reliability.md');
  const table = ['| Fault | Promised | Seen |', '| --- | --- | --- |', ...rows].join('\n');
  const [before = '', , after = ''] = readFileSync(path, 'utf8').split(/<!-- faults -->/);
  writeFileSync(path, `${before}<!-- faults -->\n\n${table}\n\n<!-- faults -->${after}`);
}
console.log(
  wrong === 0 ? `${faults.length} faults, each as promised` : `${wrong} of ${faults.length} not as promised`,
);
process.exitCode = wrong === 0 ? 0 : 1;
