import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { type BenchRecord, type BenchTable, cellText, readRecord } from '../bench/record.ts';
import { code, fence, page, prose, table } from './markdown.ts';

/** Each benchmark that was kept: `npm run bench -- NAME --save` writes its record. */
export function loadBenchmarks(folder = join(root, 'docs/benchmarks')): readonly BenchRecord[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readRecord(join(folder, name)));
}

export function benchmarkPage(records: readonly BenchRecord[]): string {
  return page(
    '`docs/benchmarks/*.json`',
    '# Benchmarks',
    `${code('npm run bench -- NAME')} measures again, on your machine; ${code('--save')} keeps the record that this page is made from. Times depend on the machine and on what else it does: ratios within one table were measured in one run and say more.`,
    ...missedPart(records),
    ...records.flatMap(section),
  );
}

/** What is behind a target or a peer is said first. */
function missedPart(records: readonly BenchRecord[]): readonly string[] {
  const missed = records.flatMap(({ title, targets }) =>
    targets
      .filter(({ met }) => !met)
      .map(({ what, target, measured }) => [prose(title), prose(what), prose(target), prose(measured)]),
  );
  return missed.length === 0
    ? []
    : ['## What is missed', table(['benchmark', 'target', 'wanted', 'measured'], missed)];
}

function section({
  title,
  method,
  command,
  measured_on,
  machine,
  tables,
  targets,
}: BenchRecord): readonly string[] {
  return [
    `## ${prose(title)}`,
    prose(method),
    fence('sh', command),
    `Measured on ${measured_on}: ${prose(machine)}.`,
    ...tables.flatMap(tablePart),
    table(
      ['target', 'wanted', 'measured', ''],
      targets.map(({ what, target, measured, met }) => [
        prose(what),
        prose(target),
        prose(measured),
        met ? 'met' : '**missed**',
      ]),
    ),
  ];
}

function tablePart({ title, columns, rows, note }: BenchTable): readonly string[] {
  return [
    `### ${prose(title)}`,
    table(
      columns.map(({ name }) => prose(name)),
      rows.map((row) => row.map((cell, at) => prose(cellText(cell, columns[at]?.digits)))),
    ),
    note === undefined ? '' : prose(note),
  ];
}
