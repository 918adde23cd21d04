/** `take`: hand the whole value over; `enter`: look at what is in it; `skip`: pass over it. */
export type Choice = 'take' | 'enter' | 'skip';

export type Path = readonly (string | number)[];

/** A value that was asked for, where it is in the document, and where in the file (1-based). */
export interface Found {
  readonly path: Path;
  readonly value: unknown;
  readonly line: number;
  readonly column: number;
}
