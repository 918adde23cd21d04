import { type Fact, jsonText } from '../../../inventory/fact.ts';
import { parseArn, providerOfAwsRegion } from '../../code/arn.ts';
import { known, unsaid } from '../../code/fact.ts';
import { show } from '../configuration/lookup.ts';
import type { Configuration, ProviderKey } from '../configuration/model.ts';
import { type Chosen, chooseProvider, providerSetting } from '../configuration/provider.ts';
import { isWritten, referencesAt, textAt, type Values, valueAt } from '../describe/values.ts';
import { apartOf, regionOfZone } from './apart.ts';
import { type Hosted, hostedBy } from './endpoint.ts';
import { type Family, familyOf } from './family.ts';
import { globalCode, hasOtherRegion } from './global.ts';

/** Where a resource is: the catalog's provider, the fact of its region, and the way there in words. */
export interface Placed {
  readonly provider: string | null;
  readonly account: string | null;
  readonly region: Fact;
  readonly derivation: readonly string[];
  /** No attribute, no setting: what it belongs to may say it. */
  readonly isOpen: boolean;
  /** In a zone that is not where its region is, or on premises: so is what stands in it. */
  readonly isApart?: boolean;
}

export interface Placing {
  readonly configuration: Configuration;
  readonly providerOfHost: (host: string) => string | null;
  /** Provider configurations already looked up. */
  readonly known: Map<string, ProviderPlace>;
}

/** What a provider configuration says for all its resources. */
interface ProviderPlace {
  readonly chosen: Chosen;
  /** What it places by itself, by service. */
  readonly placed: Map<string, Placed>;
  /** Who is behind its addresses, by service. */
  readonly hosts: Map<string, Hosted | null>;
  readonly region: Fact;
  readonly steps: readonly string[];
  readonly account: string | null;
}

/** By the resource's own region, by what its ARN says, by its provider's configuration; never by a default. */
export function placeResource(
  placing: Placing,
  type: string,
  key: ProviderKey | null,
  values: Values,
  fixed?: string | null,
): Placed {
  const family = familyOf(type);
  if (family === null)
    return {
      provider: null,
      account: null,
      region: unsaid(`${type} has no place of its own`),
      derivation: [],
      isOpen: false,
    };
  const config = key === null ? null : providerPlace(placing, key, family);
  const arn = parseArn(textAt(values, 'arn') ?? '');
  const account =
    arn?.account ?? textAt(values, 'owner_id') ?? textAt(values, 'project') ?? config?.account ?? null;
  const finish = (
    code: string | null,
    region: Fact,
    derivation: readonly string[],
    isOpen = false,
  ): Placed => {
    const host = config === null ? null : hostOf(placing, config, type);
    const provider = host === null ? family.provider : host.provider;
    const steps = host === null ? derivation : [...derivation, host.step];
    return {
      provider: provider === 'aws' ? providerOfAwsRegion(code) : provider,
      account,
      region,
      derivation: steps,
      isOpen,
    };
  };
  if (fixed !== undefined)
    return fixed === null
      ? finish(null, unsaid(`${type} does not say where`), [type])
      : finish(fixed, known(fixed), [type]);
  const everywhere = globalCode(type);
  if (everywhere !== null)
    return finish(regionOf(config), known(everywhere), [`${type} is in no region: ${everywhere}`]);
  const own = hasOtherRegion(type) ? null : ownRegion(family, values);
  const apart = apartOf(family.provider, values, own?.code ?? regionOf(config));
  if (apart !== null) return { ...finish(apart.code, apart.region, [apart.step]), isApart: true };
  if (own !== null) return finish(own.code, known(own.code), [own.step]);
  if (arn?.region)
    return finish(arn.region, known(arn.region), [`arn = ${show(textAt(values, 'arn') ?? '')}`]);
  const zone = family.provider === 'aws' ? regionOfZone(textAt(values, 'availability_zone')) : null;
  if (zone !== null && config?.region.state !== 'known')
    return finish(zone, known(zone), [
      `availability_zone = ${show(textAt(values, 'availability_zone') ?? '')}`,
    ]);
  const pending = family.own.find((attribute) => valueAt(values, attribute) === undefined);
  const written = hasOtherRegion(type)
    ? undefined
    : family.own.find((attribute) => isPending(values, attribute));
  if (written !== undefined) {
    const references = referencesAt(values, written) ?? [];
    const why = `${written}${references.length > 0 ? ` (${references.join(', ')})` : ''} is known after apply`;
    return finish(null, unsaid(why), [why], true);
  }
  if (family.inherited.length === 0 || !inherits(family, type, values)) {
    const why = pending ? `${pending} is known after apply` : 'no attribute says where it is';
    return finish(null, unsaid(why), pending ? [`${pending} is known after apply`] : [], true);
  }
  if (config === null) return finish(null, unsaid('its provider configuration is not told'), [], true);
  // One object for all that its provider configuration places: there may be very many.
  const service = type.split('_').slice(0, 2).join('_');
  const shared = account === config.account ? config.placed.get(service) : undefined;
  const placed = shared ?? finish(regionOf(config), config.region, config.steps);
  if (account === config.account) config.placed.set(service, placed);
  return placed;
}

