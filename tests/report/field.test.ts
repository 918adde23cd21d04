import { describe, expect, test } from '@jest/globals';
import { manifestSchema } from '../../src/manifest/schema/manifest.ts';
import { manifestField } from '../../src/report/field.ts';
import type { SubjectType } from '../../src/result/result.ts';
import { records, targets } from '../../src/rule/model.ts';

test.each<[SubjectType, string, string, string | null]>([
  ['organisation', 'contractor', 'contract.clauses.audit', 'organisations.contractor.contract.clauses.audit'],
  ['organisation', 'evaluations-2018/contractor', 'organisation.address', 'organisations.contractor.address'],
  ['organisation', 'contractor', 'organisation.reaches_controller', 'organisations.contractor.engaged_by'],
  ['holding', 'results@reperes', 'chain[contractor].exposures', 'organisations.contractor.owner'],
  ['holding', 'results@reperes', 'operator.seat', 'organisations.….seat'],
  ['holding', 'results@reperes', 'run_by', 'assets.reperes.run_by'],
  ['holding', 'results@reperes', 'place.countries', 'assets.reperes.place'],
  ['holding', 'results@reperes/reperes-prod', 'encryption.at_rest', 'assets.reperes.encryption.at_rest'],
  ['holding', 'm/results@m/reperes/reperes-prod', 'asset.retention', 'assets.reperes.retention'],
  ['holding', 'results@arn:aws:s3:::b/x', 'public', 'assets.….public'],
  [
    'holding',
    'results@reperes',
    'dataset.fields[order_no].key_held_by',
    'datasets.results.fields[order_no].key_held_by',
  ],
  ['holding', 'results/access-log@reperes/logs', 'dataset.public_archive', 'datasets.results.public_archive'],
  ['holding', 'unclassified@s3://host/bucket', 'dataset.categories', 'assets.….holds'],
  [
    'holding',
    'results@reperes',
    'activities[evaluation].retention.period',
    'activities.evaluation.retention.period',
  ],
  ['asset', 'reperes', 'holdings[m/results@m/reperes].dataset.subjects', 'datasets.results.subjects'],
  ['asset', 'reperes', 'organisations', 'organisations'],
  ['asset', 'reperes', 'tags', null],
  ['dataset', 'results', 'identifies[identities].categories', 'datasets.identities.categories'],
  ['dataset', 'results', 'measured.k', null],
  ['flow', 'entry', 'transfer.tia', 'flows.entry.transfer.tia'],
  ['flow', 'entry', 'recipient.contract.signed', 'organisations.….contract.signed'],
  ['activity', 'evaluation', 'activity.controller.dpo.contact', 'organisations.….dpo.contact'],
  ['activity', 'evaluation', 'activity.dpia.dated', 'activities.evaluation.dpia.dated'],
  ['audit', 'audit', 'policy.disabled', null],
  ['dataset', 'results', '', null],
])('of %s %s, %s is written at %s', (type, id, fact, expected) => {
  expect(manifestField(fact, { type, id })).toBe(expected);
});

type Node = { readonly [keyword: string]: unknown };

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as Node[]) : [];
}

/** A schema node and every form that it allows. */
function formsOf(node: Node): Node[] {
  const { $ref } = node;
  const here =
    typeof $ref === 'string'
      ? ((manifestSchema['$defs'] as { [name: string]: Node })[$ref.slice('#/$defs/'.length)] ?? {})
      : node;
  return [here, ...['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => listOf(here[keyword]).flatMap(formsOf))];
}

/** Members by key, of maps, records and lists of records (flows are found by their id). */
function membersOf(node: Node, key: string): Node[] {
  const { properties, additionalProperties, items } = node as {
    properties?: { [key: string]: Node };
    additionalProperties?: Node;
    items?: Node;
  };
  const named = properties && Object.hasOwn(properties, key) ? [properties[key] as Node] : [];
  const mapped = typeof additionalProperties === 'object' ? [additionalProperties] : [];
  const listed = items
    ? formsOf(items).flatMap((item) => (/^[A-Z]$/.test(key) ? [item] : membersOf(item, key)))
    : [];
  return [...named, ...mapped, ...listed];
}

function isInManifest(path: string): boolean {
  return (
    path.split('.').reduce<Node[]>(
      (nodes, step) => {
        const found = nodes.flatMap(formsOf).flatMap((node) => membersOf(node, step.replace(/\[.*\]$/, '')));
        return step.includes('[')
          ? found.flatMap(formsOf).flatMap(({ items }) => (items ? [items as Node] : []))
          : found;
      },
      [manifestSchema],
    ).length > 0
  );
}

/** Every fact that a rule could name, as far down as the model goes without turning back. */
function factsOf(type: string, path: string, above: ReadonlySet<string>): string[] {
  const [, , element] = /^(list|map)<(.+)>$/.exec(type) ?? [];
  if (element !== undefined)
    return [path, ...(element in records ? factsOf(element, `${path}[K]`, above) : [])];
  if (!(type in records) || above.has(type) || above.size > 3) return [path];
  const inside = Object.entries(records[type as keyof typeof records]);
  return [
    path,
    ...inside.flatMap(([field, of]) => factsOf(of, `${path}.${field}`, new Set([...above, type]))),
  ];
}

describe('whatever rules may ask for', () => {
  const ids = {
    holding: 'D@A',
    asset: 'A',
    dataset: 'D',
    organisation: 'O',
    flow: 'F',
    activity: 'T',
  } as const;

  test.each(Object.keys(ids) as (keyof typeof ids)[])(
    'of a %s is sent to a field that the manifest has',
    (type) => {
      const facts = Object.entries(targets[type]).flatMap(([variable, of]) =>
        factsOf(of, variable, new Set()),
      );
      const wrong = facts.flatMap((fact) => {
        const field = manifestField(fact, { type, id: ids[type] });
        return field === null || isInManifest(field.replaceAll('…', 'X')) ? [] : [`${fact} → ${field}`];
      });
      expect(facts.length).toBeGreaterThan(50);
      expect(wrong).toEqual([]);
    },
  );
});
