import { strToU8, Zip, ZipDeflate } from 'fflate';
import { visible } from '../../visible.ts';

/** A text, a number, or nothing. There are no formulas: nothing here can become one. */
export type Cell = string | number | null;

export interface Sheet {
  readonly name: string;
  /** Heading and width in characters. */
  readonly columns: readonly { readonly label: string; readonly width: number }[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** A cell holds 32,767 characters; a sheet 1,048,576 rows. What is cut says so. */
const maxCell = 32_000;
const maxRows = 1_000_000;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** An Office Open XML workbook (ECMA-376). The same sheets give the same bytes. */
export function writeWorkbook(sheets: readonly Sheet[]): Uint8Array {
  const numbered = sheets.map((sheet, index) => ({ sheet, number: index + 1 }));
  const files: { [name: string]: string } = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbered.map(({ sheet, number }) => `<sheet name="${escape(sheetName(sheet.name))}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${relations}">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles,
  };
  const parts: readonly (readonly [name: string, pieces: Iterable<string>])[] = [
    ...Object.entries(files).map(([name, text]) => [name, [text]] as const),
    ...numbered.map(({ sheet, number }) => [`xl/worksheets/sheet${number}.xml`, sheetXml(sheet)] as const),
  ];
  return zipped(parts);
}

/** What is compressed together: many small pieces would cost more than what they hold. */
const pieceLength = 1 << 20;

/** Piece by piece: a sheet of a large result is hundreds of megabytes before it is compressed. */
function zipped(parts: readonly (readonly [name: string, pieces: Iterable<string>])[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [name, pieces] of parts) {
    const part = new ZipDeflate(name, { level: 6 });
    // A local time, as a ZIP has it: the same bytes in every zone.
    part.mtime = '1980-01-01T00:00:00';
    zip.add(part);
    let text = '';
    for (const piece of pieces) {
      text += piece;
      if (text.length < pieceLength) continue;
      part.push(strToU8(text));
      text = '';
    }
    part.push(strToU8(text), true);
  }
  zip.end();
  return Buffer.concat(chunks);
}

/** 0: as it is; 1: heading; 2: text, wrapped, and a text still when somebody edits it (`quotePrefix`). */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf xfId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function* sheetXml({ columns, rows }: Sheet): Iterable<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`;
  for (const [index, { width }] of columns.entries())
    yield `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  yield '</cols><sheetData>';
  yield rowXml(
    columns.map(({ label }) => label),
    1,
  );
  let count = 1;
  for (const row of rows) {
    count += 1;
    if (count > maxRows) break;
    yield rowXml(row, 2);
  }
  yield `</sheetData><autoFilter ref="A1:${letter(columns.length)}${Math.min(count, maxRows)}"/></worksheet>`;
}

function rowXml(cells: readonly Cell[], style: number): string {
  return `<row>${cells.map((cell) => cellXml(cell, style)).join('')}</row>`;
}

/** Texts stand in the cell itself, as texts: a spreadsheet neither runs nor guesses at them. */
function cellXml(cell: Cell, style: number): string {
  if (cell === null || cell === '') return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escape(lines(cell))}</t></is></c>`;
}

/** Line breaks are ours (lists); everything else that hides or misleads becomes visible. */
function lines(text: string): string {
  const shown = text.split('\n').map(visible).join('\n');
  return shown.length > maxCell ? `${shown.slice(0, maxCell).toWellFormed()}…` : shown;
}

function escape(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll(/[\ufffe\uffff]/g, (found) => `\\u{${found.codePointAt(0)?.toString(16) ?? ''}}`)
      // A spreadsheet reads _x0041_ as an A.
      .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
  );
}

function sheetName(name: string): string {
  return name.replaceAll(/[[\]*?:/\\]/g, ' ').slice(0, 31);
}

function letter(column: number): string {
  return String.fromCharCode(64 + Math.max(1, Math.min(26, column)));
}
