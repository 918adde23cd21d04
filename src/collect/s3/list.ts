import type { S3Client } from '@aws-sdk/client-s3';
import type { Answer, Ask } from '../call.ts';
import { failAnswer } from '../call.ts';
import { listBuckets } from './calls.ts';

export interface Listed {
  readonly name: string;
  readonly region: string | null;
}

/** Pages in a row that may bring no bucket that was not on one before. */
const VAIN = 10;
/** With AWS's own thousand a page, a million buckets. */
const PAGES = 1000;

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
  const names = new Set<string>();
  let vain = 0;
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
    const { Buckets, ContinuationToken, Owner } = answer.response;
    if (Buckets === undefined) {
      // An account without buckets is told by an empty list: this is no listing.
      yield {
        answer: failAnswer(answer, 'error', 'EmptyAnswer'),
        number,
        owner: null,
        buckets: [],
        isLast: true,
      };
      return;
    }
    const buckets = Buckets.flatMap(({ Name, BucketRegion }) =>
      Name === undefined ? [] : [{ name: Name, region: BucketRegion || null }],
    );
    token = ContinuationToken || undefined;
    const owner = Owner?.ID ?? null;
    yield { answer, number, owner, buckets, isLast: token === undefined };
    if (token === undefined) return;
    const known = names.size;
    for (const { name } of buckets) names.add(name);
    vain = names.size === known ? vain + 1 : 0;
    if (before.has(token) || vain === VAIN || number === PAGES) {
      // A server that hands out the same token again, or new ones without end, would be asked for ever.
      const code = before.has(token) ? 'RepeatedContinuationToken' : 'EndlessListing';
      const loop = failAnswer(answer, 'error', code);
      yield { answer: loop, number: number + 1, owner, buckets: [], isLast: true };
      return;
    }
    before.add(token);
  }
}
