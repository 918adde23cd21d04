import type { Catalog } from '../catalog/catalog.ts';
import { strings } from '../inventory/build/declared.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Activity, Dataset } from '../inventory/noun.ts';
import type { ActiveRule } from '../policy/resolve.ts';
import type {
  ActivityNote,
  CategoryNote,
  CountryNote,
  DatasetNote,
  ResultContext,
  RuleNote,
  Said,
} from '../result/context.ts';
import { claimNotes } from './section/claim.ts';
import { declaredNotes } from './section/declared.ts';
import { flowNotes } from './section/flow.ts';
import { measureNotes } from './section/measure.ts';
import { type Names, namesOf, sortedSet } from './section/name.ts';
import { organisationNotes } from './section/organisation.ts';
import { placeNotes } from './section/place.ts';

/** What reports tell beside the findings. Pure; `asOf` (YYYY-MM-DD) is the day whose law says what a country is. */
export function reportContext(
  inventory: Inventory,
  catalog: Catalog,
  asOf: string,
  rules: readonly ActiveRule[] = [],
): ResultContext {
  const names = namesOf(inventory);
  const places = placeNotes(inventory, names);
  const organisations = organisationNotes(inventory, catalog, asOf, names);
  const held = new Set(inventory.holdings.map(({ dataset }) => dataset));
  const datasets = [...inventory.datasets.values()].filter(
    ({ id, manifest }) => manifest !== 'policy' || held.has(id),
  );
  const codes = [
    ...places.notes.flatMap(({ countries }) => countries),
    ...organisations.flatMap(({ seat, owners }) => [seat, ...(owners ?? []).map(({ country }) => country)]),
  ];
  const claims = claimNotes(inventory, catalog, names);
  const named = (what: 'place' | 'contains'): readonly string[] =>
    claims.flatMap(({ says }) =>
      says
        .filter(({ field }) => field === what)
        .flatMap(({ value, facts }) => [...listOf(value), ...facts.flatMap((fact) => listOf(fact.value))]),
    );
  const notes = datasets.map((dataset) => datasetNote(dataset, names));
  const measures = measureNotes(inventory, names, rules);
  return {
    activities: [...inventory.activities.values()].map((activity) => activityNote(activity, names)),
    datasets: notes,
    categories: sortedSet([...notes.flatMap(({ categories }) => categories), ...named('contains')]).map(
      (id) => categoryNote(id, catalog.category(id)),
    ),
    organisations,
    places: places.notes,
    ...flowNotes(inventory, names, places),
    claims,
    ...(measures.length > 0 ? { measures } : {}),
    countries: sortedSet([...codes, ...named('place')].filter((code) => code !== null)).flatMap((code) =>
      countryNote(code, catalog, asOf),
    ),
    ...cityNotes(inventory, catalog),
    rules: rules.map(({ rule }) => ruleNote(rule)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    declared: declaredNotes(inventory, names),
    purposes: sortedSet(
      [...inventory.activities.values()].flatMap(({ declared }) => strings(declared['purposes'])),
    ).map((id) => categoryNote(id, catalog.purpose(id))),
  };
}

function listOf(value: Said): readonly string[] {
  return typeof value === 'object' ? value : [];
}

function categoryNote(id: string, entry: ReturnType<Catalog['category']>): CategoryNote {
  return { id, label: entry?.label ?? {}, ...(entry?.dpv ? { dpv: entry.dpv } : {}) };
}

function activityNote({ id, title, controller, datasets }: Activity, names: Names): ActivityNote {
  return {
    id: names.activity(id),
    title,
    controller: controller === null || controller.endsWith('/') ? null : names.organisation(controller),
    datasets: datasets.map(names.dataset),
  };
}

function datasetNote({ id, title, declared, unclassified }: Dataset, names: Names): DatasetNote {
  const population = declared['population'];
  return {
    id: names.dataset(id),
    title,
    subjects: strings(declared['subjects']),
    categories: strings(declared['categories']),
    population: typeof population === 'number' ? population : null,
    unclassified,
  };
}

function countryNote(code: string, catalog: Catalog, asOf: string): readonly CountryNote[] {
  const entry = catalog.country(code);
  if (!entry) return [];
  const { status, decision } = catalog.adequacyOn(code, asOf);
  return [
    {
      id: code,
      name: entry.name,
      in_eea: catalog.inEea(code, asOf),
      in_france: catalog.inFrance(code, asOf),
      adequacy: status,
      decision: decision?.decision ?? null,
    },
  ];
}

/** Of every asset, for findings name its place whether or not it holds data. */
function cityNotes({ assets }: Inventory, catalog: Catalog): Pick<ResultContext, 'cities'> {
  const cities = sortedSet([...assets.values()].flatMap(({ place: { city } }) => city ?? [])).flatMap(
    (id) => {
      const name = catalog.cityName(id);
      return name.fr === name.en ? [] : [{ id, name }];
    },
  );
  return cities.length > 0 ? { cities } : {};
}

function ruleNote({ id, pack, source }: ActiveRule['rule']): RuleNote {
  return { id, pack, title: source.title, basis: source.basis.type };
}
