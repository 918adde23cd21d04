import { BercailError } from '../../../error.ts';
import type { CollectContext, Options } from '../../collector.ts';
import { regionOfHost } from '../../host.ts';
import { textOption } from '../../option.ts';
import { addressOf } from './address.ts';

/** Whose machines answer, and where, as far as host and configuration tell. */
export interface Owner {
  /** Catalog key; null for a server of one's own, and where nothing tells. */
  readonly provider: string | null;
  /** Of a server of one's own: who runs it, as a manifest calls that organisation, and in which country. */
  readonly operator: string | null;
  /** The place of what does not say by itself where it is; null where nothing tells. */
  readonly configured: ConfiguredPlace | null;
}

export interface ConfiguredPlace {
  readonly fact: 'place.region' | 'place.countries';
  readonly value: string | readonly string[];
  readonly operation: 'bercail:ReadConfiguration' | 'bercail:ReadHost';
}

/** The provider comes from the host or from the configuration, never from a region; where both speak, they must agree. */
export function ownerOf(options: Options, context: CollectContext): Owner {
  const { host, hostname } = addressOf(options);
  const named = textOption(options, 'provider');
  const said = named === null ? null : (context.providerNamed?.(named) ?? { id: named, nearest: [] });
  const operator = textOption(options, 'operator');
  const country = textOption(options, 'country');
  if (said?.id === null) throw refuse(`the catalog knows no provider “${named}”`, nearestHint(said.nearest));
  const byHost = context.providerOfHost?.(hostname) ?? null;
  if (byHost !== null && said !== null && said.id !== byHost)
    throw refuse(
      `${host} is an address of ${byHost}, not of ${named}`,
      'leave the provider out, or name the endpoint of the provider that is meant',
    );
  const provider = said?.id ?? byHost;
  if (provider !== null && (operator !== null || country !== null))
    throw refuse(
      `${host} is run by ${provider}, whose regions tell the place: operator and country are of a server of one’s own`,
      'leave out operator and country; region tells where, for an endpoint that does not say',
    );
  return { provider, operator, configured: placeOf(country, textOption(options, 'region'), hostname) };
}

function placeOf(country: string | null, region: string | null, hostname: string): ConfiguredPlace | null {
  const operation = 'bercail:ReadConfiguration';
  if (country !== null) return { fact: 'place.countries', value: [country], operation };
  if (region !== null) return { fact: 'place.region', value: region, operation };
  const written = regionOfHost(hostname);
  return written === null ? null : { fact: 'place.region', value: written, operation: 'bercail:ReadHost' };
}

function nearestHint(nearest: readonly string[]): string {
  const near = nearest.length > 0 ? `did you mean ${nearest.join(', ')}? ` : '';
  return `${near}For a server of one’s own leave provider out, and give operator and country`;
}

function refuse(message: string, hint: string): BercailError {
  return new BercailError('config', { message, hint });
}
