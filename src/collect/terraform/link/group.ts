import type { SeenRelation } from '../../../inventory/observation.ts';
import type { Draft } from '../resource.ts';
import type { Said } from './said.ts';

export interface Member {
  readonly asset: string;
  readonly by: Draft;
}

/** More members than any global database takes are linked in a ring: everything still reaches everything. */
const MOST = 8;

/** Members of a global database hold the same data, whichever is written to first. */
export function linkMembers(group: readonly Member[]): readonly Said[] {
  const unique = [...new Map(group.map((member) => [member.asset, member])).values()];
  return unique.flatMap(({ asset, by }, i): Said[] => {
    const next = unique[(i + 1) % unique.length];
    const others = unique.length > MOST ? [next] : unique;
    const relations = others.flatMap((other): SeenRelation[] =>
      other === undefined || other.asset === asset ? [] : [{ kind: 'replica', to: other.asset }],
    );
    return relations.length === 0 ? [] : [{ subject: asset, by, relations }];
  });
}
