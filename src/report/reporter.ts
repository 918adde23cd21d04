import type { Language, Result } from '../result/result.ts';
import type { Messages } from './message.ts';

/** What a reporter may know beside the result. Nothing here may change what is said, only how it is shown. */
export interface ReportContext {
  readonly language: Language;
  readonly messages: Messages;
  /** ANSI colours may be written. */
  readonly color: boolean;
  /** Columns of the terminal; null when the output is not one. */
  readonly width: number | null;
  /** OSC 8 links may be written. */
  readonly hyperlinks: boolean;
  /** The folder that paths of evidence start from, for links to them; left out where there are none. */
  readonly folder?: string;
  /** The text of a file of `reports/templates/`: styles and tables that people change without code. */
  readonly template?: (name: string) => string;
  /** Which of the files of a format that has several (`ReportFormat.parts`); the first when left out. */
  readonly part?: string;
}

/** An output whole, or piece by piece where the whole would be too large to hold. */
export type Rendered = string | Uint8Array | Iterable<string>;

/** Turns a result into one output. Pure: the same result and context give the same bytes. */
export type Reporter = (result: Result, context: ReportContext) => Rendered;

/** For outputs that must wait: a layout, a compiler. */
export type AsyncReporter = (result: Result, context: ReportContext) => Promise<string | Uint8Array>;
