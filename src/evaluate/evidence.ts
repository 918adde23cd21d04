import type { Evidence } from '../inventory/fact.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Judgement } from '../rule/rule.ts';
import { get } from './view/context.ts';
import type { Judged } from './view/scope.ts';

/** What a verdict rests on: looked up when somebody reads the finding. */
export function createWitness(
  inventory: Inventory,
): (judged: Judged, judgement: Judgement) => readonly Evidence[] {
  const reads = new Map<Judgement, (fact: string) => boolean>();
  let incoming: ReadonlyMap<string, readonly Evidence[]> | null = null;
  return (judged, judgement) => {
    incoming ??= incomingEvidence(inventory);
    const read = reads.get(judgement) ?? readsOf(judgement);
    reads.set(judgement, read);
    return [...evidenceOf(judged, inventory, incoming, read), ...samplesOf(judged, inventory, judgement)];
  };
}

/** Evidence of the relations that lead to each asset. */
function incomingEvidence({ assets }: Inventory): ReadonlyMap<string, readonly Evidence[]> {
  const incoming = new Map<string, Evidence[]>();
  for (const { relations } of assets.values()) {
    for (const { to, evidence } of relations) {
      const list = incoming.get(to);
      if (list) list.push(evidence);
      else incoming.set(to, [evidence]);
    }
  }
  return incoming;
}

/** Which facts of an asset the conditions read. */
function readsOf({ when, assert }: Judgement): (fact: string) => boolean {
  const read = new Set(
    [...(when?.facts ?? []), ...assert.facts].map((fact) => fact.replace(/^(holding\.)?asset\./, '')),
  );
  const known = new Map<string, boolean>();
  return (name) => {
    const found =
      known.get(name) ??
      [...read].some(
        (fact) =>
          fact === name ||
          fact.startsWith(`${name}.`) ||
          name.startsWith(`${fact}.`) ||
          (fact.startsWith('place.') && name.startsWith('place.')),
      );
    known.set(name, found);
    return found;
  };
}

/** Where the subject is declared, how it was reached, and what gave the facts that the rule reads. */
function evidenceOf(
  judged: Judged,
  { assets, datasets }: Inventory,
  incoming: ReadonlyMap<string, readonly Evidence[]>,
  reads: (fact: string) => boolean,
): readonly Evidence[] {
  if (judged.thing === null) return [];
  if (judged.target !== 'holding' && judged.target !== 'asset') return judged.thing.evidence;
  const asset = judged.target === 'holding' ? get(assets, judged.thing.asset) : judged.thing;
  const facts = [...asset.facts.keys()].filter(reads).flatMap((name) => asset.facts.evidenceOf(name) ?? []);
  const copies = judged.target === 'holding' && judged.thing.derived ? (incoming.get(asset.id) ?? []) : [];
  const written = asset.evidence.filter(({ source }) => source === 'manifest');
  const dataset = judged.target === 'holding' ? get(datasets, judged.thing.dataset).evidence : [];
  const found = unique([...written, ...dataset, ...copies, ...facts]);
  return found.length > 0 ? found : asset.evidence.slice(0, 1);
}

/** The samples whose measures the rule reads: the file, by its hash. */
function samplesOf(
  judged: Judged,
  { measured }: Inventory,
  { when, assert }: Judgement,
): readonly Evidence[] {
  if (judged.target !== 'holding' && judged.target !== 'dataset') return [];
  const facts = measured.get(judged.target === 'holding' ? judged.thing.dataset : judged.thing.id);
  const read = [...(when?.facts ?? []), ...assert.facts].filter((fact) => fact.startsWith('measured.'));
  return unique(
    read.flatMap((fact) => facts?.get(fact.split('.')[1]?.replace('[]', '') ?? '')?.evidence ?? []),
  );
}

function unique(evidence: readonly Evidence[]): readonly Evidence[] {
  return [
    ...new Map(
      evidence.map((one) => [`${one.source}\0${one.ref}\0${one.operation}\0${one.sha256}`, one]),
    ).values(),
  ];
}
