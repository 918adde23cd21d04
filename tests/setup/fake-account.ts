import { afterEach, beforeAll } from '@jest/globals';
import type { Collected } from '../../src/collect/collect.ts';
import { collect } from '../../src/collect/collect.ts';
import type { CollectContext } from '../../src/collect/collector.ts';
import type { Fact } from '../../src/inventory/fact.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { testContext, useTestCredentials } from './collect-context.ts';
import type { FakeOptions, FakeS3, Reply } from './fake-s3.ts';
import { startFakeS3 } from './fake-s3.ts';

/** A bucket in Paris, and what most tests ask about it. */
export const one = { buckets: [{ name: 'b', region: 'eu-west-3' }] };
export const arn = 'arn:aws:s3:::b';
export const denied: Reply = { status: 403, code: 'AccessDenied' };

/** The bucket, with one operation answered otherwise. */
export function when(operation: string, reply: Reply): FakeOptions {
  return { ...one, replies: { [operation]: reply } };
}

export interface FakeRun {
  (options: FakeOptions, changes?: Partial<CollectContext>, source?: object): Promise<Collected>;
}

/** To be called once in a test file: a run against a fake of its own, ended after each test. */
export function useFakeAccount(kind: 'aws' | 's3', base: object = {}): { run: FakeRun; fake: () => FakeS3 } {
  let fakes: FakeS3[] = [];
  beforeAll(useTestCredentials);
  afterEach(async () => {
    await Promise.all(fakes.map(({ stop }) => stop()));
    fakes = [];
  });
  const fake = (): FakeS3 => {
    const last = fakes.at(-1);
    if (last === undefined) throw new Error('nothing was run yet');
    return last;
  };
  const run: FakeRun = async (options, changes = {}, source = {}) => {
    fakes.push(await startFakeS3(options));
    const services = kind === 'aws' ? { services: ['s3'] } : {};
    const config = { endpoint: fake().endpoint, max_attempts: 2, ...services, ...base, ...source };
    const collected = await collect([{ kind, options: config }], testContext(changes));
    // That the other services are left out is said, and tested, elsewhere.
    const isSaid = ({ operation }: Observation): boolean => operation !== 'bercail:ReadServices';
    return { ...collected, observations: collected.observations.filter(isSaid) };
  };
  return { run, fake };
}

export function factsOf({ observations }: Collected, subject: string): { [name: string]: Fact } {
  const own = observations.filter((seen) => seen.subject === subject);
  return Object.assign({}, ...own.map(({ facts }) => facts ?? {}));
}
