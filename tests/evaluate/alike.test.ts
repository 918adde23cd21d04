import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { subjectNamer } from '../../src/evaluate/subject.ts';
import { byTarget } from '../../src/evaluate/verdict.ts';
import { readsIdentity } from '../../src/evaluate/view/alike.ts';
import { createContext } from '../../src/evaluate/view/context.ts';
import { scopeOf, subjectsOf } from '../../src/evaluate/view/scope.ts';
import { buildInventory } from '../../src/inventory/build/build.ts';
import type { Fact } from '../../src/inventory/fact.ts';
import type { Inventory } from '../../src/inventory/inventory.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { loadPolicy } from '../../src/load.ts';
import { judge, severityOf } from '../../src/rule/judge.ts';
import type { Judgement } from '../../src/rule/rule.ts';
import { missing } from '../../src/rule/view/lift.ts';
import { bucket, catalog, known, manifestInput } from '../setup/run.ts';

const asOf = '2026-11-22';
const { policy } = await loadPolicy({ name: 'complet', catalog, asOf });
const manifest = manifestInput(`
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, public_level: state, seat: FR}
  editor: {name: Éditeur SAS, role: processor, engaged_by: men, seat: FR, owner: unknown}
  aws: {provider: aws, role: sub_processor, engaged_by: editor}
datasets:
  names: {subjects: [pupil], categories: [identity.name], identifiability: identified}
  results: {subjects: [pupil], categories: [education.results], identifiability: pseudonymised, pseudonym_table: names}
  care: {subjects: [pupil], categories: [health.care], secrecy: secret}
assets:
  table: {kind: database, operator: aws, holds: [names], match: [{source: aws, name: "table-*"}]}
  store: {kind: object_store, operator: aws, run_by: editor, holds: [results], match: [{source: aws, name: "store-*"}, {source: aws, tags: {app: Store}}]}
  clinic: {kind: object_store, operator: aws, holds: [care], match: [{source: aws, account: "111111111111", kind: object_store, name: "clinic*"}]}
  elsewhere: {kind: saas, operator: editor, place: {country: FR}, holds: [results]}
`);

const lacking: Fact[] = [
  { state: 'absent' },
  { state: 'denied', permission: 's3:Get' },
  { state: 'error' },
  { state: 'not_collected' },
];
const fact = (...values: Parameters<typeof known>[0][]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values.map(known)) }, fc.constantFrom(...lacking));
const factsOf = {
  'place.region': fact('eu-west-3', 'eu-west-1', 'us-east-1', 'eu-west-99'),
  tags: fact({}, { app: 'store' }, { 'data-class': 'eleves' }, { Name: 'one of a kind' }),
  'encryption.at_rest': fact(true, false),
  'encryption.key_manager': fact('provider', 'customer', 'external', 'none'),
  'encryption.key_account': fact('111111111111', '222222222222'),
  public: fact(true, false),
  'access.wildcard': fact(true, false),
  access_log: fact(true, false),
  retention: fact('P1Y'),
  'key_facts.manager': fact('provider', 'external'),
};
const facts = fc.record(factsOf, { requiredKeys: ['place.region'] });
const seen = fc.record({
  prefix: fc.constantFrom('table', 'store', 'clinic', 'other'),
  kind: fc.constantFrom('object_store', 'database', 'log_store', 'key', 'snapshot'),
  account: fc.constantFrom('111111111111', '222222222222', null),
  facts,
  link: fc.option(fc.record({ kind: fc.constantFrom('replica', 'log', 'backup'), to: fc.nat(12) })),
});

/** One asset, and others that differ from it in a field or in nothing: those that a careless key would confuse. */
const family = fc
  .tuple(
    seen,
    fc.array(
      fc.tuple(seen, fc.constantFrom(null, ...Object.keys(factsOf), 'prefix', 'kind', 'account', 'link')),
    ),
  )
  .map(([first, others]) => [
    first,
    ...others.map(([other, field]) =>
      field === null
        ? first
        : field in first
          ? { ...first, [field]: other[field as 'kind'] }
          : { ...first, facts: { ...first.facts, [field]: other.facts[field as 'public'] } },
    ),
  ]);

const inventories = fc.array(family, { minLength: 1, maxLength: 3 }).map((families) => {
  const assets = families.flat();
  const id = (at: number): string => `arn:${at % assets.length}`;
  const observations = assets.map(
    ({ prefix, kind, account, facts: own, link }, at): Observation =>
      bucket(
        `${prefix}-${at}`,
        Object.fromEntries(Object.entries(own).filter(([, one]) => one !== undefined)),
        {
          subject: id(at),
          asset: { kind, account },
          ...(link === null ? {} : { relations: [{ kind: link.kind, to: id(link.to) }] }),
        },
      ),
  );
  return buildInventory({
    manifests: [manifest],
    observations,
    classification: {
      tags: new Map([
        [
          'data-class',
          new Map([
            [
              'eleves',
              {
                name: 'eleves',
                categories: ['education.results'],
                subjects: ['pupil'],
                secrecy: 'discretion',
              },
            ],
          ]),
        ],
      ]),
      untagged: 'unknown',
    },
    catalog,
  });
});

/** Each rule over each subject, one after the other, sharing nothing. */
function oneByOne(inventory: Inventory): readonly string[] {
  const name = subjectNamer(inventory);
  return [...byTarget(policy.rules, asOf)].flatMap(([target, rules]) =>
    subjectsOf(inventory, target).flatMap((judged) =>
      rules.map(({ rule, judgement, values, severity }) => {
        const scope = scopeOf(createContext(inventory, catalog, policy, asOf), judged);
        Object.assign(scope, { params: values, attestation: missing('not_asked') });
        const { outcome, missing: facts } = judge(judgement, scope);
        return line(
          rule.id,
          name(judged).subject.id,
          outcome,
          severity ?? severityOf(judgement, scope),
          facts,
        );
      }),
    ),
  );
}

function line(
  rule: string,
  subject: string,
  outcome: string,
  severity: string,
  lacks: readonly object[],
): string {
  return [rule, subject, outcome, severity, JSON.stringify(lacks)].join(' ');
}

describe('subjects that are alike are judged once', () => {
  test('and every verdict, severity and missing fact is what judging each by itself gives', () => {
    fc.assert(
      fc.property(inventories, (inventory) => {
        const words = { how: () => '', gate: () => '' };
        const { findings } = evaluate({
          inventory,
          catalog,
          policy: { ...policy, classification: { ...policy.classification } },
          asOf,
          language: 'en',
          waivers: [],
          all: true,
          words,
        });
        const shared = findings.map(({ rule, subject, outcome, severity, missing: lacks }) =>
          line(rule, subject.id, outcome, severity, lacks),
        );
        expect(shared.toSorted()).toEqual(oneByOne(inventory).toSorted());
      }),
      { numRuns: 60 },
    );
  }, 300_000);

  test.each([
    ['asset.label', true],
    ['holding.asset.name', true],
    ['holdings[].asset.id', true],
    ['holding', true],
    ['asset', true],
    ['path[].from', true],
    ['path[].kind', false],
    ['holdings[].dataset.subjects', false],
    ['asset.kind', false],
    ['operator.id', false],
    ['declared.title', true],
  ])('a rule that reads %s is judged for each subject: %s', (read, expected) => {
    const program = { source: '', type: 'bool', facts: [read], evaluate: () => true };
    const judgement = { when: null, assert: program, severity: [] } as unknown as Judgement;
    expect(readsIdentity(judgement)).toBe(expected);
  });
});
