import type { S3Client } from '@aws-sdk/client-s3';
import type { Fact, MissingFact } from '../../inventory/fact.ts';
import type { AssetKind, SeenRelation } from '../../inventory/observation.ts';
import type { Answer, Ask } from '../call.ts';
import { failAnswer, isFailed, missingFact } from '../call.ts';
import type { Bucket, Dialect } from './bucket.ts';
import type { BucketCall } from './calls.ts';

/** What was read, and the answer that it rests on. */
export interface Reading {
  readonly by: Answer<unknown>;
  readonly facts: { readonly [name: string]: Fact };
  readonly relations?: readonly SeenRelation[];
  /** Names of the buckets that this one sends data to. */
  readonly destinations?: readonly Destination[];
  /** Other ends: queues, functions, access points. */
  readonly ends?: readonly End[];
}

/** What is no bucket, with the place that its own id or kind tells. */
export interface End {
  readonly id: string;
  readonly name: string;
  readonly kind: AssetKind;
  readonly account: string | null;
  readonly region: string | null;
}

export interface Destination {
  readonly name: string;
  readonly account: string | null;
}

/** Asks a bucket one thing; the same call for two readers is made once. */
export type AskBucket = <T>(call: BucketCall<T>) => Promise<Answer<T>>;

/** A line of the table: the facts it gives and the calls it needs. Calls and permissions both derive from it. */
export interface Reader {
  readonly facts: readonly string[];
  readonly calls: readonly BucketCall<unknown>[];
  /** For what only AWS has: other clouds are not asked. */
  readonly only?: Dialect;
  readonly read: (ask: AskBucket, bucket: Bucket) => Promise<readonly Reading[]>;
}

/** Said by a reader of an answer that is there but tells nothing (`EmptyAnswer`) or makes no sense. */
export interface Unreadable {
  readonly unreadable: MissingFact['state'];
  readonly code: string;
}

export const EMPTY: Unreadable = { unreadable: 'not_collected', code: 'EmptyAnswer' };

export type Said = Omit<Reading, 'by'>;

/** A reader of one call. `read` gets null where the provider says that there is none; failures never reach it. */
export function readOne<T>(
  facts: readonly string[],
  call: BucketCall<T>,
  read: (response: T | null, bucket: Bucket) => Said | Unreadable,
): Reader {
  const missing = (answer: Parameters<typeof missingFact>[0]): Reading => ({
    by: answer,
    facts: Object.fromEntries(facts.map((name) => [name, missingFact(answer)])),
  });
  return {
    facts,
    calls: [call],
    read: async (ask, bucket) => {
      const answer = await ask(call);
      if (isFailed(answer)) return [missing(answer)];
      const said = read(answer.state === 'ok' ? answer.response : null, bucket);
      if ('unreadable' in said) return [missing(failAnswer(answer, said.unreadable, said.code))];
      return [{ by: answer, ...said }];
    },
  };
}

type Answers<C> = { readonly [K in keyof C]: Answer<C[K]> };

/** A reader that weighs several calls against each other. */
export function readSeveral<C extends { readonly [name: string]: unknown }>(
  facts: readonly string[],
  calls: { readonly [K in keyof C]: BucketCall<C[K]> },
  read: (answers: Answers<C>, bucket: Bucket) => readonly Reading[],
): Reader {
  const entries = Object.entries<BucketCall<unknown>>(calls);
  return {
    facts,
    calls: entries.map(([, call]) => call),
    read: async (ask, bucket) => {
      const answers = await Promise.all(
        entries.map(async ([name, call]) => [name, await ask(call)] as const),
      );
      return read(Object.fromEntries(answers) as Answers<C>, bucket);
    },
  };
}

export function createAskBucket(ask: Ask, client: S3Client, bucket: string): AskBucket {
  const asked = new Map<BucketCall<unknown>, Promise<Answer<unknown>>>();
  return <T>(call: BucketCall<T>) => {
    const before = asked.get(call) as Promise<Answer<T>> | undefined;
    const now = before ?? ask(call, (abortSignal) => call.send(client, bucket, abortSignal));
    asked.set(call, now);
    return now;
  };
}
