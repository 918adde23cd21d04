import { BercailError } from '../../error.ts';
import type { Json } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import { mapBounded, pass } from '../bounded.ts';
import { createAsk } from '../call.ts';
import type { CollectContext, Job, Options, Plan } from '../collector.ts';
import { isWanted } from '../collector.ts';
import { listOption, textOption } from '../option.ts';
import type { Connection } from './connection.ts';
import { readLocations } from './locations.ts';
import type { Run } from './run.ts';
import { runOf } from './run.ts';
import { services } from './service/registry.ts';
import type { AzureService } from './service/service.ts';
import { openSession } from './session.ts';
import type { Sight } from './sight.ts';
import { readSight } from './sight.ts';
import type { Subscription } from './subscriptions.ts';
import { readSubscriptions, readTenants } from './subscriptions.ts';

/** How many subscriptions are looked into at a time. */
const ENTERED = 8;

interface Planning {
  readonly run: Run;
  readonly connection: Connection;
  readonly context: CollectContext;
  /** As configured, with what the environment added. */
  readonly options: Options;
}

/** A subscription, with its regions and what the caller sees of it. */
interface Entered extends Subscription {
  readonly sight: Sight;
  readonly pairs: { readonly [region: string]: string | null };
  readonly regions: readonly string[];
  readonly observations: readonly Observation[];
}

/**
 * One job for each subscription and service, and one for each service of the tenant. Finds out which tenants and
 * subscriptions there are, and asks each for its regions and for what the caller may see of it; what fails there is a gap,
 * and the rest is read.
 */
export async function planAzure(options: Options, context: CollectContext): Promise<Plan> {
  const run = runOf(context);
  const names = chosenServices(options);
  const connection = await run.connect(options);
  const { endpoint, audience, authority, cloud } = connection.setting;
  const settled = { ...options, endpoint, audience, authority, cloud };
  const planning: Planning = { run, connection, context, options: settled };
  const ask = createAsk(context, pass);
  const session = openSession(connection, run, context, { subscription: null, options: settled });
  const listed = await readSubscriptions(ask, session, listOption(options, 'subscriptions'));
  const subscriptions = listed.subscriptions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const tenants = new Set(subscriptions.flatMap(({ tenant }) => tenant ?? []));
  const isAnswered = listed.observations.some(({ outcome }) => outcome === 'ok');
  const known = isAnswered ? await readTenants(ask, session, textOption(options, 'tenant'), tenants) : [];
  const entered: Entered[] = [];
  for await (const one of mapBounded(subscriptions, ENTERED, (each) => enter(each, planning)))
    entered.push(one);
  entered.sort((a, b) => (a.id < b.id ? -1 : 1));
  // Only what is read is loaded.
  const loaded = await Promise.all(names.flatMap((name) => services[name]?.() ?? []));
  return {
    jobs: [
      ...tenantJobs(planning, loaded, entered),
      ...loaded
        .filter(({ scope }) => scope === 'subscription')
        .flatMap(({ name }) =>
          entered.map(({ id, tenant, pairs }) => jobFor(planning, name, id, { of_tenant: tenant, pairs })),
        ),
    ],
    observations: [
      ...listed.observations,
      ...known,
      ...entered.flatMap(({ observations }) => observations),
      ...leftOutServices(names, listed.observations, session.scope),
    ],
  };
}

async function enter(subscription: Subscription, planning: Planning): Promise<Entered> {
  const { run, connection, context, options } = planning;
  const session = openSession(connection, run, context, {
    subscription: subscription.id,
    options: { ...options, of_tenant: subscription.tenant },
  });
  const ask = createAsk(context, pass);
  const [{ sight, observations }, locations] = await Promise.all([
    readSight(ask, session),
    readLocations(ask, session),
  ]);
  const { pairs, regions } = locations;
  return {
    ...subscription,
    sight,
    pairs,
    regions,
    observations: [...observations, ...locations.observations],
  };
}

/** What is asked once for all subscriptions: by tenant, for a token is of one. */
function tenantJobs(
  planning: Planning,
  loaded: readonly AzureService[],
  entered: readonly Entered[],
): readonly Job[] {
  const { context } = planning;
  const ofTenant = loaded.filter(
    ({ scope, calls }) =>
      scope === 'tenant' &&
      calls.some(({ facts }) => facts?.some((fact) => isWanted(context.wanted, fact)) ?? true),
  );
  const tenants = [...new Set(entered.map(({ tenant }) => tenant))];
  return tenants.flatMap((tenant) => {
    const own = entered.filter((one) => one.tenant === tenant);
    const subscriptions = own.map(({ id, sight, regions }): Json => ({ id, sight, regions }));
    return ofTenant.map(({ name }) => jobFor(planning, name, null, { of_tenant: tenant, of: subscriptions }));
  });
}

function jobFor(
  { options, context }: Planning,
  service: string,
  account: string | null,
  more: { readonly [name: string]: Json },
): Job {
  return {
    source: 'azure',
    account,
    region: null,
    service,
    facts: [...context.wanted].toSorted(),
    options: { ...options, ...more },
  };
}

/** Those that the configuration names; all where it names none. */
function chosenServices(options: Options): readonly string[] {
  const all = Object.keys(services);
  const chosen = listOption(options, 'services') ?? all;
  const unheard = chosen.filter((name) => !all.includes(name));
  if (unheard.length > 0)
    throw new BercailError('config', {
      message: `no Azure service ${unheard.join(', ')}`,
      hint: `there are: ${all.join(', ')}`,
    });
  return chosen;
}

/** Services that the configuration leaves out may hold anything. */
function leftOutServices(
  read: readonly string[],
  [first]: readonly Observation[],
  scope: string,
): readonly Observation[] {
  const missing = Object.keys(services).filter((name) => !read.includes(name));
  if (missing.length === 0 || first === undefined) return [];
  return [
    {
      source: 'azure',
      scope,
      operation: 'bercail:ReadServices',
      subject: scope,
      at: first.at,
      sha256: null,
      outcome: 'not_collected',
      code: 'ServiceLeftOut',
      about: { services: missing },
    },
  ];
}
