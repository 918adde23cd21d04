import { BercailError } from '../../error.ts';
import type { Observation } from '../../inventory/observation.ts';
import { mapBounded } from '../bounded.ts';
import type { Answer, Ask } from '../call.ts';
import { failAnswer, isFailed, observe } from '../call.ts';
import type { CollectContext, Job, Options, Plan } from '../collector.ts';
import { isWanted } from '../collector.ts';
import { listOption, textOption } from '../option.ts';
import { listAccounts, readAccounts } from './accounts.ts';
import type { Connection } from './connection.ts';
import { enter, identify, roleIn } from './identity.ts';
import type { Part, Planning } from './member.ts';
import { jobFor, observeAccount, planAccount, planMember } from './member.ts';
import { askOf, runOf } from './run.ts';
import { services } from './service/registry.ts';
import type { AwsService } from './service/service.ts';
import { openSession } from './session.ts';

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
  const names = chosenServices(options);
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
      calls: [listAccounts],
      gate: run.gateOf(caller.account, null),
    });
    const listed = await readAccounts(askOf(context, options), session);
    observations.push(...listed.observations);
    const active = listed.accounts.filter(({ isActive }) => isActive);
    if (!listed.accounts.some(({ id }) => id === caller.account)) {
      active.push({ id: caller.account, isActive: true });
      observations.push(observeAccount(caller, answer, connection));
    }
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

/** Those that the configuration names; all where it names none. */
function chosenServices(options: Options): readonly string[] {
  const all = Object.keys(services);
  const chosen = listOption(options, 'services') ?? all;
  const unheard = chosen.filter((name) => !all.includes(name));
  if (unheard.length > 0) {
    throw new BercailError('config', {
      message: `no AWS service ${unheard.join(', ')}`,
      hint: `there are: ${all.join(', ')}`,
    });
  }
  return chosen;
}

/**
 * A role given by ARN, or by name when one account is read, is taken at once: the run is that role's. One that is refused
 * is the answer, for nothing more can be asked.
 */
async function identifyCaller(connection: Connection, options: Options, context: CollectContext) {
  const ask = askOf(context, options);
  const role = textOption(options, 'role');
  const taken = role?.startsWith('arn:') ? role : null;
  const seen = await identifyAs(ask, connection, taken);
  const isMine = role === null || taken !== null || options['organization'] === true;
  if (isMine || seen.identity === null) return { ...seen, role: taken };
  const named = roleIn(role, seen.identity);
  return { ...(await identifyAs(ask, connection, named)), role: named };
}

async function identifyAs(ask: Ask, connection: Connection, role: string | null) {
  const entered = role === null ? null : await enter(ask, connection, role);
  return entered !== null && isFailed(entered)
    ? { answer: entered, identity: null }
    : identify(ask, connection, role);
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

/** Services that the configuration leaves out may hold anything. */
function leftOutServices(
  { caller, connection, services: read }: Planning,
  answer: Answer<unknown>,
): Observation[] {
  const missing = Object.keys(services).filter((name) => !read.some((service) => service.name === name));
  if (missing.length === 0) return [];
  const scope = `${caller.account}/${connection.region}`;
  const call = { operation: 'bercail:ReadServices', permission: '' };
  const left = { ...failAnswer(answer, 'not_collected', 'ServiceLeftOut'), call };
  return [observe({ source: 'aws', scope, subject: scope }, left, { about: { services: missing } })];
}

/** Account by account in turn, so that one that throttles does not hold up the others. */
function interleave(lists: readonly (readonly Job[])[]): Job[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}
