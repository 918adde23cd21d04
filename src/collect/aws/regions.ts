import { AccountClient, paginateListRegions } from '@aws-sdk/client-account';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Observation } from '../../inventory/observation.ts';
import type { Answer, Ask } from '../call.ts';
import { failAnswer, isFailed, observe } from '../call.ts';
import type { ServiceCall, ServiceSession } from './service/service.ts';

export const describeRegions: ServiceCall = {
  operation: 'ec2:DescribeRegions',
  permission: 'ec2:DescribeRegions',
};
/** The other way to the same list, for who is refused the first. */
const listRegions: ServiceCall = {
  operation: 'account:ListRegions',
  permission: 'account:ListRegions',
};

/** What finding out the regions may ask. */
export const regionCalls: readonly ServiceCall[] = [describeRegions, listRegions];

/** No call of the provider's: what the configuration leaves out, nobody asks for. */
const readRegion = { operation: 'bercail:ReadRegion', permission: '' };

interface RegionList {
  readonly enabled: readonly string[];
  readonly optedOut: readonly string[];
}

/** The regions of an account that are to be read, and what is observed of the others. */
export interface Regions {
  readonly read: readonly string[];
  /** Every region of the partition, opted in or not; empty where that could not be read. */
  readonly all: readonly string[];
  readonly observations: readonly Observation[];
}

/**
 * Regions that the account has not opted into hold nothing, and are said so. Those that the configuration leaves out may
 * hold anything: each is a gap. Where the list cannot be read, the region that is asked from is read, and all others are
 * one gap.
 * @param only the configured regions; null for all
 */
export async function readRegions(
  ask: Ask,
  session: ServiceSession,
  only: readonly string[] | null,
): Promise<Regions> {
  const scene = session.scene(session.scope);
  const described = weigh(await askEc2(ask, session));
  const answer = isFailed(described) ? weigh(await askAccount(ask, session)) : described;
  if (answer.state !== 'ok') {
    const observations = [described, answer].map((one) =>
      observe(scene, one, { about: { regions: only ?? [session.region] } }),
    );
    return { read: only ?? [session.region], all: [], observations };
  }
  const { enabled, optedOut } = answer.response;
  const read = enabled.filter((region) => only?.includes(region) ?? true);
  const about = { regions: read, opted_out: optedOut };
  const leftOut = enabled.filter((region) => !read.includes(region));
  const unheard = (only ?? []).filter((region) => !enabled.includes(region) && !optedOut.includes(region));
  const gap = (region: string, code: string): Observation => {
    const scope = `${session.account}/${region}`;
    const left = { ...failAnswer(answer, 'not_collected', code), call: readRegion };
    return observe({ source: 'aws', scope, subject: scope }, left, {});
  };
  return {
    read,
    all: [...enabled, ...optedOut].toSorted(),
    observations: [
      observe(scene, answer, { about }),
      ...leftOut.map((region) => gap(region, 'RegionLeftOut')),
      ...unheard.map((region) => gap(region, 'NoSuchRegion')),
    ],
  };
}

/** An account always has regions: a list without any was not answered. */
function weigh(answer: Answer<RegionList>): Answer<RegionList> {
  const isEmpty = answer.state === 'ok' && answer.response.enabled.length === 0;
  return isEmpty ? failAnswer(answer, 'error', 'EmptyAnswer') : answer;
}

function askEc2(ask: Ask, session: ServiceSession): Promise<Answer<RegionList>> {
  return ask(describeRegions, async (abortSignal) => {
    const command = new DescribeRegionsCommand({ AllRegions: true });
    const { Regions = [] } = await session.client(EC2Client).send(command, { abortSignal });
    return split(Regions.map(({ RegionName, OptInStatus }) => [RegionName, OptInStatus !== 'not-opted-in']));
  });
}

function askAccount(ask: Ask, session: ServiceSession): Promise<Answer<RegionList>> {
  return ask(listRegions, async (abortSignal) => {
    const found: [string | undefined, boolean][] = [];
    const client = session.client(AccountClient);
    for await (const { Regions = [] } of paginateListRegions({ client, pageSize: 50 }, {}, { abortSignal })) {
      for (const { RegionName, RegionOptStatus } of Regions)
        found.push([RegionName, RegionOptStatus !== 'DISABLED']);
    }
    return split(found);
  });
}

function split(regions: readonly (readonly [string | undefined, boolean])[]): RegionList {
  const named = (wanted: boolean): string[] =>
    regions
      .flatMap(([name, isEnabled]) => (name !== undefined && isEnabled === wanted ? [name] : []))
      .toSorted();
  return { enabled: named(true), optedOut: named(false) };
}
