import type { Json } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import { mapBounded, pass } from '../bounded.ts';
import type { Answer, FailedAnswer } from '../call.ts';
import { createAsk, failAnswer, isFailed, observe } from '../call.ts';
import type { CollectContext, Job, Options, Plan } from '../collector.ts';
import { isWanted } from '../collector.ts';
import { listOption, textOption } from '../option.ts';
import type { Account } from './accounts.ts';
import { readAccounts } from './accounts.ts';
import type { Connection } from './connection.ts';
import type { Identity } from './identity.ts';
import { assumeRole, enter, identify, roleIn } from './identity.ts';
import { readRegions } from './regions.ts';
import type { Run } from './run.ts';
import { runOf } from './run.ts';
import { services } from './service/registry.ts';
import type { AwsService } from './service/service.ts';
import { accountArn, openSession } from './session.ts';

interface Planning {
  readonly run: Run;
  readonly connection: Connection;
  readonly context: CollectContext;
  readonly options: Options;
  readonly services: readonly AwsService[];
  /** Account and partition of the credentials that were configured. */
  readonly caller: Identity;
}

interface Part {
  readonly account: string;
  readonly jobs: readonly Job[];
  readonly observations: readonly Observation[];
  /** Every region of the partition, as this account was told. */
  readonly regions: readonly string[];
}

/** How many accounts are entered at a time. */
const ENTERED = 8;

/**
 * One job for each account, region and service. Finds out who asks, which accounts there are, enters each, and asks which
 * regions it has; what fails there is a gap, and the rest is read.
 */
export async function planAws(options: Options, context: CollectContext): Promise<Plan> {
  const run = runOf(context);
  const connection = await run.connect(options);
  const first = await identifyCaller(connection, options, context);
  const { answer, identity: caller, role } = first;
  const scope = `${caller?.account ?? '-'}/${connection.region}`;
  const about = { ...caller, region: connection.region };
  const identified = observe({ source: 'aws', scope, subject: scope }, answer, { about });
  if (caller === null) return { jobs: [], observations: [identified] };
  const chosen = listOption(options, 'services');
  const names = Object.keys(services).filter((name) => chosen?.includes(name) ?? true);
  // Only what is read is loaded: SDKs take their time.
  const loaded = await Promise.all(names.flatMap((name) => services[name]?.() ?? []));
  const planning: Planning = { run, connection, context, options, caller, services: loaded };
  const parts: Part[] = [];
  const observations = [identified, ...leftOutServices(planning, answer)];
  if (options['organization'] === true) {
    const session = openSession(connection, {
      ...caller,
      region: connection.region,
      role,
      options,
      gate: run.gateOf(caller.account, null),
    });
    const listed = await readAccounts(createAsk(context, pass), session);
    observations.push(...listed.observations);
    const accounts = listed.accounts.some(({ id }) => id === caller.account)
      ? listed.accounts
      : [...listed.accounts, { id: caller.account, isActive: true }];
    const active = accounts.filter(({ isActive }) => isActive);
    for await (const part of mapBounded(active, ENTERED, (account) => planMember(account, role, planning)))
      parts.push(part);
  } else {
    observations.push(observeAccount(caller, answer, connection));
    parts.push(await planAccount(caller.account, role, planning));
  }
  parts.sort((a, b) => (a.account < b.account ? -1 : 1));
  const accounts = parts.map(({ account }) => account);
  const regions = [...new Set(parts.flatMap((part) => part.regions))].toSorted();
  return {
    jobs: [
      ...organizationJobs(planning, role, accounts, regions),
      ...interleave(parts.map(({ jobs }) => jobs)),
    ],
    observations: [...observations, ...parts.flatMap((part) => part.observations)],
  };
}

/** A role given by ARN, or by name when one account is read, is taken at once: the run is that role's. */
async function identifyCaller(connection: Connection, options: Options, context: CollectContext) {
  const ask = createAsk(context, pass);
  const role = textOption(options, 'role');
  const taken = role?.startsWith('arn:') ? role : null;
  const seen = await identify(ask, connection, taken);
  if (role === null || taken !== null || seen.identity === null || options['organization'] === true)
    return { ...seen, role: taken };
  const named = roleIn(role, seen.identity);
  return { ...(await identify(ask, connection, named)), role: named };
}

