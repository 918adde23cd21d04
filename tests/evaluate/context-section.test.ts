import { describe, expect, test } from '@jest/globals';
import { reportContext } from '../../src/evaluate/context-section.ts';
import type { ResultContext } from '../../src/result/context.ts';
import { bucket, catalog, known, run } from '../setup/run.ts';

const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  editor: {name: Éditeur SAS, role: processor, engaged_by: men, seat: FR, owner: unknown}
  aws: {provider: aws, role: sub_processor, engaged_by: editor}
datasets:
  results: {title: {fr: Résultats, en: Results}, subjects: [pupil], categories: [education.results, education.school], identifiability: pseudonymised, population: 800000}
assets:
  server: {kind: server, operator: men, place: {country: FR}, holds: [results]}
  store: {kind: saas, operator: aws, run_by: editor, place: {provider: aws, region: eu-west-3}, holds: [results], match: [{source: aws, name: "store-*"}]}
flows:
  - {id: entry, from: schools, to: store, datasets: [results], recipient: editor}
  - {id: back, from: store, to: server, datasets: [results]}
activities:
  tests: {title: {fr: Évaluations}, controller: men, datasets: [results], notice: {guardians: false}}
claims:
  - {about: results, says: {identifiability: anonymised}, by: Ministère, on: 2018-09-26}
  - {about: results, says: {contains: education.school}, by: Syndicat}
  - {about: results, says: {contains: health}, by: Personne}
  - {about: store, says: {place: FR}, by: Éditeur}
  - {about: tests, says: {informed: false}, by: Parents}
  - {about: aws, says: {access_to_identities: false}, by: Éditeur}
`;
const observations = [
  bucket(
    'store-main',
    { 'place.region': known('eu-west-3'), 'encryption.key_manager': known('provider') },
    { relations: [{ kind: 'replica', to: 'bucket:store-copy', operation: 's3:GetBucketReplication' }] },
  ),
  bucket('store-copy', { 'place.region': known('us-east-1') }),
  bucket('lost', { 'place.region': known('eu-west-99') }),
];

async function contextOf(asOf: string): Promise<ResultContext> {
  const { inventory } = await run({ manifests: [manifest], observations, asOf });
  return reportContext(inventory, catalog, asOf);
}

describe('what reports are told of the places', () => {
  test('each place stands once, with what is known of it and how much is there', async () => {
    const { places } = await contextOf('2018-10-01');
    expect(
      places.map(({ region, countries, assets, copies }) => [region, countries, assets, copies]),
    ).toEqual([
      ['eu-west-3', ['FR'], 1, 0],
      [null, ['FR'], 1, 0],
      ['us-east-1', ['US'], 1, 1],
      ['eu-west-99', [], 1, 0],
    ]);
  });

  test.each([
    ['2018-10-01', 'conditional', '(EU) 2016/1250'],
    ['2021-01-01', 'none', null],
  ])('countries are what they were on %s', async (asOf, adequacy, decision) => {
    const { countries } = await contextOf(asOf);
    expect(countries.find(({ id }) => id === 'US')).toMatchObject({ in_eea: false, adequacy, decision });
  });
});

test('data enters what a declaration matches through its origin, not through its copy', async () => {
  const { flows } = await contextOf('2026-11-22');
  expect(flows.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['flow', 'schools', 'store/store-main'],
    ['flow', 'store/store-main', 'server'],
    ['replica', 'store/store-main', 'store/store-copy'],
  ]);
});

test('owners and exposures come from the catalog, and what nobody said stays not known', async () => {
  const { organisations } = await contextOf('2026-11-22');
  expect(
    organisations.map(({ id, engaged_by, owners, exposures }) => [
      id,
      engaged_by,
      owners?.length ?? null,
      exposures !== null,
    ]),
  ).toEqual([
    ['aws', 'editor', 1, true],
    ['editor', 'men', null, false],
    ['men', null, null, false],
  ]);
});

test('claims agree, differ or stay open beside what is declared and observed', async () => {
  const { claims } = await contextOf('2026-11-22');
  expect(
    claims.map(({ by, says }) => [
      by,
      says[0]?.field,
      says[0]?.agrees,
      says[0]?.facts.map((fact) => `${fact.by} ${fact.name}: ${String(fact.value)}`),
    ]),
  ).toEqual([
    ['Ministère', 'identifiability', false, ['declared identifiability: pseudonymised']],
    ['Syndicat', 'contains', true, ['declared categories: education.results,education.school']],
    ['Personne', 'contains', null, ['declared categories: education.results,education.school']],
    ['Éditeur', 'place', false, ['observed place: FR,US']],
    ['Parents', 'informed', true, ['declared notice.guardians: false']],
    ['Éditeur', 'access_to_identities', null, ['observed key_manager: provider']],
  ]);
});

test('many assets that are alike are told together, and none is lost', async () => {
  const many = Array.from({ length: 500 }, (_, index) =>
    bucket(`b${index}`, { 'place.region': known(index % 2 === 0 ? 'eu-west-1' : 'eu-west-3') }),
  );
  const { inventory } = await run({ observations: many });
  const context = reportContext(inventory, catalog, '2026-11-22');
  expect(context.stores.map(({ assets }) => assets)).toEqual([250, 250]);
  expect(context.places.map(({ assets }) => assets)).toEqual([250, 250]);
  expect(JSON.stringify(context).length).toBeLessThan(20_000);
});

test('the same inventory gives the same section', async () => {
  expect(await contextOf('2026-11-22')).toEqual(await contextOf('2026-11-22'));
});
