import type { Catalog } from '../../catalog/catalog.ts';

type Record = { readonly [field: string]: unknown };

/** Categories that point at a person, alone or with what everybody can look up. */
const identifying = ['identity', 'contact', 'education.school.address'];

/** Two claims about the same data that cannot both hold. */
export function contradicts(catalog: Catalog, a: Record, b: Record): boolean {
  if (a['about'] !== b['about']) return false;
  const one = a['says'] as Record;
  const other = b['says'] as Record;
  for (const key of Object.keys(one)) {
    if (key === 'contains') continue;
    if (one[key] !== null && other[key] !== null && one[key] !== other[key]) return true;
  }
  return saysAnonymousOf(catalog, one, other) || saysAnonymousOf(catalog, other, one);
}

function saysAnonymousOf(catalog: Catalog, one: Record, other: Record): boolean {
  const { contains } = other;
  return (
    one['identifiability'] === 'anonymised' &&
    typeof contains === 'string' &&
    contains.split(', ').some((category) => identifying.some((root) => catalog.isA(category, root)))
  );
}
