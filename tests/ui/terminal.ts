/** As much of a terminal as progress needs: lines that break, a cursor that goes up, erasing. Every character is one column. */
export interface FakeTerminal {
  /** Takes what is written, and gives the rows as they stand. */
  readonly write: (text: string) => string[];
  /** Breaks what is too long for the new width, as terminals do. */
  readonly resize: (columns: number) => void;
  /** Characters taken so far. */
  readonly taken: () => number;
}

const ESCAPE = '\u001b';

export function terminalOf(columns: number): FakeTerminal {
  let width = columns;
  let rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  let taken = 0;
  const erase = (): void => void rows[row]?.splice(column);
  const commands: { readonly [letter: string]: (count: number) => void } = {
    A: (count) => {
      row = Math.max(0, row - count);
    },
    J: () => {
      erase();
      rows = rows.slice(0, row + 1);
    },
    K: erase,
    // Synchronised updates: nothing that this terminal knows.
    h: () => undefined,
    l: () => undefined,
  };
  const type = (character: string): void => {
    if (character === '\r') column = 0;
    else if (character === '\n') {
      column = 0;
      row += 1;
      rows[row] ??= [];
    } else {
      if (column >= width) type('\n');
      const line = rows[row] ?? [];
      line[column] = character;
      column += 1;
    }
  };
  return {
    taken: () => taken,
    resize(next) {
      width = next;
      rows = rows.flatMap((line) =>
        Array.from({ length: Math.max(1, Math.ceil(line.length / width)) }, (_, piece) =>
          line.slice(piece * width, (piece + 1) * width),
        ),
      );
      row = rows.length - 1;
    },
    write(text) {
      taken += text.length;
      for (const [index, piece] of text.split(ESCAPE).entries()) {
        const [sequence = '', count, letter = ''] =
          index === 0 ? [] : (/^\[\??(\d*)([A-Za-z])/.exec(piece) ?? []);
        const command = commands[letter];
        if (index > 0 && !command) throw new Error('a sequence that terminals might not know');
        command?.(Number(count));
        for (const character of piece.slice(sequence.length)) type(character);
      }
      return rows.map((line) => line.join(''));
    },
  };
}
