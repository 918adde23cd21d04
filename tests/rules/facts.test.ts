import { describe, expect, test } from '@jest/globals';
import { loadRules } from '../../src/load.ts';
import { manifestSchema } from '../../src/manifest/schema/manifest.ts';
import { type RecordName, records, type Target, targets } from '../../src/rule/model.ts';
import { formsOf, type JsonSchema, resolveRef } from '../../src/yaml/schema.ts';
import { catalog } from '../setup/run.ts';

/** Where facts come from that no manifest field says: what gives each, so that none waits for a giver that is not there. */
const elsewhere: { readonly [fact: string]: string } = {
  // The run.
  as_of: 'the day of the audit',
  attestation: 'attestations of manifests and of the attestations file',
  'policy.disabled': 'the policy',
  'disabled_rule.reason': 'the policy',
  'disabled_rule.expires': 'the policy',
  'audit.waivers': 'the file of waivers',
  'waiver.reason': 'the file of waivers',
  'waiver.expires': 'the file of waivers',
  // Relations between what the manifest declares and what sources show, built by the inventory.
  'activity.holdings': 'derived: holdings of its datasets',
  'activity.organisations': 'derived: parties of those holdings',
  'asset.classified': 'derived: tags and the policy',
  'asset.collected': 'derived: which sources were read to their end',
  'asset.declared': 'derived: matched to a manifest',
  'asset.observed': 'derived: seen by a source',
  'asset.external': 'collector: the other end of a copy',
  'asset.other_owner': 'collector: the tenant of another subscription',
  'asset.personal_data': 'derived: whether it holds datasets',
  'asset.provider': 'collector: the provider that runs it; derived from the declared place',
  'asset.store': 'derived: its kind',
  'asset.holdings': 'derived: what it holds',
  'asset.organisations': 'derived: the declared organisations',
  'asset.key': 'derived',
  'dataset.claimed': 'derived: claims about it',
  'dataset.claims': 'derived: claims about it or its holders',
  'dataset.holdings': 'derived: where it is held',
  'dataset.key': 'derived',
  'dataset.unclassified': 'derived: a store that nobody described',
  'flow.activities': 'derived: activities that use its datasets',
  'holding.activities': 'derived: activities that use its dataset',
  'holding.chain': 'derived: operator, who runs it, who engaged them',
  'holding.derived': 'derived: reached by a copy',
  'holding.identified': 'derived: holdings that its dataset re-identifies',
  'holding.observed': 'derived: seen by a source',
  'holding.path': 'derived: how the dataset got there',
  'holding.processed': 'derived: worked on, not kept',
  'holding.recipients': 'derived: operator and who runs it',
  'step.kind': 'derived: how the dataset got there',
  'organisation.chain': 'derived: who engaged it',
  'organisation.declared': 'derived: named by a manifest',
  'organisation.id': 'derived',
  'organisation.key': 'derived',
  'organisation.reaches_controller': 'derived: who engaged it',
  // The catalog.
  'organisation.exposures': 'the catalog; derived from the declared owner',
  'exposure.reach': 'the catalog',
  'offer.qualifications': 'the catalog; the offers of an organisation',
  'place.scope': 'the catalog',
  // Only an account shows it.
  'guard_rail.effective': 'collector: preventive controls of accounts and subscriptions',
  'guard_rail.allowed_countries': 'collector: preventive controls of accounts and subscriptions',
  // Only a sample shows it.
  'measured.columns': 'collector: sample',
  'measured.identifiers': 'collector: sample',
  'identifier.kind': 'collector: sample',
  'identifier.column': 'collector: sample',
  'measured.k': 'collector: sample',
  'measured.l': 'collector: sample',
  'measured.pseudonym_derived': 'collector: sample',
  'measured.pseudonym_reused': 'collector: sample',
  'measured.smallest_cell': 'collector: sample',
};

type Fields = { readonly [field: string]: string };

function isRecord(type: string): type is RecordName {
  return Object.hasOwn(records, type);
}

/** `activities[].sren31.derogation` → `sren31.derogation`: the record that has the field, as the model says. */
function ownField(target: Target, fact: string): string {
  const steps = fact.replaceAll('[]', '').split('.');
  if (/^(params|as_of|attestation)$/.test(steps[0] ?? '')) return steps[0] ?? '';
  let owner: string = target;
  let fields: Fields = targets[target];
  for (const step of steps.slice(0, -1)) {
    owner = (fields[step] ?? '').replace(/^(list|map)<(.+)>$/, '$2');
    fields = isRecord(owner) ? records[owner] : {};
  }
  return `${owner}.${steps.at(-1)}`;
}

function properties(start: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  const node = resolveRef(manifestSchema, start);
  const inside = formsOf(node).flatMap(properties);
  const items = typeof node['items'] === 'object' ? properties(node['items'] as JsonSchema) : [];
  return [
    ...inside,
    ...items,
    ...Object.entries((node['properties'] ?? {}) as { readonly [key: string]: JsonSchema }),
  ];
}

/** Every field of the model that the manifest schema has, walking both side by side. */
function manifestFields(): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (record: RecordName, node: JsonSchema): void => {
    const seen: Fields = record in targets ? targets[record as Target] : {};
    const fields: Fields = { ...seen, ...records[record] };
    for (const [field, schema] of properties(node)) {
      const type = (fields[field] ?? '').replace(/^list<(.+)>$/, '$1');
      if (type === '' || found.has(`${record}.${field}`)) continue;
      found.add(`${record}.${field}`);
      if (isRecord(type)) walk(type, schema);
    }
  };
  const definitions = manifestSchema['$defs'] as { readonly [name: string]: JsonSchema };
  for (const record of [
    'organisation',
    'dataset',
    'asset',
    'flow',
    'activity',
    'claim',
    'transfer',
    'place',
  ] as const)
    walk(record, definitions[record] ?? {});
  return found;
}

/** Variables of a target that are fields of a record by another name: `retention` is the asset's. */
const sameAs: readonly (readonly [RegExp, string])[] = [
  [
    /^holding\.(access_log|access_log_places|account|encryption|kind|offer|place|provider_access|public|retention|run_by|operator)$/,
    'asset.$1',
  ],
  [/^flow\.place$/, 'asset.place'],
  [/^declared_asset\.place$/, 'asset.place'],
];

const packs = await loadRules(catalog);
const declared = manifestFields();
const read = new Map<string, string[]>();
for (const rule of packs.flatMap(({ rules }) => rules)) {
  for (const [target, { when, assert, severity }] of rule.judgements) {
    for (const fact of [when, assert, ...severity.map((level) => level.when)].flatMap(
      (program) => program?.facts ?? [],
    )) {
      const own = sameAs.reduce((name, [pattern, to]) => name.replace(pattern, to), ownField(target, fact));
      if (own !== 'params') read.set(own, [...new Set([...(read.get(own) ?? []), rule.id])]);
    }
  }
}

describe('every fact that a rule reads', () => {
  test('is a field of the manifest, or has a giver on the list', () => {
    const nobodys = [...read].filter(([fact]) => !declared.has(fact) && elsewhere[fact] === undefined);
    expect(Object.fromEntries(nobodys)).toEqual({});
  });

  test('the list names no fact that no rule reads, or that a manifest says', () => {
    expect(
      Object.keys(elsewhere).filter((fact) => !read.has(fact) && fact !== 'offer.qualifications'),
    ).toEqual([]);
    expect(Object.keys(elsewhere).filter((fact) => declared.has(fact))).toEqual([]);
  });
});
