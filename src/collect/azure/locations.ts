import type { Tree } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import type { Answer, Ask } from '../call.ts';
import { failAnswer, isFailed, observe } from '../call.ts';
import { textAt, treesAt } from './read/json.ts';
import { locationCode } from './read/location.ts';
import { listAll } from './service/page.ts';
import type { AzureSession } from './service/service.ts';
import { action } from './service/service.ts';

export const listLocations = action(
  'Microsoft.Resources/subscriptions/locations/read',
  '2022-12-01',
  'Subscriptions_ListLocations',
);

export interface Locations {
  /** Code of each physical region that the subscription may use → that of its pair; null where Azure says it has none. */
  readonly pairs: { readonly [region: string]: string | null };
  /** Codes of the physical regions; empty where they could not be read. */
  readonly regions: readonly string[];
  readonly answer: Answer<unknown>;
  readonly observations: readonly Observation[];
}

/** The regions of a subscription, with their geographies and pairs, as Azure itself says them. */
export async function readLocations(ask: Ask, session: AzureSession): Promise<Locations> {
  const listed = await listAll(session, { ask }, listLocations, `/subscriptions/${session.scope}/locations`);
  const physical = listed.items.filter(isPhysical);
  // A subscription always has regions: a list without any was not answered.
  const answer =
    !isFailed(listed.answer) && physical.length === 0
      ? failAnswer(listed.answer, 'error', 'EmptyAnswer')
      : listed.answer;
  const pairs = Object.fromEntries(physical.flatMap(pairOf).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const regions = Object.keys(pairs);
  const differing = regions.filter((region) => {
    const pair = session.pairOf(region);
    return pair !== null && pairs[region] !== pair.region;
  });
  const about = {
    regions,
    geographies: [...new Set(physical.flatMap((one) => geographyOf(one) ?? []))].toSorted(),
    ...(differing.length === 0 ? {} : { pairs_other_than_the_catalog: differing }),
  };
  return {
    pairs: isFailed(answer) ? {} : pairs,
    regions: isFailed(answer) ? [] : regions,
    answer,
    observations: [observe(session.scene(session.scope), answer, isFailed(answer) ? {} : { about })],
  };
}

/** Left out of `metadata` in older answers: a region that stands somewhere is physical. */
function isPhysical(location: Tree): boolean {
  const type = textAt(location, 'metadata', 'regionType');
  return type === null ? textAt(location, 'metadata', 'physicalLocation') !== null : /^physical$/i.test(type);
}

function geographyOf(location: Tree): string | null {
  return textAt(location, 'metadata', 'geography') ?? textAt(location, 'metadata', 'geographyGroup');
}

function pairOf(location: Tree): readonly (readonly [string, string | null])[] {
  const code = locationCode(textAt(location, 'name'));
  const [pair] = treesAt(location, 'metadata', 'pairedRegion');
  return code === null ? [] : [[code, locationCode(textAt(pair, 'name'))]];
}
