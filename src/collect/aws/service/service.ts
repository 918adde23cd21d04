import type { Observation } from '../../../inventory/observation.ts';
import type { Ask, Call, Scene } from '../../call.ts';
import type { Options } from '../../collector.ts';

/**
 * The shape of a service reader. To add one:
 *
 * 1. `service/NAME.ts` exports an `AwsService`: its name (the key of the registry, and of jobs), its scope, the table of
 *    its calls, and `read`.
 * 2. One line in `registry.ts`, lazily imported: an SDK is loaded by the first job that needs it.
 * 3. `tests/collect/aws/service/NAME.test.ts` with its fixtures.
 *
 * What `read` keeps to:
 *
 * - Every call goes through `context.ask`, with its entry of `calls`: that bounds, counts, retries and never throws. A
 *   call whose `facts` no rule wants is not made (`context.wants`); one without `facts` always is: it lists what there is.
 *   `bercail audit --print-permissions aws` and the calls derive from this one table.
 * - Lists are paginated with `askPages` (`pages.ts`). Each page is an observation, the failed one too. The observation of
 *   a listing has the subject `session.scope`, no asset and no facts: one that failed then says that the source was not
 *   read to its end. What is in the list is an observation each, with an `asset` (the subject is its ARN) and at least
 *   the fact `place.region`.
 * - A call about one asset that fails gives the facts that it should have given, as `missingFact` of the answer. A fact
 *   that was not wanted is left out.
 * - Relations go from the asset that sends to the one that receives, by ARN. The other end is observed too, as
 *   `external`, where this account's listing cannot show it and its place follows from its ARN.
 * - Read-only calls only, no names or values of what pupils' data would hold, no ARN prefix written out (`session.arn`).
 */
export interface AwsService {
  readonly name: string;
  /**
   * `region`: read once in each region of each account. `global`: once in each account, for all regions.
   * `organization`: once, by who lists the accounts, for all of them.
   */
  readonly scope: 'region' | 'global' | 'organization';
  readonly calls: readonly ServiceCall[];
  readonly read: (session: ServiceSession, context: ServiceContext) => AsyncIterable<Observation>;
}

/** A line of a service's table. */
export interface ServiceCall extends Call {
  /** Dotted names of the facts that this call gives, `relations.KIND` for relations. Left out: it is always made. */
  readonly facts?: readonly string[];
  /** Where one call is allowed by several IAM actions together, the others. */
  readonly also?: readonly string[];
  /** It answers what is asked of it without its permission, which is then not asked for. */
  readonly isFree?: boolean;
}

/** What every client of the SDK takes; credentials, endpoint and retries are those of the source. */
export interface ClientConfig {
  readonly region: string;
}

export type ClientClass<C> = new (config: ClientConfig) => C;

/** The account and region of one job, with its clients. */
export interface ServiceSession {
  /** Twelve digits. */
  readonly account: string;
  /** `aws`, `aws-eusc`… also the key of the provider in the catalog: `asset.provider`. */
  readonly partition: string;
  /** The region of the job; for a global service the one from which it is asked. */
  readonly region: string;
  /** `ACCOUNT/REGION`: the scope of the job's observations and the subject of its listings. */
  readonly scope: string;
  /** The source's options, as configured. */
  readonly options: Options;
  /** The client of the job's region, or of another one; each is made once. `session.client(RDSClient)`. */
  readonly client: <C>(Client: ClientClass<C>, region?: string) => C;
  /** `{source, scope, subject}` for `observe`. */
  readonly scene: (subject: string) => Scene;
  /** An ARN of this partition: `session.arn('rds', 'eu-west-3', 'db:ent')`; the account is that of the job. */
  readonly arn: (service: string, region: string, resource: string) => string;
}

export interface ServiceContext {
  readonly ask: Ask;
  /** Facts that the loaded rules need. */
  readonly wanted: ReadonlySet<string>;
  /** Whether a rule needs the fact (or one under it, or the whole it is part of): `wants('encryption.at_rest')`. */
  readonly wants: (fact: string) => boolean;
  /** Whether a rule needs a fact that the call gives. */
  readonly needs: (call: ServiceCall) => boolean;
  /** For `mapBounded` over many assets; the calls themselves are bounded by `ask`. */
  readonly concurrency: number;
}