/** An account of the organisation: the configured role in it; for the caller's own account, failing that, the caller. */
async function planMember({ id }: Account, callerRole: string | null, planning: Planning): Promise<Part> {
  const { options, caller, connection, context } = planning;
  const isOwn = id === caller.account;
  const configured = textOption(options, 'role');
  if (configured === null) {
    if (isOwn) return planAccount(id, null, planning);
    const answer: FailedAnswer = {
      call: assumeRole,
      at: context.clock(),
      state: 'not_collected',
      code: 'NoRoleConfigured',
      headers: {},
    };
    return { account: id, jobs: [], regions: [], observations: [observeEntry(id, answer, planning)] };
  }
  const role = roleIn(configured, { ...caller, account: id });
  if (isOwn && role === callerRole) return planAccount(id, role, planning);
  const entered = await enter(createAsk(context, pass), connection, role);
  if (!isFailed(entered)) {
    const part = await planAccount(id, role, planning);
    return { ...part, observations: [observeEntry(id, entered, planning), ...part.observations] };
  }
  if (isOwn) return planAccount(id, callerRole, planning);
  return { account: id, jobs: [], regions: [], observations: [observeEntry(id, entered, planning)] };
}

/** The scope of an account that cannot be entered is all of it, in whatever region. */
function observeEntry(account: string, answer: Answer<unknown>, { connection }: Planning): Observation {
  const scope = `${account}/${connection.region}`;
  return observe({ source: 'aws', scope, subject: scope }, answer, {});
}

function observeAccount(
  { partition, account }: Identity,
  answer: Answer<unknown>,
  { region }: Connection,
): Observation {
  const scene = { source: 'aws', scope: `${account}/${region}`, subject: accountArn(partition, account) };
  return observe(scene, answer, { asset: { kind: 'account', name: account, provider: partition, account } });
}

async function planAccount(account: string, role: string | null, planning: Planning): Promise<Part> {
  const { run, connection, context, options, caller } = planning;
  const { region } = connection;
  const { partition } = caller;
  const session = openSession(connection, {
    account,
    partition,
    region,
    role,
    options,
    gate: run.gateOf(account, null),
  });
  const found = await readRegions(createAsk(context, pass), session, listOption(options, 'regions'));
  const jobOf = ({ name }: AwsService, where: string): Job =>
    jobFor(planning, { account, role, region: where, service: name });
  const of = (scope: AwsService['scope']): readonly AwsService[] =>
    planning.services.filter((service) => service.scope === scope);
  return {
    account,
    jobs: [
      ...of('global').map((service) => jobOf(service, region)),
      ...found.read.flatMap((where) => of('region').map((service) => jobOf(service, where))),
    ],
    regions: found.all,
    observations: found.observations,
  };
}

/** What an organisation says of all its accounts is asked once, by who lists them. */
function organizationJobs(
  planning: Planning,
  role: string | null,
  accounts: readonly string[],
  regions: readonly string[],
): readonly Job[] {
  const { caller, connection, services, context } = planning;
  const { account } = caller;
  const isNeeded = ({ calls }: AwsService): boolean =>
    calls.some(({ facts = [] }) => facts.some((fact) => isWanted(context.wanted, fact)));
  return services
    .filter((service) => service.scope === 'organization' && isNeeded(service))
    .map(({ name }) =>
      jobFor(planning, {
        account,
        role,
        region: connection.region,
        service: name,
        more: { accounts, partition_regions: regions },
      }),
    );
}

function jobFor(
  { caller, connection, options, context }: Planning,
  {
    account,
    role,
    region,
    service,
    more = {},
  }: {
    account: string;
    role: string | null;
    region: string;
    service: string;
    more?: { readonly [name: string]: Json };
  },
): Job {
  return {
    source: 'aws',
    account,
    region,
    service,
    facts: [...context.wanted].toSorted(),
    options: { ...options, role, region: connection.region, partition: caller.partition, ...more },
  };
}

/** Services that the configuration leaves out may hold anything. */
function leftOutServices(
  { caller, connection, services: read }: Planning,
  answer: Answer<unknown>,
): Observation[] {
  const missing = Object.keys(services).filter((name) => !read.some((service) => service.name === name));
  if (missing.length === 0) return [];
  const scope = `${caller.account}/${connection.region}`;
  const call = { operation: 'bercail:ReadServices', permission: '' };
  const { permission: _, ...gap } = observe(
    { source: 'aws', scope, subject: scope },
    { ...failAnswer(answer, 'not_collected', 'ServiceLeftOut'), call },
    { about: { services: missing } },
  );
  return [gap];
}

/** Account by account in turn, so that one that throttles does not hold up the others. */
function interleave(lists: readonly (readonly Job[])[]): Job[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}
