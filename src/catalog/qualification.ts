import type { Provider, Qualification } from './types.ts';

/**
 * Whether an offer of a provider is qualified under a scheme on a day; null when the catalog cannot say.
 *
 * A qualification belongs to an offer and has dates. So: a listed offer is judged by its own; an offer that is
 * not stated, or not listed, is not qualified when the catalog names every qualified offer (`complete_for`) and
 * none is that day, and unknown otherwise. A company's certificate says nothing about one of its offers.
 */
export function qualificationOf(
  provider: Provider,
  offer: string | null,
  scheme: string,
  day: string,
): boolean | null {
  const listed = offer === null ? undefined : findOffer(provider, offer);
  if (listed) {
    const verdict = best(listed.qualifications, scheme, provider.checked_on, day);
    return verdict === undefined ? unless(isComplete(provider, scheme)) : verdict;
  }
  const all = Object.values(provider.offers).flatMap(({ qualifications }) => qualifications);
  const verdict = best(all, scheme, provider.checked_on, day);
  return verdict === false || verdict === undefined ? unless(isComplete(provider, scheme)) : null;
}

function unless(complete: boolean): false | null {
  return complete ? false : null;
}

function isComplete({ complete_for = [] }: Provider, scheme: string): boolean {
  return complete_for.includes(scheme);
}

/** Offers are matched as people write them: `Bare Metal Pod` is `bare-metal-pod`. */
function findOffer({ offers }: Provider, name: string): Provider['offers'][string] | undefined {
  const key = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return Object.hasOwn(offers, key) ? offers[key] : undefined;
}

/** Undefined when there is nothing under the scheme. */
function best(
  qualifications: readonly Qualification[],
  scheme: string,
  checkedOn: string,
  day: string,
): boolean | null | undefined {
  const verdicts = qualifications
    .filter((one) => one.scheme === scheme)
    .map((one) => holds(one, checkedOn, day));
  return verdicts.length === 0
    ? undefined
    : verdicts.includes(true)
      ? true
      : verdicts.includes(null)
        ? null
        : false;
}

/**
 * Where the first day is not known, it holds from the day an official list showed it; where the last is not
 * known, until the day a person last looked. What nobody has verified decides nothing but its end.
 */
function holds({ from, to, seen_on, mark }: Qualification, checkedOn: string, day: string): boolean | null {
  if ((from !== null && day < from) || (to !== null && day > to)) return false;
  const start = from ?? seen_on ?? checkedOn;
  const end = to ?? checkedOn;
  return mark !== 'to_verify' && start <= day && day <= end ? true : null;
}
