import type { Catalog } from '../../catalog/catalog.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Organisation, Text } from '../../inventory/noun.ts';
import type { ExposureNote, OrganisationNote, OwnerNote } from '../../result/context.ts';
import { organisationView } from '../../rule/view/organisation.ts';
import type { Names } from './name.ts';

/** Declared organisations and those that operate what was seen, with owners and exposures as rules see them. */
export function organisationNotes(
  { organisations, assets, holdings }: Inventory,
  catalog: Catalog,
  asOf: string,
  names: Names,
): readonly OrganisationNote[] {
  const operated = new Map<string, Set<string>>();
  for (const { asset } of holdings) {
    const operator = assets.get(asset)?.operator;
    if (operator === null || operator === undefined) continue;
    const known = operated.get(operator);
    if (known) known.add(asset);
    else operated.set(operator, new Set([asset]));
  }
  return [...organisations.values()]
    .filter(({ id, isDeclared }) => isDeclared || operated.has(id))
    .map((one) => noteOf(one, operated.get(one.id)?.size ?? 0, catalog, asOf, names));
}

function noteOf(
  organisation: Organisation,
  assets: number,
  catalog: Catalog,
  asOf: string,
  names: Names,
): OrganisationNote {
  const { declared, provider, isDeclared, name, id, engagedBy } = organisation;
  const view = organisationView({ declared, provider, isDeclared, catalog, asOf });
  const entry = provider === null ? null : catalog.provider(provider);
  return {
    id: names.organisation(id),
    name: name ?? id,
    role: word(view['role']),
    kind: word(view['kind']),
    seat: word(view['seat']),
    engaged_by: engagedBy === null ? null : names.organisation(engagedBy),
    declared: isDeclared,
    owners: listOf(view['owners'], ownerOf),
    exposures: listOf(view['exposures'], exposureOf),
    mark: entry?.mark ?? null,
    source: entry?.source ?? null,
    assets,
  };
}

function word(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Null for what is not known; a list with something unknown in it is not known as a whole. */
function listOf<T>(value: unknown, read: (item: object) => T): readonly T[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter((item): item is object => typeof item === 'object' && item !== null).map(read);
}

function ownerOf(item: object): OwnerNote {
  const { name, country } = item as { readonly name?: unknown; readonly country?: unknown };
  return { name: word(name) ?? '?', country: word(country) };
}

function exposureOf(item: object): ExposureNote {
  const { law, label, reach, status } = item as { readonly law: string; readonly label: Text } & Pick<
    ExposureNote,
    'reach' | 'status'
  >;
  return { law, label, reach, status };
}
