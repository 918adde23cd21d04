import type { Gate } from '../bounded.ts';
import { createGate, pass } from '../bounded.ts';
import { type Ask, createAsk } from '../call.ts';
import { canonicalJson } from '../canonical.ts';
import type { CollectContext, Options } from '../collector.ts';
import { countOption } from '../option.ts';
import { withPatience } from '../s3/endpoint/patience.ts';
import type { Connection } from './connection.ts';
import { connect } from './connection.ts';

/** What the jobs of one run share on this machine: connections, and the bounds on requests under way. */
export interface Run {
  readonly connect: (options: Options) => Promise<Connection>;
  /** Bounds requests to an account, of any region for null, to `concurrency`; those to one region to half of them. */
  readonly gateOf: (account: string, region: string | null) => Gate;
}

const runs = new WeakMap<object, Run>();

/** Seconds that a call may take with all its attempts and waits, unless a source says otherwise. */
const PATIENCE = 900;

/** Asks on behalf of a source: no call, and no service that only makes wait, holds up the run for ever. */
export function askOf(context: CollectContext, options: Options): Ask {
  return withPatience(createAsk(context, pass), countOption(options, 'timeout') ?? PATIENCE);
}

export function runOf(context: CollectContext): Run {
  const key = context.run ?? context;
  const found = runs.get(key) ?? createRun(context.concurrency);
  runs.set(key, found);
  return found;
}

function createRun(concurrency: number): Run {
  const connections = new Map<string, Promise<Connection>>();
  const gates = new Map<string, Gate>();
  const limited = (key: string, limit: number): Gate => {
    const gate = gates.get(key) ?? createGate(limit);
    gates.set(key, gate);
    return gate;
  };
  return {
    connect: (options) => {
      const {
        profile = null,
        region = null,
        endpoint = null,
        external_id = null,
        max_attempts = null,
      } = options;
      const key = canonicalJson({ profile, region, endpoint, external_id, max_attempts });
      const connection = connections.get(key) ?? connect(options);
      connections.set(key, connection);
      return connection;
    },
    gateOf: (account, region) => {
      const whole = limited(account, concurrency);
      if (region === null) return whole;
      // One region that throttles must not hold up the others; the region's turn comes first, so that no request that
      // waits for it takes the place of one that could go.
      const regional = limited(`${account}/${region}`, Math.ceil(concurrency / 2));
      return (work) => regional(() => whole(work));
    },
  };
}
