/** What a manifest says of a dataset, as far as screening needs it. */
export interface ScreenInput {
  readonly population: number | null;
  readonly fields: readonly {
    readonly name: string;
    readonly role: string | null;
    readonly distinct: number | null;
  }[];
}

export interface Screening {
  readonly population: number;
  /** Combinations of values of the quasi-identifiers: a lower bound when some have no `distinct`. */
  readonly combinations: number;
  /** Expected share of persons alone in their combination, were they spread evenly. */
  readonly unique_share: number;
  /** Quasi-identifiers whose number of values nobody stated: the true share can only be larger. */
  readonly not_stated: readonly string[];
}

/**
 * The share of unique persons to expect from a manifest alone: (1 − 1/C)^(N−1) for C combinations and N persons.
 * Null where the population, or every number of values, is missing.
 */
export function screen({ population, fields }: ScreenInput): Screening | null {
  const quasi = fields.filter(({ role }) => role === 'quasi_identifier');
  const stated = quasi.flatMap(({ distinct }) => distinct ?? []);
  if (population === null || population < 1 || stated.length === 0) return null;
  const combinations = stated.reduce((product, distinct) => product * distinct, 1);
  return {
    population,
    combinations,
    unique_share: population === 1 ? 1 : Math.exp((population - 1) * Math.log1p(-1 / combinations)),
    not_stated: quasi.filter(({ distinct }) => distinct === null).map(({ name }) => name),
  };
}
