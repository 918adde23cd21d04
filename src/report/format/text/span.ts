export type Style =
  | 'bold'
  | 'dim'
  | 'critical'
  | 'high'
  | 'medium'
  | 'low'
  | 'info'
  | 'good'
  | 'bad'
  | 'open'
  /** Where the reader is, on a screen that moves. */
  | 'cursor';

/** A run of text in one style. `href` makes it a link where the terminal has them. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
  readonly href?: string | null;
  /** The same for a file of this machine, whose address is of our making. */
  readonly file?: string | null;
}

export type Spans = readonly (Span | string)[];
