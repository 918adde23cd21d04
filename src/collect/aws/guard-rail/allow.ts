import { readConditions } from './condition.ts';
import { coverOf, covers } from './cover.ts';
import type { Bounded, GuardPolicy } from './policy.ts';

/** What a level does not allow in a region. */
export interface Withheld {
  readonly name: string;
  /** Actions that stay allowed there. */
  readonly patterns: readonly string[];
}

/**
 * What one level does not allow. Service control policies allow nothing by themselves, and what no policy of a level
 * allows is denied: an `Allow` for some regions only, in the place of the one for everything, is a guard rail too. Other
 * conditions of an `Allow` are taken as met, and its resources as all: they could only close more.
 */
export function withheldIn(
  policies: readonly GuardPolicy[],
  universe: readonly string[],
  bounded: Bounded,
): ReadonlyMap<string, Withheld> {
  const allows = policies.flatMap(({ id, type, statements }) =>
    type === 'scp'
      ? statements
          .filter(({ effect }) => effect === 'Allow')
          .map((statement) => ({
            name: `${id}/${statement.id}`,
            cover: coverOf(statement.actions),
            bound: readConditions(statement, bounded),
          }))
      : [],
  );
  const regional = allows.filter(({ bound }) => bound.isRegional).map(({ name }) => name);
  // Without a condition on the region no level tells regions apart.
  if (regional.length === 0) return new Map();
  const at = new Map(
    universe.map(
      (region) => [region, allows.filter(({ bound }) => bound.inRegion(region) !== false)] as const,
    ),
  );
  const most = [...at.values()];
  const closed = [...at].flatMap(([region, open]): [string, Withheld][] => {
    if (open.some(({ cover }) => cover.kind === 'except')) return [];
    const patterns = open.flatMap(({ cover }) => cover.patterns);
    const opensMore = most.some((other) =>
      other.some(
        ({ cover }) =>
          cover.kind === 'except' ||
          cover.patterns.some((one) => !patterns.some((here) => covers(here, one))),
      ),
    );
    return opensMore ? [[region, { name: regional.join('+'), patterns }]] : [];
  });
  return new Map(closed);
}
