import type { S3Client } from '@aws-sdk/client-s3';
import type { Answer, Ask } from '../call.ts';
import { failAnswer } from '../call.ts';
import { listBuckets } from './calls.ts';

export interface Listed {
  readonly name: string;
  readonly region: string | null;
}

/** One answer of the listing, with the buckets on it. A failed one comes last: the listing is then not complete. */
export interface Page {
  readonly answer: Answer<unknown>;
  readonly number: number;
  readonly owner: string | null;
  readonly buckets: readonly Listed[];
  readonly isLast: boolean;
}

/**
 * Every bucket of the account. `pageSize` also makes AWS name each bucket's region, which it does only for requests
 * that carry a parameter; null sends none, for endpoints that know no paging.
 */
export async function* listPages(ask: Ask, client: S3Client, pageSize: number | null): AsyncGenerator<Page> {
  let token: string | undefined;
  const before = new Set<string>();
  for (let number = 1; ; number += 1) {
    const input = {
      ...(pageSize === null ? {} : { MaxBuckets: pageSize }),
      ...(token === undefined ? {} : { ContinuationToken: token }),
    };
    const answer = await ask(listBuckets, (signal) => listBuckets.send(client, input, signal));
    if (answer.state !== 'ok') {
      yield { answer, number, owner: null, buckets: [], isLast: true };
      return;
    }
    const { Buckets = [], ContinuationToken, Owner } = answer.response;
    const buckets = Buckets.flatMap(({ Name, BucketRegion }) =>
      Name === undefined ? [] : [{ name: Name, region: BucketRegion || null }],
    );
    token = ContinuationToken || undefined;
    const owner = Owner?.ID ?? null;
    yield { answer, number, owner, buckets, isLast: token === undefined };
    if (token === undefined) return;
    if (before.has(token)) {
      // A server that hands out the same token again would be asked for ever.
      const loop = failAnswer(answer, 'error', 'RepeatedContinuationToken');
      yield { answer: loop, number: number + 1, owner, buckets: [], isLast: true };
      return;
    }
    before.add(token);
  }
}
