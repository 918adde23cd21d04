/** An input to start from. `form` says how it may be changed so that some of what comes out still parses. */
export interface Seed {
  readonly name: string;
  readonly form: 'json' | 'text';
  readonly text: string;
}

/** What became of one input: `outcome` is counted; `flaw` says what must not happen. */
export interface Examined {
  readonly outcome: string;
  readonly flaw: string | null;
}

/** One file of `scripts/fuzz/` exports one of these as `target`. */
export interface Target {
  readonly seeds: () => readonly Seed[] | Promise<readonly Seed[]>;
  /** Gets what it needs once, and a folder of its own; what it returns is handed each input. */
  readonly start: (folder: string) => Promise<(input: Seed, index: number) => Promise<Examined>>;
}
