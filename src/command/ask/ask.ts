export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Questions to a person. Each throws `Cancelled` when the person leaves. */
export interface Ask {
  readonly select: (message: string, choices: readonly Choice[], initial?: string) => Promise<string>;
  readonly several: (
    message: string,
    choices: readonly Choice[],
    initial: readonly string[],
  ) => Promise<readonly string[]>;
  /** `check` says what is wrong with an answer. */
  readonly text: (
    message: string,
    initial: string,
    check?: (answer: string) => string | undefined,
  ) => Promise<string>;
  readonly confirm: (message: string, initial: boolean) => Promise<boolean>;
}

/** The person pressed Ctrl-C or Escape: nothing is to be written. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
