import { BercailError } from '../error.ts';

/** What files are refused for, source by source: all of it is told at once. */
export interface Refusals {
  /** Does the work of a source; where its input is refused, gives `otherwise` and keeps why. */
  readonly attempt: <T>(source: number, work: () => Promise<T>, otherwise: T) => Promise<T>;
  /** Throws what was kept, in the order of the sources. */
  readonly end: () => void;
}

export function createRefusals(): Refusals {
  const kept: { readonly source: number; readonly error: BercailError }[] = [];
  return {
    attempt: async (source, work, otherwise) => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof BercailError) || error.code === 'internal') throw error;
        kept.push({ source, error });
        return otherwise;
      }
    },
    end: () => {
      const errors = kept.toSorted((a, b) => a.source - b.source).map(({ error }) => error);
      const [first] = errors;
      if (first === undefined) return;
      if (errors.length === 1) throw first;
      throw new BercailError(
        first.code,
        errors.flatMap(({ problems }) => problems),
        { cause: first },
      );
    },
  };
}
