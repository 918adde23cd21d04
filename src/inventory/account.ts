/** Why something that a file defines is no asset. */
export const leftOutReasons = ['deleted', 'deposed', 'duplicate', 'condition', 'no_asset'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** What a file of infrastructure code defines, and what became of it: `defined` is `assets` and what was left out. */
export interface InputAccount {
  readonly source: string;
  readonly file: string;
  readonly defined: number;
  readonly assets: number;
  readonly left_out: readonly {
    readonly reason: LeftOutReason;
    readonly count: number;
    /** Addresses, where the reader of the file keeps them. */
    readonly names: readonly string[];
  }[];
  /** What the file only looks up: it creates nothing. */
  readonly data_sources: number;
}
