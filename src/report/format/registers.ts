import type { Reporter } from '../reporter.ts';
import { createTeller } from '../story/teller.ts';
import { quote } from './csv.ts';
import { chainSheet, registerSheet, transferSheet } from './xlsx/context-sheet.ts';

const sheets = { register: registerSheet, chain: chainSheet, transfers: transferSheet };

/** The register, the chain of sub-processors and the list of transfers of the workbook, each as a CSV file (RFC 4180). */
export const render: Reporter = function* (result, { language, messages, part = 'register' }) {
  const make = Object.hasOwn(sheets, part) ? sheets[part as keyof typeof sheets] : registerSheet;
  const { columns, rows } = make(createTeller(result, language, messages));
  yield line(columns.map(({ label }) => label));
  for (const row of rows) yield line(row.map((cell) => (cell === null ? '' : String(cell))));
};

/** A list in a cell has a line each; what it holds that could mislead is visible already. */
function line(cells: readonly string[]): string {
  return `${cells.map((cell) => cell.split('\n').map(quote).join('\n').replaceAll('"\n"', '\n')).join(',')}\r\n`;
}
