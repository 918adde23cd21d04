import { type Fact, isTree, type Json } from '../../inventory/fact.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ActiveRule } from '../../policy/resolve.ts';
import type { MeasureNote } from '../../result/context.ts';
import type { Names } from './name.ts';

/** What samples measured of each dataset, with the groups that a picture shows. */
export function measureNotes(
  { datasets, measured }: Inventory,
  names: Names,
  rules: readonly ActiveRule[],
): readonly MeasureNote[] {
  return [...datasets.values()].flatMap((dataset) => {
    const facts = measured.get(dataset.id) ?? measured.get(dataset.key);
    const rows = numberOf(facts?.get('rows'));
    if (!facts || rows === null) return [];
    const evidence = facts.get('rows')?.evidence;
    const known = facts.get('histogram');
    return {
      dataset: names.dataset(dataset.id),
      quasi: listOf(facts.get('quasi')).map(String),
      rows,
      unique: numberOf(facts.get('unique')),
      k: numberOf(facts.get('k')),
      l: numberOf(facts.get('l')),
      t: numberOf(facts.get('t')),
      threshold: thresholdOf(rules),
      histogram: listOf(known).map(binOf),
      evidence: evidence?.ref ?? null,
      sha256: evidence?.sha256 ?? null,
    };
  });
}

/** The largest group that a rule of this run asks for. */
function thresholdOf(rules: readonly ActiveRule[]): number | null {
  const asked = rules
    .filter(({ rule }) => rule.facts.includes('measured.k'))
    .map(({ rule, params }) => params['k'] ?? rule.source.params?.['k']?.default)
    .filter((k) => typeof k === 'number');
  return asked.length === 0 ? null : Math.max(...asked);
}

function binOf(bin: Json): MeasureNote['histogram'][number] {
  const { from, to, classes, rows } = isTree(bin) ? bin : {};
  return {
    from: Number(from),
    to: typeof to === 'number' ? to : null,
    classes: Number(classes),
    rows: Number(rows),
  };
}

function numberOf(fact: Fact | undefined): number | null {
  return fact?.state === 'known' && typeof fact.value === 'number' ? fact.value : null;
}

function listOf(fact: Fact | undefined): readonly Json[] {
  return fact?.state === 'known' && Array.isArray(fact.value) ? fact.value : [];
}
