import type { AwsService, ClientClass, ServiceSession } from '../../src/collect/aws/service/service.ts';
import { createAsk } from '../../src/collect/call.ts';
import { isWanted } from '../../src/collect/collector.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { testContext } from './collect-context.ts';

/** What an SDK client answers, by command: `DescribeKey`. A function is given the input of the command. */
export interface Answers {
  readonly [command: string]: object | ((input: { readonly [name: string]: unknown }) => object);
}

/** Facts of all rules, and all relations. */
export const allFacts = [
  'tags',
  'encryption',
  'access',
  'public',
  'access_log',
  'access_log_places',
  'retention',
  'relations',
  'key_facts',
  'place.region',
  'entry_point',
  'endpoints',
];

export const account = '111122223333';
export const region = 'eu-west-3';

export interface ServiceRun {
  readonly answers: Answers;
  /** Commands that are refused. */
  readonly denied?: readonly string[];
  readonly wanted?: readonly string[];
  /** Told of each command that is sent. */
  readonly onCommand?: (command: string) => void;
  /** Told of each call that is made: `kms:DescribeKey`. */
  readonly onCall?: (operation: string) => void;
  readonly in?: Partial<Pick<ServiceSession, 'account' | 'region' | 'partition'>>;
}

/** Runs a service reader on answers as the SDK would parse them: no request leaves. */
export async function readService(
  service: AwsService,
  { answers, denied = [], wanted = allFacts, onCommand, onCall, in: where = {} }: ServiceRun,
): Promise<readonly Observation[]> {
  const facts = new Set(wanted);
  const context = testContext({ wanted: facts, ...(onCall ? { onCall } : {}) });
  const session = sessionWith(where, (name, input) => {
    onCommand?.(name);
    if (denied.includes(name)) throw refusal();
    const answer = answers[name] ?? (name === 'HeadBucket' ? placeOf : undefined);
    if (answer === undefined) throw new Error(`no answer for ${name}`);
    return typeof answer === 'function' ? answer(input) : answer;
  });
  const wants = (fact: string): boolean => isWanted(facts, fact);
  const seen: Observation[] = [];
  const reading = service.read(session, {
    ask: createAsk(context),
    wanted: facts,
    wants,
    needs: (call) => call.facts?.some(wants) ?? true,
    concurrency: 4,
  });
  for await (const observation of reading) seen.push(observation);
  return seen;
}

/** An error of the provider, as the SDK throws it: `[code, status]`. */
export function failure(code: string, status = 400): Error {
  return Object.assign(new Error('m'), { name: code, $metadata: { httpStatusCode: status } });
}

/** The bucket of results is in Paris, and all others are abroad. */
function placeOf({ Bucket }: { readonly [name: string]: unknown }): object {
  return { BucketRegion: Bucket === 'results' ? region : 'us-east-1' };
}

function refusal(): Error {
  return failure('AccessDeniedException');
}

type Respond = (command: string, input: { readonly [name: string]: unknown }) => object;

export function sessionWith(
  { account: own = account, region: at = region, partition = 'aws' }: NonNullable<ServiceRun['in']>,
  respond: Respond,
): ServiceSession {
  const scope = `${own}/${at}`;
  const fake = {
    config: { endpointProvider: () => ({}) },
    send: async (command: { readonly input: { readonly [name: string]: unknown } }) =>
      respond(command.constructor.name.replace(/Command$/, ''), command.input),
  };
  return {
    account: own,
    partition,
    region: at,
    scope,
    options: {},
    // A client in all but what it sends.
    client: <C>(Client: ClientClass<C>): C => Object.assign(Object.create(Client.prototype), fake),
    scene: (subject) => ({ source: 'aws', scope, subject }),
    arn: (service, where, resource) => `arn:${partition}:${service}:${where}:${own}:${resource}`,
  };
}
