import type { Catalog } from '../../catalog/catalog.ts';
import { MissingValue, toUnknown, type Unknown } from '../cel/value.ts';

type Record = { readonly [field: string]: unknown };

/** Categories that point at a person, alone or with what everybody can look up. */
const identifying = ['identity', 'contact', 'education.school.address'];

/** Two claims about the same data that cannot both hold; unknown where one says that nobody could say. */
export function contradicts(
  catalog: Catalog,
  a: Record,
  b: Record,
  path: (index: number) => string,
): boolean | Unknown {
  if (a === b || a['about'] !== b['about']) return false;
  const one = a['says'] as Record;
  const other = b['says'] as Record;
  const said = Object.keys(one).filter((key) => one[key] !== null && other[key] !== null);
  const isOpen = (key: string): boolean =>
    one[key] instanceof MissingValue || other[key] instanceof MissingValue;
  if (said.some((key) => key !== 'contains' && !isOpen(key) && one[key] !== other[key])) return true;
  if (saysAnonymousOf(catalog, one, other) || saysAnonymousOf(catalog, other, one)) return true;
  for (const [index, says] of [one, other].entries()) {
    const open = said.find((key) => key !== 'contains' && says[key] instanceof MissingValue);
    const lack = open === undefined ? undefined : says[open];
    if (lack instanceof MissingValue) return toUnknown(lack, `${path(index)}.says.${open}`);
  }
  return false;
}

function saysAnonymousOf(catalog: Catalog, one: Record, other: Record): boolean {
  const { contains } = other;
  return (
    one['identifiability'] === 'anonymised' &&
    typeof contains === 'string' &&
    contains.split(', ').some((category) => identifying.some((root) => catalog.isA(category, root)))
  );
}
