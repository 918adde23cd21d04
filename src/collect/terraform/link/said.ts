import { type Fact, isMissing } from '../../../inventory/fact.ts';
import type { SeenAsset, SeenRelation } from '../../../inventory/observation.ts';
import { type Facts, unsaid } from '../../code/fact.ts';
import type { Statement } from '../describe/description.ts';
import type { Draft } from '../resource.ts';

/** Something said of an asset, and by which resource. */
export interface Said {
  readonly subject: string;
  readonly by: Draft;
  readonly facts?: Facts;
  readonly relations?: readonly SeenRelation[];
  /** Set for the other end of a copy, which is no resource of its own. */
  readonly asset?: SeenAsset;
}

/** Of all that is said of an asset, one thing for each resource that says it. What is known comes before what is not. */
export function mergeSaid(said: readonly Said[]): Iterable<Said> {
  if (said.length < 2) return said;
  const merged = new Map<string, Said>();
  for (const one of said) {
    const before = merged.get(one.by.id);
    merged.set(one.by.id, before === undefined ? one : join(before, one));
  }
  return merged.values();
}

function join(before: Said, { subject, by, facts: more = {}, relations = [], asset }: Said): Said {
  const facts: { [name: string]: Fact } = { ...before.facts };
  for (const [name, fact] of Object.entries(more)) {
    const own = facts[name];
    if (own === undefined || isMissing(own)) facts[name] = fact;
  }
  const all = [...(before.relations ?? []), ...relations];
  const unique = [...new Map(all.map((one) => [`${one.kind} ${one.to}`, one])).values()];
  const seen = before.asset ?? asset;
  return { subject, by, facts, relations: unique, ...(seen ? { asset: seen } : {}) };
}

/** What may not come to be establishes nothing of another. */
export function doubtFacts(facts: Facts | undefined, { address }: Draft): Facts {
  const doubt = unsaid(`whether ${address} comes to be is not worked out`);
  return Object.fromEntries(Object.keys(facts ?? {}).map((name) => [name, doubt]));
}

export function doubtParts(parts: Statement['parts']): Statement['parts'] {
  return Object.fromEntries(Object.keys(parts ?? {}).map((name) => [name, 'unknown']));
}
