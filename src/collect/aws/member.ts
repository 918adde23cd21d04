import type { Json } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import type { Answer, FailedAnswer } from '../call.ts';
import { isFailed, observe } from '../call.ts';
import type { CollectContext, Job, Options } from '../collector.ts';
import { listOption, textOption } from '../option.ts';
import type { Account } from './accounts.ts';
import type { Connection } from './connection.ts';
import type { Identity } from './identity.ts';
import { assumeRole, enter, roleIn } from './identity.ts';
import { readRegions, regionCalls } from './regions.ts';
import { askOf, type Run } from './run.ts';
import type { AwsService } from './service/service.ts';
import { accountArn, openSession } from './session.ts';

export interface Planning {
  readonly run: Run;
  readonly connection: Connection;
  readonly context: CollectContext;
  readonly options: Options;
  readonly services: readonly AwsService[];
  /** Account and partition of the credentials that were configured. */
  readonly caller: Identity;
}

/** What one account adds to the plan. */
export interface Part {
  readonly account: string;
  readonly jobs: readonly Job[];
  readonly observations: readonly Observation[];
  /** Every region of the partition, as this account was told. */
  readonly regions: readonly string[];
}

/** An account of the organisation: the configured role in it; for the caller's own account, failing that, the caller. */
export async function planMember(
  { id }: Account,
  callerRole: string | null,
  planning: Planning,
): Promise<Part> {
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
  const entered = await enter(askOf(context, options), connection, role);
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

export function observeAccount(
  { partition, account }: Identity,
  answer: Answer<unknown>,
  { region }: Connection,
): Observation {
  const scene = { source: 'aws', scope: `${account}/${region}`, subject: accountArn(partition, account) };
  return observe(scene, answer, { asset: { kind: 'account', name: account, provider: partition, account } });
}

export async function planAccount(account: string, role: string | null, planning: Planning): Promise<Part> {
  const { run, connection, context, options, caller } = planning;
  const { region } = connection;
  const { partition } = caller;
  const session = openSession(connection, {
    account,
    partition,
    region,
    role,
    options,
    calls: regionCalls,
    gate: run.gateOf(account, null),
  });
  const found = await readRegions(askOf(context, options), session, listOption(options, 'regions'));
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

export function jobFor(
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
