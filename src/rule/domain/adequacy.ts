import type { Catalog } from '../../catalog/catalog.ts';
import { MissingValue, PartialList, toUnknown, Unknown } from '../cel/value.ts';
import { missing } from '../view/lift.ts';
import { during } from './during.ts';

type Record = { readonly [field: string]: unknown };

/** True when a decision in force covers the recipient, false when none does, unknown when its condition is not known to hold. */
export function adequate(
  catalog: Catalog,
  country: string,
  recipient: Record,
  day: string,
  path: (index: number) => string,
): unknown {
  const { status, decision } = catalog.adequacyOn(country, day);
  if (status === 'adequate') return true;
  if (status === 'none') return false;
  const scheme = decision?.condition?.scheme;
  if (status === 'unknown' || scheme === undefined) return toUnknown(missing('error'), path(0));
  const certifications = recipient['certifications'];
  const name = `${path(1)}.certifications`;
  const known = certifications instanceof PartialList ? certifications.items : certifications;
  if (!Array.isArray(known))
    return toUnknown(certifications instanceof MissingValue ? certifications : missing('not_asked'), name);
  const held = known.map((one: Record) => (one['scheme'] === scheme ? during(one, day, name) : false));
  if (held.includes(true)) return true;
  const undecided = held.find((one) => one instanceof Unknown);
  if (undecided) return undecided;
  return certifications instanceof PartialList ? toUnknown(missing('asked'), name) : false;
}

export function adequacyRecord(catalog: Catalog, country: string, day: string): Record {
  const { status, decision } = catalog.adequacyOn(country, day);
  return {
    country,
    status,
    decision: decision?.decision ?? null,
    scheme: decision?.condition?.scheme ?? null,
    from: decision?.valid_from ?? null,
    until: decision?.valid_to ?? null,
    struck_down: decision?.struck_down ?? null,
  };
}
