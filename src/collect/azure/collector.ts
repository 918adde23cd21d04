import { BercailError } from '../../error.ts';
import type { Observation } from '../../inventory/observation.ts';
import { pass } from '../bounded.ts';
import { createAsk } from '../call.ts';
import type { CollectContext, Collector, Job } from '../collector.ts';
import { isWanted } from '../collector.ts';
import { planAzure } from './plan.ts';
import { runOf } from './run.ts';
import { services } from './service/registry.ts';
import { openSession } from './session.ts';

/**
 * An Azure tenant: all its subscriptions, or some. Options: tenant, subscriptions (`all` or a list), services (a list;
 * default all), cloud, endpoint, audience, authority.
 */
export const azureCollector: Collector = {
  kind: 'azure',
  plan: planAzure,
  run: runJob,
};

/** A service whose answer nobody foresaw is a gap: the others are read all the same. */
async function* runJob(job: Job, context: CollectContext): AsyncGenerator<Observation> {
  try {
    yield* readService(job, context);
  } catch (error) {
    if (error instanceof BercailError) throw error;
    const tenant = job.options['of_tenant'];
    const scope = job.account ?? (typeof tenant === 'string' ? tenant : '-');
    yield {
      source: 'azure',
      scope,
      operation: `${job.service}:*`,
      subject: scope,
      at: context.clock(),
      sha256: null,
      outcome: 'error',
      code: error instanceof Error ? error.name : 'UnknownError',
    };
  }
}

async function* readService(job: Job, context: CollectContext): AsyncGenerator<Observation> {
  const { service: name, account, facts, options } = job;
  const load = Object.hasOwn(services, name) ? services[name] : undefined;
  if (load === undefined) throw new BercailError('internal', { message: `no such Azure job: ${name}` });
  const service = await load();
  const run = runOf(context);
  const wanted = new Set(facts);
  const connection = await run.connect(options);
  const session = openSession(connection, run, context, { subscription: account, options });
  const wants = (fact: string): boolean => isWanted(wanted, fact);
  yield* service.read(session, {
    ask: createAsk(context, pass),
    wants,
    needs: (call) => call.facts?.some(wants) ?? true,
    concurrency: context.concurrency,
    now: context.clock,
  });
}
