import type { Position, Problem } from '../../error.ts';
import { quote } from '../../yaml/quote.ts';
import type { Path } from '../../yaml/read.ts';
import { suggest } from '../../yaml/validate.ts';
import type { CatalogData } from '../types.ts';

/** Where an entry, or something in it, was written. */
export type Locate = (kind: keyof CatalogData, id: string, path?: Path) => Position | undefined;

/** Names that lead nowhere, spellings that mean two things, intervals that end before they begin. */
export function checkReferences(data: CatalogData, locate: Locate): Problem[] {
  const problems: Problem[] = [];
  const report = (message: string, where: Position | undefined, hint?: string): void => {
    problems.push({ message, ...(where ? { where } : {}), ...(hint ? { hint } : {}) });
  };
  const listed = (
    names: ReadonlySet<string>,
    name: string,
    what: string,
    where: Position | undefined,
  ): void => {
    if (!names.has(name))
      report(`${what} ${quote(name)} is not in the catalog`, where, suggest(name, [...names]));
  };
  const countries = new Set(['ZZ', ...data.countries.map(({ id }) => id)]);
  const providers = new Set(data.providers.map(({ id }) => id));
  const laws = new Set(data.laws.map(({ id }) => id));
  const ordered = (
    from: string | null,
    to: string | null,
    what: string,
    where: Position | undefined,
  ): void => {
    if (from !== null && to !== null && to < from)
      report(`${what} ends on ${to}, before it begins on ${from}`, where);
  };

  const codes = new Map<string, string>();
  const regions = new Set(data.regions.map(({ provider, region }) => `${provider} ${region}`));
  for (const { provider, region, aliases, countries: held, paired_region } of data.regions) {
    const id = `${provider} ${region}`;
    listed(providers, provider, 'the provider', locate('regions', id));
    for (const [index, code] of held.entries())
      listed(countries, code, 'the country', locate('regions', id, ['countries', index]));
    if (paired_region !== null) {
      listed(regions, `${provider} ${paired_region}`, 'the region', locate('regions', id, ['paired_region']));
    }
    for (const code of [region, ...aliases]) {
      const other = codes.get(`${provider} ${code}`);
      if (other !== undefined) report(`${quote(code)} already means ${quote(other)}`, locate('regions', id));
      codes.set(`${provider} ${code}`, region);
    }
  }

  const endpoints = new Map<string, string>();
  for (const { id, seat, owners, exposures, offers, endpoints: suffixes } of data.providers) {
    listed(countries, seat, 'the country', locate('providers', id, ['seat']));
    for (const [index, { country }] of (owners ?? []).entries()) {
      if (country !== null)
        listed(countries, country, 'the country', locate('providers', id, ['owners', index, 'country']));
    }
    for (const [index, { law }] of (exposures ?? []).entries())
      listed(laws, law, 'the law', locate('providers', id, ['exposures', index, 'law']));
    for (const [offer, { qualifications }] of Object.entries(offers)) {
      for (const [index, { from, to }] of qualifications.entries()) {
        ordered(
          from,
          to,
          'the qualification',
          locate('providers', id, ['offers', offer, 'qualifications', index]),
        );
      }
    }
    for (const suffix of suffixes) {
      const other = endpoints.get(suffix);
      if (other !== undefined)
        report(
          `the endpoint ${quote(suffix)} already belongs to ${quote(other)}`,
          locate('providers', id, ['endpoints']),
        );
      endpoints.set(suffix, id);
    }
  }

  for (const { id, eea, france, adequacy, disclosure_laws } of data.countries) {
    for (const [index, { from, to }] of eea.entries())
      ordered(from, to, 'the interval', locate('countries', id, ['eea', index]));
    for (const [index, { from, to }] of france.entries())
      ordered(from, to, 'the interval', locate('countries', id, ['france', index]));
    for (const [index, { valid_from, valid_to }] of adequacy.entries()) {
      ordered(valid_from, valid_to, 'the decision', locate('countries', id, ['adequacy', index]));
    }
    for (const [index, law] of disclosure_laws.entries())
      listed(laws, law, 'the law', locate('countries', id, ['disclosure_laws', index]));
  }

  for (const { id, from, to, replaced_by } of data.laws) {
    ordered(from, to, 'the text', locate('laws', id));
    if (replaced_by !== null) listed(laws, replaced_by, 'the law', locate('laws', id, ['replaced_by']));
  }

  for (const kind of ['categories', 'purposes'] as const) {
    const ids = new Set(data[kind].map(({ id }) => id));
    for (const id of ids) {
      const parent = id.slice(0, Math.max(id.lastIndexOf('.'), 0));
      if (parent !== '' && !ids.has(parent))
        report(`${quote(id)} has no parent ${quote(parent)}`, locate(kind, id), 'add it');
    }
  }
  return problems;
}
