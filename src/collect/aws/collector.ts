import { BercailError } from '../../error.ts';
import type { Observation } from '../../inventory/observation.ts';
import type { CollectContext, Collector, Job } from '../collector.ts';
import { isWanted } from '../collector.ts';
import { textOption } from '../option.ts';
import { planAws } from './plan.ts';
import { askOf, runOf } from './run.ts';
import { services } from './service/registry.ts';
import { openSession } from './session.ts';

/**
 * An AWS account, or an organisation of them. Options: profile, region, endpoint, role (an ARN, or the name of a role of
 * each account), external_id, organization, regions (`all` or a list), services (a list; default all).
 */
export const awsCollector: Collector = {
  kind: 'aws',
  plan: planAws,
  run: runJob,
};

/** A service that cannot even be asked, or whose answer nobody foresaw, is a gap: the others are read all the same. */
async function* runJob(job: Job, context: CollectContext): AsyncGenerator<Observation> {
  try {
    yield* readService(job, context);
  } catch (error) {
    if (error instanceof BercailError) throw error;
    const scope = `${job.account}/${job.region}`;
    const code = error instanceof Error ? error.name : 'UnknownError';
    const at = context.clock();
    yield {
      source: 'aws',
      scope,
      operation: `${job.service}:*`,
      subject: scope,
      at,
      sha256: null,
      outcome: 'error',
      code,
    };
  }
}

async function* readService(job: Job, context: CollectContext): AsyncGenerator<Observation> {
  const { service: name, account, region, facts, options } = job;
  const load = Object.hasOwn(services, name) ? services[name] : undefined;
  const partition = textOption(options, 'partition');
  if (load === undefined || account === null || region === null || partition === null) {
    throw new BercailError('internal', { message: `no such AWS job: ${name}` });
  }
  const service = await load();
  const run = runOf(context);
  const wanted = new Set(facts);
  const connection = await run.connect(options);
  const session = openSession(connection, {
    account,
    partition,
    region,
    role: textOption(options, 'role'),
    options,
    calls: service.calls,
    gate: run.gateOf(account, service.scope === 'region' ? region : null),
  });
  const wants = (fact: string): boolean => isWanted(wanted, fact);
  yield* service.read(session, {
    ask: askOf(context, options),
    wanted,
    wants,
    needs: (call) => call.facts?.some(wants) ?? true,
    concurrency: context.concurrency,
  });
}
