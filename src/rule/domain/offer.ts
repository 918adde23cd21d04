import type { Catalog } from '../../catalog/catalog.ts';
import { MissingValue, toUnknown, Unknown } from '../cel/value.ts';
import { missing } from '../view/lift.ts';
import { during } from './during.ts';

type Record = { readonly [field: string]: unknown };

/** A provider with no qualified offer that day is not qualified, whatever the offer; else the offer must be known. */
export function qualified(
  catalog: Catalog,
  offer: Record,
  scheme: string,
  day: string,
  path: (index: number) => string,
): unknown {
  const { provider, name, qualifications } = offer;
  if (Array.isArray(qualifications)) {
    const own = qualifications.map((one: Record) =>
      one['scheme'] === scheme ? during(one, day, `${path(0)}.qualifications`) : false,
    );
    if (own.includes(true)) return true;
    const undecided = own.find((one) => one instanceof Unknown);
    if (undecided) return undecided;
    // Outside the catalog the declared list is all there is.
    if (typeof provider !== 'string') return false;
  }
  if (typeof provider !== 'string')
    return toUnknown(
      provider instanceof MissingValue ? provider : missing('not_asked'),
      `${path(0)}.provider`,
    );
  const verdict = catalog.qualification(provider, typeof name === 'string' ? name : null, scheme, day);
  return verdict ?? toUnknown(name instanceof MissingValue ? name : missing('not_asked'), `${path(0)}.name`);
}

/**
 * Whether the host holds what it needs to decrypt. No source can see encryption that the client did before sending, so
 * what is not said of it does not stand in the way: a known key manager decides.
 */
export function providerCanRead(
  { client_side: clientSide, key_manager: manager }: Record,
  path: (index: number) => string,
): unknown {
  if (clientSide === true || manager === 'external') return false;
  return manager instanceof MissingValue ? toUnknown(manager, `${path(0)}.key_manager`) : true;
}
