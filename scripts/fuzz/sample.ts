import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { rolesOf } from '../../src/anonymity/role.ts';
import { measureSample } from '../../src/collect/sample/facts.ts';
import { root } from '../../src/io/root.ts';
import { flawOf } from './machine/outcome.ts';
import type { Seed, Target } from './machine/target.ts';

/** Stands in cells; must stand in nothing that comes out. */
const planted = 'PLANTEDPUPIL';

const header = 'order_no,nom,school,sex,naissance,score,constructor,__proto__,toString\n';
const rows = Array.from(
  { length: 30 },
  (_, at) =>
    `${planted}${at},${planted} é,s${at % 3},${at % 2 ? 'f' : 'm'},2012-03-0${at % 9},${at % 5},${planted},${planted},1e308`,
).join('\n');
const seeds: readonly Seed[] = [
  { name: 'a.csv', form: 'text', text: header + rows },
  { name: 'b.csv', form: 'text', text: `${header}${rows}`.replaceAll(',', ';') },
  { name: 'c.csv', form: 'text', text: `school,n\n"${planted}, quoted ""so""",12\n${planted},3\n` },
  {
    name: 'd.jsonl',
    form: 'text',
    text: Array.from(
      { length: 12 },
      (_, at) => `{"order_no":"${planted}${at}","score":{"a":[${at}]},"__proto__":"x"}`,
    ).join('\n'),
  },
  {
    name: 'e.json',
    form: 'json',
    text: JSON.stringify([{ order_no: planted, school: 's', score: 1 }, { school: null }]),
  },
  {
    name: 'f.csv',
    form: 'text',
    text: readFileSync(join(root, 'tests/fixtures/anonymity/hospital.csv'), 'utf8'),
  },
];
const roles = rolesOf({
  fields: [
    { name: 'order_no', role: 'pseudonym' },
    { name: 'school', role: 'quasi_identifier' },
    { name: 'constructor', role: 'quasi_identifier' },
    { name: 'score', role: 'sensitive' },
  ],
});

/** Tables of data: counted, or refused, and no cell of them in what comes out either way. */
export const target: Target = {
  seeds: () => seeds,
  start: async (folder) => {
    await mkdir(folder, { recursive: true });
    const { signal } = new AbortController();
    return async ({ name, text }) => {
      const path = join(folder, `input${extname(name)}`);
      await writeFile(path, text);
      try {
        const { facts } = await measureSample({ path, roles, others: [], signal });
        const { columns, ...counts } = facts;
        void columns;
        // Where the first line is data by now, its cells are names of columns to any reader.
        const isHeaded = text.slice(0, 400).includes('order_no') || text.startsWith('school');
        return { outcome: 'counted', flaw: isHeaded ? told(JSON.stringify(counts)) : null };
      } catch (error) {
        return { outcome: 'refused', flaw: flawOf(error) ?? told(wholeOf(error)) };
      }
    };
  },
};

function told(text: string): string | null {
  return text.includes(planted) ? `a cell is told: ${text.slice(0, 1000)}` : null;
}

/** With the causes, which `--debug` shows. */
function wholeOf(error: unknown): string {
  return error instanceof Error
    ? `${error.stack ?? error.message}\n${wholeOf(error.cause)}`
    : JSON.stringify(error ?? '');
}
