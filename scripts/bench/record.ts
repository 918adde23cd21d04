import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';

export type Cell = string | number | null;

export interface BenchTable {
  readonly title: string;
  /** `digits`: how many decimals numbers show; a column of words has none. */
  readonly columns: readonly { readonly name: string; readonly digits?: number }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly note?: string;
}

/** What one benchmark measured: `docs/benchmarks/NAME.json`, from which its part of docs/benchmarks.md is made. */
export interface BenchRecord {
  readonly bench: string;
  readonly title: string;
  /** What was measured and how, for somebody who wants to doubt it. */
  readonly method: string;
  /** As typed. */
  readonly command: string;
  readonly measured_on: string;
  readonly machine: string;
  readonly tables: readonly BenchTable[];
  readonly targets: readonly {
    readonly what: string;
    readonly target: string;
    readonly measured: string;
    readonly met: boolean;
  }[];
}

/** Where and when, as far as it bears on figures. */
export function circumstances(): Pick<BenchRecord, 'measured_on' | 'machine'> {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return {
    measured_on: new Date().toISOString().slice(0, 10),
    machine: `${processors.length} × ${model(processors[0]?.model)}, ${gigabytes} GB, ${type()} ${release().split('-')[0]}, Node ${process.versions.node}, load ${load.toFixed(1)} at the end`,
  };
}

function model(name: string | undefined): string {
  return (
    name
      ?.replace(/\((?:R|TM)\)|@.*$/g, '')
      .replace(/\s+/g, ' ')
      .trim() ?? 'unknown processor'
  );
}

/** As text, for a terminal. */
export function printTables({ tables, targets }: Pick<BenchRecord, 'tables' | 'targets'>): void {
  for (const { title, columns, rows, note } of tables) {
    const lines = [
      columns.map(({ name }) => name),
      ...rows.map((row) => row.map((cell, at) => cellText(cell, columns[at]?.digits))),
    ];
    const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
    console.log(`\n${title}`);
    for (const line of lines)
      console.log(
        line
          .map((cell, at) =>
            columns[at]?.digits === undefined ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
          )
          .join('  ')
          .trimEnd(),
      );
    if (note !== undefined) console.log(note);
  }
  if (targets.length > 0) console.log('');
  for (const { what, target, measured, met } of targets)
    console.log(`${met ? 'met   ' : 'MISSED'}  ${what}: ${measured} (target ${target})`);
}

export function cellText(cell: Cell, digits = 0): string {
  if (cell === null) return '–';
  return typeof cell === 'string'
    ? cell
    : cell.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Prints; with `--save`, keeps the record in the documentation, else among what git does not see. */
export function publish(record: BenchRecord, args: readonly string[]): void {
  printTables(record);
  const folder = args.includes('--save') ? 'docs/benchmarks' : '.bench';
  const file = join(folder, `${record.bench}.json`);
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, file), `${JSON.stringify(record, null, 2)}\n`);
  console.log(
    args.includes('--save')
      ? `\n${file}; \`npm run docs\` takes it into docs/benchmarks.md`
      : `\n${file}; --save keeps it in docs/benchmarks`,
  );
}

export function readRecord(file: string): BenchRecord {
  return JSON.parse(readFileSync(file, 'utf8')) as BenchRecord;
}