/** Whether the code says where it is with what is not known yet: then it is not where its provider would put it. */
function isPending(values: Values, attribute: string): boolean {
  return valueAt(values, attribute) === undefined && isWritten(values, attribute) === true;
}

/** The provider configuration that a key stands for, looked up once. */
export function chosenFor(placing: Placing, type: string, key: ProviderKey): Chosen {
  const family = familyOf(type);
  return family === null
    ? chooseProvider(placing.configuration, key)
    : providerPlace(placing, key, family).chosen;
}

/**
 * Google's global resources have no attribute for a place at all, and take none from the provider; a location that is not
 * set is the service's own default, not the provider's region.
 */
function inherits({ provider }: Family, type: string, values: Values): boolean {
  return (
    provider !== 'gcp' ||
    ['region', 'zone'].some((attribute) => valueAt(values, attribute) === undefined) ||
    GOOGLE_INHERITS.test(type)
  );
}

/** Google's types that take the provider's region or zone where they name none; a plan shows it, code does not. */
const GOOGLE_INHERITS =
  /^google_(container_(?:cluster|node_pool)|compute_(disk|instance|instance_template|address|subnetwork|router|forwarding_rule|region_.+)|sql_database_instance|redis_.+|memcache_.+|cloudfunctions.+|dataproc_.+|workflows_.+)$/;

function regionOf(config: ProviderPlace | null): string | null {
  return config?.region.state === 'known' ? jsonText(config.region.value) : null;
}

function ownRegion({ own }: Family, values: Values): { readonly code: string; readonly step: string } | null {
  for (const attribute of own) {
    const code = textAt(values, attribute);
    if (code) return { code, step: `${attribute} = ${show(code)}` };
  }
  return null;
}

function hostOf(placing: Placing, { chosen, hosts }: ProviderPlace, type: string): Hosted | null {
  if (!chosen.found) return null;
  const service = type.split('_').slice(0, 2).join('_');
  const before = hosts.get(service);
  if (before !== undefined) return before;
  const host = hostedBy(placing, chosen, type) ?? null;
  hosts.set(service, host);
  return host;
}

function providerPlace(placing: Placing, key: ProviderKey, family: Family): ProviderPlace {
  const id = `${key.path.join('.')}:${key.name}`;
  const found = placing.known.get(id) ?? findProviderPlace(placing, key, family);
  placing.known.set(id, found);
  return found;
}

/** A code as clouds write them: a value that is none is what a code is made of, not the code. */
const CODE = /^[a-z][a-z0-9]*(?:[- ][a-z0-9]+)*$/i;

function findProviderPlace(
  { configuration }: Placing,
  key: ProviderKey,
  { inherited }: Family,
): ProviderPlace {
  const chosen = chooseProvider(configuration, key);
  const caches = { hosts: new Map<string, Hosted | null>(), placed: new Map<string, Placed>() };
  if (!chosen.found)
    return { chosen, ...caches, region: unsaid(chosen.why), steps: chosen.steps, account: null };
  const account = accountOf(configuration, chosen);
  for (const setting of inherited) {
    const answer = providerSetting(configuration, chosen, setting);
    if (answer === null) continue;
    const steps = [...chosen.steps, ...answer.steps];
    if (!answer.known)
      return {
        chosen,
        ...caches,
        region: unsaid(`${setting} of provider ${chosen.name}: ${answer.why}`),
        steps,
        account,
      };
    if (answer.value === null) continue;
    if (typeof answer.value === 'string' && CODE.test(answer.value)) {
      return {
        chosen,
        ...caches,
        region: known(answer.value),
        steps: [...steps, `${setting} = ${show(answer.value)}`],
        account,
      };
    }
    return {
      chosen,
      ...caches,
      region: unsaid(`${setting} of provider ${chosen.name} is made of ${show(answer.value)}`),
      steps,
      account,
    };
  }
  const profile = providerSetting(configuration, chosen, 'profile');
  const why = profile === null ? 'the environment or a shared configuration decides' : 'its profile decides';
  return {
    chosen,
    ...caches,
    region: unsaid(`provider ${chosen.name} sets no ${inherited[0] ?? 'region'}: ${why}`),
    steps: chosen.steps,
    account,
  };
}

/** The account that a configuration is bound to: the role that it takes, or the only one that it allows. */
function accountOf(configuration: Configuration, chosen: Chosen & { readonly found: true }): string | null {
  for (const setting of ['assume_role.0.role_arn', 'allowed_account_ids.0', 'subscription_id', 'project']) {
    const answer = providerSetting(configuration, chosen, setting);
    if (answer?.known && typeof answer.value === 'string')
      return parseArn(answer.value)?.account ?? answer.value;
  }
  return null;
}
