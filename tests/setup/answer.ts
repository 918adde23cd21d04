import type { Answer, FailedAnswer } from '../../src/collect/call.ts';
import type { Bucket, Dialect } from '../../src/collect/s3/bucket.ts';
import type { BucketCall } from '../../src/collect/s3/calls.ts';

const at = '2018-10-01T08:00:00Z';

function idOf(name: string): string {
  return `arn:aws:s3:::${name}`;
}

export function bucketOf(dialect: Dialect, accountBlock: Bucket['accountBlock'] = null): Bucket {
  return { name: 'b', id: idOf('b'), dialect, account: '1', idOf, accountBlock };
}

export function given<T>(call: BucketCall<T>, response: T): Answer<T> {
  return { call, at, state: 'ok', response, sha256: '' };
}

export function none<T>(call: BucketCall<T>): Answer<T> {
  return { call, at, state: 'none', code: 'None', sha256: '' };
}

export function refused(call: FailedAnswer['call']): FailedAnswer {
  return { call, at, state: 'denied', code: 'AccessDenied', headers: {} };
}

export function known(value: unknown): object {
  return { state: 'known', value };
}
