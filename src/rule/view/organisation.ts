import type { Catalog } from '../../catalog/catalog.ts';
import type { Exposure, Provider } from '../../catalog/types.ts';
import type { Json } from '../../inventory/fact.ts';
import { isTree } from '../../inventory/fact.ts';
import { MissingValue } from '../cel/value.ts';
import { lift, liftRecord, missing } from './lift.ts';

interface OrganisationInput {
  readonly declared: { readonly [field: string]: Json };
  readonly provider: string | null;
  readonly isDeclared: boolean;
  readonly catalog: Catalog;
  readonly asOf: string;
  /** Fields that the caller knows better: key, engaged_by, reaches_controller. */
  readonly given?: { readonly [field: string]: unknown };
}

/** An organisation as rules see it: what the manifest says, and what the catalog knows of its provider. */
export function organisationView({
  declared,
  provider,
  isDeclared,
  catalog,
  asOf,
  given,
}: OrganisationInput): { [field: string]: unknown } {
  const entry = provider === null ? null : catalog.provider(provider);
  const owners = entry?.owners ?? declaredOwners(declared['owner']);
  return liftRecord('organisation', declared, {
    provider,
    declared: isDeclared,
    reaches_controller: lift('bool', declared['reaches_controller']),
    ...(entry ? fromCatalog(entry, declared) : {}),
    owners,
    exposures: exposuresOf(entry, declared, catalog, asOf),
    ...given,
  });
}

function fromCatalog(
  entry: Provider,
  declared: { readonly [field: string]: Json },
): { [field: string]: unknown } {
  const ultimate = entry.owners?.at(-1);
  return {
    name: declared['name'] ?? entry.name,
    kind: lift('string', declared['kind'] ?? entry.kind),
    seat: lift('string', declared['seat'] ?? entry.seat),
    ...(ultimate
      ? { owner: { name: ultimate.name, country: ultimate.country ?? missing('not_asked') } }
      : {}),
  };
}

function declaredOwners(owner: Json | undefined): unknown {
  const view = lift('owner', owner);
  return view instanceof MissingValue ? view : view === null ? [] : [view];
}

/** The catalog decides; outside it the declared owner's country does. No owner, or one elsewhere, is not known. */
function exposuresOf(
  entry: Provider | null,
  declared: { readonly [field: string]: Json },
  catalog: Catalog,
  asOf: string,
): unknown {
  if (entry?.exposures) {
    const through = entry.owners?.at(-1)?.name ?? entry.legal_entity;
    return entry.exposures
      .filter(({ law, from }) => inForce(catalog, law, from, asOf))
      .map((one) => exposureView(one, through, catalog));
  }
  const owner = declared['owner'];
  const country = isTree(owner)
    ? lift('string', owner['country'])
    : owner === 'unknown'
      ? missing('asked')
      : missing('not_asked');
  if (typeof country !== 'string') return country ?? missing('not_asked');
  const laws = catalog.country(country)?.disclosure_laws ?? [];
  if (laws.length > 0) {
    const through = isTree(owner) && typeof owner['name'] === 'string' ? owner['name'] : country;
    return laws
      .filter((law) => inForce(catalog, law, null, asOf))
      .map((law) => exposureView({ law, reach: 'owner', status: 'in_force', from: null }, through, catalog));
  }
  return catalog.inEea(country, asOf) === true ? [] : missing('not_asked');
}

function inForce(catalog: Catalog, law: string, from: string | null, asOf: string): boolean {
  const entry = catalog.law(law);
  const start = from ?? entry?.from ?? null;
  return (start === null || start <= asOf) && (entry?.to == null || asOf <= entry.to);
}

function exposureView(
  { law, reach, status }: Exposure,
  through: string,
  catalog: Catalog,
): { [field: string]: unknown } {
  return { law, label: catalog.law(law)?.label ?? { fr: law, en: law }, reach, status, through };
}
