import type { Gate } from '../bounded.ts';
import { createGate } from '../bounded.ts';
import { canonicalJson } from '../canonical.ts';
import type { CollectContext, Options } from '../collector.ts';
import { settingOf } from './cloud.ts';
import type { Connection } from './connection.ts';
import { connect } from './connection.ts';

/** What the jobs of one run share on this machine: connections, bounds, and what they looked up for each other. */
export interface Run {
  readonly connect: (options: Options) => Promise<Connection>;
  /** Bounds the requests to a subscription; to what belongs to none, for null. */
  readonly gateOf: (subscription: string | null) => Gate;
  /** Looks a thing up once, whoever asks. */
  readonly once: <T>(key: string, work: () => Promise<T>) => Promise<T>;
}

const runs = new WeakMap<object, Run>();

export function runOf(context: CollectContext): Run {
  const key = context.run ?? context;
  const found = runs.get(key) ?? createRun(context);
  runs.set(key, found);
  return found;
}

function createRun({ concurrency, env }: CollectContext): Run {
  const gates = new Map<string, Gate>();
  const found = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const known = (found.get(key) as Promise<T> | undefined) ?? work();
    found.set(key, known);
    return known;
  };
  return {
    connect: (options) => {
      const setting = settingOf(options, env);
      const { tenant = null, max_attempts = null } = options;
      return once(`connection ${canonicalJson({ ...setting, tenant, max_attempts })}`, () =>
        connect(options, setting),
      );
    },
    gateOf: (subscription) => {
      const key = subscription ?? '';
      const gate = gates.get(key) ?? createGate(concurrency);
      gates.set(key, gate);
      return gate;
    },
    once,
  };
}
