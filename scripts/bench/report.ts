import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { reporterNames } from '../../src/report/names.ts';
import { measure } from './gate/measure.ts';
import { type BenchTable, type Cell, circumstances, publish } from './record.ts';

const COUNT = 100_000;
const SMALL = 1000;
/** Megabytes that a format may take beside the result itself. */
const BOUND = 1500;
/** A page that a browser still scrolls and searches. */
const PAGE = 5;

/**
 * Each format of a result with that many findings and as many open questions, in a process of its own.
 * `npm run bench -- report [--count N] [--formats html,ocsf] [--save]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string): string | undefined => args[args.indexOf(name) + 1 || args.length];
  const count = Number(option('--count') ?? COUNT);
  const formats = option('--formats')?.split(',') ?? reporterNames;
  const rows: Cell[][] = [];
  const failed: string[] = [];
  const [base] = [await render(count, 'none')];
  let most = 0;
  let page = 0;
  for (const format of formats) {
    const small = await render(SMALL, format);
    const large = await render(count, format);
    if (large.code !== 0) failed.push(format);
    const beside = (large.memory ?? 0) - (base.memory ?? 0);
    most = Math.max(most, beside);
    if (format === 'html') page = large.size;
    rows.push([format, small.cpu, large.cpu, large.size, large.memory, Math.max(0, beside)]);
    console.error(
      `${format}: code ${large.code}, ${Math.round(large.memory ?? 0)} MB, ${large.cpu?.toFixed(1)} s`,
    );
  }
  const table: BenchTable = {
    title: `Each format of a result with ${count.toLocaleString('en')} findings and as many open questions`,
    columns: [
      { name: 'format' },
      { name: `CPU s, ${SMALL.toLocaleString('en')}`, digits: 1 },
      { name: `CPU s, ${count.toLocaleString('en')}`, digits: 1 },
      { name: 'MB written', digits: 1 },
      { name: 'MB at the peak', digits: 0 },
      { name: 'of them for the format', digits: 0 },
    ],
    rows,
    note: `The result alone takes ${Math.round(base.memory ?? 0)} MB.`,
  };
  publish(
    {
      bench: 'report',
      title: 'Reports of large results',
      method:
        'A made-up result is built in memory and written in one format by a process of its own, whose peak of memory (VmHWM) is watched; a process that only builds the result is the base.',
      command: `npm run bench -- report${args.length > 0 ? ` ${args.join(' ')}` : ''}`,
      ...circumstances(),
      tables: [table],
      targets: [
        {
          what: 'formats that render',
          target: `all ${formats.length}`,
          measured: `${formats.length - failed.length}`,
          met: failed.length === 0,
        },
        {
          what: 'memory beside the result',
          target: `< ${BOUND} MB`,
          measured: `${Math.round(most)} MB`,
          met: most < BOUND,
        },
        ...(formats.includes('html')
          ? [
              {
                what: 'the HTML page',
                target: `< ${PAGE} MB`,
                measured: `${page.toFixed(1)} MB`,
                met: page < PAGE,
              },
            ]
          : []),
      ],
    },
    args,
  );
}

async function render(count: number, format: string) {
  const out = await mkdtemp(join(tmpdir(), 'bercail-bench-'));
  try {
    const script = join(root, 'scripts/bench/report/render.ts');
    const measured = await measure(process.execPath, ['--no-warnings', script, String(count), format, out]);
    if (measured.code !== 0) console.error(measured.output.slice(-500));
    const sizes = await Promise.all(
      (await readdir(out)).map(async (name) => (await stat(join(out, name))).size),
    );
    return { ...measured, size: sizes.reduce((sum, one) => sum + one, 0) / 2 ** 20 };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
