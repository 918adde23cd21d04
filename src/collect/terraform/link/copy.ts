import { type Fact, jsonText } from '../../../inventory/fact.ts';
import { providerOfAwsRegion } from '../../code/arn.ts';
import { known, unsaid } from '../../code/fact.ts';
import type { Copy } from '../describe/description.ts';
import type { Draft } from '../resource.ts';
import type { Said } from './said.ts';

export type PairedRegion = (provider: string, region: string) => string | null;

/** A copy that a resource makes by itself, as an asset. `within`: the resource whose place it shares. */
export function copyOf(
  copy: Copy,
  id: string,
  host: Draft,
  by: Draft,
  within: Draft | null,
  paired: PairedRegion,
): Said {
  const region = within?.placed.region ?? regionOf(copy, host, paired);
  const code = region.state === 'known' ? jsonText(region.value) : null;
  const { provider, account } = host.placed;
  const steps =
    within === null
      ? [stepOf(copy, host)]
      : [`shares the place of ${within.address}`, ...within.placed.derivation];
  return {
    subject: id,
    by,
    asset: {
      kind: copy.kind,
      name: `${host.name}#${copy.suffix}`,
      provider: provider?.startsWith('aws') ? providerOfAwsRegion(code) : provider,
      account,
      external: true,
    },
    facts: { 'place.region': region, 'place.derivation': known([by.address, ...steps]) },
  };
}

/** Whether a copy that only others can be would be what it copies. */
export function isHere({ isElsewhere, region }: Copy, { placed }: Draft): boolean {
  return isElsewhere === true && placed.region.state === 'known' && placed.region.value === region;
}

function regionOf({ region, note }: Copy, { placed }: Draft, paired: PairedRegion): Fact {
  if (typeof region === 'string') return known(region);
  if (region === null) return unsaid(note ?? 'its region is not told');
  const { provider, region: own } = placed;
  if (own.state !== 'known' || provider === null) return unsaid('the pair of a region that is not told');
  const pair = paired(provider, jsonText(own.value));
  return pair === null ? unsaid(`no pair of ${provider}/${jsonText(own.value)} is known`) : known(pair);
}

function stepOf({ suffix, region }: Copy, { address }: Draft): string {
  const isPair = region !== null && typeof region === 'object';
  return isPair ? `${suffix}: the pair of the region of ${address}` : `${suffix}: a copy of ${address}`;
}
