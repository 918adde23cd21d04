/** Why a text is not the table that its header announces; cells are never quoted. */
export interface CsvProblem {
  readonly kind: 'columns' | 'quotes';
  /** 1-based line of the file. */
  readonly line: number;
  readonly expected?: number;
  readonly found?: number;
}

export interface CsvParser {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

export interface CsvHandler {
  /** Called for each record that is not a blank line; `line` is where it starts. The array is not kept. */
  readonly record: (cells: readonly string[], line: number) => void;
  readonly problem: (problem: CsvProblem) => void;
}

const QUOTE = '"';

/** Reads RFC 4180, with any delimiter and with line ends of any kind, however the text is cut into pieces. */
export function createCsvParser(delimiter: string, { record, problem }: CsvHandler): CsvParser {
  let cells: string[] = [];
  let cell = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' | 'broken' = 'start';
  let [line, start, afterReturn] = [1, 1, false];

  const endCell = (): void => {
    cells.push(cell);
    cell = '';
    state = 'start';
  };
  const endRecord = (): void => {
    const blank = cells.length === 0 && cell === '' && state === 'start';
    if (!blank) {
      endCell();
      record(cells, start);
    }
    cells = [];
    start = line + 1;
  };

  const push = (text: string): void => {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const letter = text[at];
      if (state === 'quoted') {
        if (letter === QUOTE) {
          cell += text.slice(from, at);
          state = 'closed';
        } else if (letter === '\n') line++;
        continue;
      }
      const second = afterReturn && letter === '\n';
      afterReturn = letter === '\r';
      if (second) {
        from = at + 1;
        continue;
      }
      if (letter === delimiter || letter === '\n' || letter === '\r') {
        if (state === 'plain') cell += text.slice(from, at);
        if (letter === delimiter) endCell();
        else {
          endRecord();
          line++;
        }
        from = at + 1;
      } else if (letter === QUOTE && state === 'start') {
        state = 'quoted';
        from = at + 1;
      } else if (letter === QUOTE && state === 'closed') {
        cell += QUOTE;
        state = 'quoted';
        from = at + 1;
      } else if (state === 'start') {
        state = 'plain';
        from = at;
      } else if (state === 'closed' && letter !== ' ' && letter !== '\t') {
        problem({ kind: 'quotes', line });
        state = 'broken';
      }
    }
    if (state === 'plain' || state === 'quoted') cell += text.slice(from);
  };

  const end = (): void => {
    if (state === 'quoted') problem({ kind: 'quotes', line: start });
    endRecord();
  };
  return { push, end };
}

/** A text as a cell: quoted where it has to be. */
export function csvCell(value: string): string {
  return /[",\n\r]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export interface Dialect {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** A first line `sep=;` as spreadsheets write it. */
  readonly hasSeparatorLine: boolean;
}

const delimiters = [',', ';', '\t', '|'] as const;
const LOOKED_AT = 100;

/** The delimiter that cuts the first records into the most cells, as many in each. `head`: the start of the file. */
export function sniff(head: string, whole: boolean): Dialect {
  const said = /^sep=(.)\r?\n/i.exec(head);
  const text = said ? head.slice(said[0].length) : head;
  const tries = (said ? [said[1] ?? ','] : delimiters).map((delimiter) => {
    const records = recordsOf(text, delimiter, whole);
    const [header = []] = records;
    const alike =
      records.filter(({ length }) => length === header.length).length / Math.max(records.length, 1);
    return { delimiter, header, score: header.length < 2 ? 0 : alike * Math.log2(header.length + 1) };
  });
  const best = tries.reduce((a, b) => (b.score > a.score ? b : a));
  return {
    delimiter: best.delimiter,
    header: best.header.map((name) => name.trim()),
    hasSeparatorLine: said !== null,
  };
}

function recordsOf(text: string, delimiter: string, whole: boolean): readonly (readonly string[])[] {
  const records: string[][] = [];
  const parser = createCsvParser(delimiter, {
    record: (cells) => records.push([...cells]),
    problem: () => undefined,
  });
  parser.push(text);
  if (whole) parser.end();
  return records.slice(0, LOOKED_AT);
}
