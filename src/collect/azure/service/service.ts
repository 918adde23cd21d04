import type { Json } from '../../../inventory/fact.ts';
import type { Observation } from '../../../inventory/observation.ts';
import type { Answer, Ask, Call, Scene } from '../../call.ts';
import type { Options } from '../../collector.ts';

/**
 * The shape of a service reader. To add one:
 *
 * 1. `service/NAME.ts` exports an `AzureService`: its name (the key of the registry, and of jobs), its scope, the table of
 *    its calls, and `read`.
 * 2. One line in `registry.ts`, lazily imported.
 * 3. `tests/collect/azure/service/NAME.test.ts` with Microsoft's example as fixture.
 *
 * What `read` keeps to:
 *
 * - Every call goes through `context.ask`, with its entry of `calls`: that bounds, counts, retries and never throws. A
 *   call whose `facts` no rule wants is not made (`context.wants`); one without `facts` always is: it lists what there is.
 *   `bercail audit --print-permissions azure` and the calls derive from this one table.
 * - Only GET, and POST for queries of Resource Graph. No action that hands out a key, a token or a connection string.
 * - Lists are followed page by page (`page.ts`). The observation of a listing has the subject `session.scope`, no asset and
 *   no facts: one that failed then says that the source was not read to its end.
 * - A call about one asset that fails gives the facts that it should have given, as `missingFact` of the answer.
 * - Relations go from the asset that sends to the one that receives, by id in lower case (`read/id.ts`).
 */
export interface AzureService {
  readonly name: string;
  /** `subscription`: read once in each. `tenant`: once, for all subscriptions of the run. */
  readonly scope: 'subscription' | 'tenant';
  readonly calls: readonly ServiceCall[];
  readonly read: (session: AzureSession, context: ServiceContext) => AsyncIterable<Observation>;
}

/** A line of a service's table. */
export interface ServiceCall extends Call {
  readonly apiVersion: string;
  /** Dotted names of the facts that this call gives, `relations.KIND` for relations. Left out: it is always made. */
  readonly facts?: readonly string[];
  /** It answers what is asked of it without its permission, which is then not asked for. */
  readonly isFree?: boolean;
}

/** The subscription of one job, and how to ask about it. */
export interface AzureSession {
  /** In lower case; the first that the run reads, for a job of the tenant. */
  readonly subscription: string;
  /** That of the subscription; null where nobody said. */
  readonly tenant: string | null;
  /** Key of the catalog: `azure`, `azure-cn`, `azure-us-gov`; null where the cloud is not known. */
  readonly provider: string | null;
  /** The subscription, or the tenant: scope of the job's observations and subject of its listings. */
  readonly scope: string;
  readonly options: Options;
  /** One call to the Resource Manager. */
  readonly send: (
    request: { path: string; apiVersion: string; body?: Json },
    signal: AbortSignal,
  ) => Promise<Json>;
  /** Asks without credentials; the headers of whatever is answered. */
  readonly knock: (
    request: { path: string; apiVersion: string },
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, string>>;
  /** The region that Azure says to be the pair of another, else the one of the catalog; null where neither knows one. */
  readonly pairOf: (region: string) => { readonly region: string; readonly by: string } | null;
  readonly scene: (subject: string) => Scene;
  /** Looks a thing up once in a run, whichever job asks. */
  readonly once: <T>(key: string, work: () => Promise<T>) => Promise<T>;
}

export interface ServiceContext {
  readonly ask: Ask;
  /** Whether a rule needs the fact (or one under it, or the whole it is part of): `wants('encryption.at_rest')`. */
  readonly wants: (fact: string) => boolean;
  /** Whether a rule needs a fact that the call gives. */
  readonly needs: (call: ServiceCall) => boolean;
  /** For `mapBounded` over many assets; the calls themselves are bounded by `ask`. */
  readonly concurrency: number;
  readonly now: () => string;
}

/** A line of a table: the action that allows it, the version of its API, and its name (`Microsoft.Sql:Servers_List`). */
export function action(
  permission: string,
  apiVersion: string,
  name: string,
  more: Partial<Pick<ServiceCall, 'facts' | 'none' | 'isFree'>> = {},
): ServiceCall {
  return { operation: `${permission.split('/')[0]}:${name}`, permission, apiVersion, ...more };
}

/** A listing: where the subscription never registered the provider of a type, nothing of it can be there. */
export function listing(
  permission: string,
  apiVersion: string,
  name: string,
  more: Partial<Pick<ServiceCall, 'facts' | 'none'>> = {},
): ServiceCall {
  const none = [...(more.none ?? []), 'MissingSubscriptionRegistration', 'SubscriptionNotRegistered'];
  return action(permission, apiVersion, name, { ...more, none });
}

export function askArm(
  session: AzureSession,
  { ask }: Pick<ServiceContext, 'ask'>,
  call: ServiceCall,
  path: string,
  body?: Json,
): Promise<Answer<Json>> {
  const { apiVersion } = call;
  return ask(call, (signal) =>
    session.send({ path, apiVersion, ...(body === undefined ? {} : { body }) }, signal),
  );
}
