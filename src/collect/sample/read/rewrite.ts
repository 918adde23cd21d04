import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { BercailError, type Problem } from '../../../error.ts';
import { type CsvProblem, createCsvParser, csvCell, type Dialect } from './csv.ts';
import type { Survey } from './survey.ts';

const SHOWN = 20;
const BUFFERED = 1 << 20;

/**
 * Writes a CSV file again as the engine reads it without guessing: UTF-8, commas, line feeds. Returns where; the
 * caller owns the folder and removes it.
 * @throws BercailError with the lines that do not fit the header
 */
export async function rewriteCsv(
  { name: shown, path, gzip, encoding }: Survey,
  { delimiter, header, hasSeparatorLine }: Dialect,
  folder: string,
  name: string,
): Promise<{ readonly path: string; readonly rows: number }> {
  const target = join(folder, name);
  const problems: CsvProblem[] = [];
  let [out, rows, records] = ['', 0, 0];
  const skipped = hasSeparatorLine ? 1 : 0;
  const parser = createCsvParser(delimiter, {
    record: (cells, line) => {
      if (records++ < skipped + 1) return;
      rows++;
      if (cells.length !== header.length)
        problems.push({ kind: 'columns', line, expected: header.length, found: cells.length });
      else out += `${cells.map(csvCell).join(',')}\n`;
    },
    problem: (problem) => problems.push(problem),
  });
  const file = await open(target, 'wx', 0o600);
  try {
    const decoder = new TextDecoder(encoding);
    const source = createReadStream(path, { highWaterMark: BUFFERED });
    for await (const chunk of gzip ? source.pipe(createGunzip()) : source) {
      parser.push(decoder.decode(chunk as Buffer, { stream: true }));
      if (problems.length > SHOWN) break;
      if (out.length > BUFFERED) {
        await file.write(out);
        out = '';
      }
    }
    parser.push(decoder.decode());
    if (problems.length <= SHOWN) parser.end();
    await file.write(out);
  } finally {
    await file.close();
  }
  if (problems.length > 0) throw new BercailError('input', told(problems, shown));
  return { path: target, rows };
}

/** Writes a text again as plain UTF-8, without a mark and not compressed. Returns where. */
export async function rewriteText(
  { path, gzip, encoding }: Survey,
  folder: string,
  name: string,
): Promise<string> {
  const target = join(folder, name);
  const decoder = new TextDecoder(encoding);
  const source = createReadStream(path, { highWaterMark: BUFFERED });
  const file = await open(target, 'wx', 0o600);
  try {
    for await (const chunk of gzip ? source.pipe(createGunzip()) : source)
      await file.write(decoder.decode(chunk as Buffer, { stream: true }));
    await file.write(decoder.decode());
  } finally {
    await file.close();
  }
  return target;
}

function told(problems: readonly CsvProblem[], file: string): readonly Problem[] {
  return problems.slice(0, SHOWN).map(({ kind, line, expected, found }, index, all) => ({
    message:
      kind === 'columns'
        ? `this row has ${found} cells and the header ${expected}`
        : 'a quoted cell does not end, or is not quoted as a whole',
    where: { file, line, column: 1 },
    ...(index === all.length - 1 && problems.length > SHOWN ? { hint: 'there are more' } : {}),
  }));
}
