import type { CollectContext } from '../../src/collect/collector.ts';
import { fixedClock } from '../../src/io/clock.ts';

/** Every fact of a bucket that a rule may ask for. */
export const everyFact = [
  'tags',
  'encryption.at_rest',
  'encryption.key_manager',
  'encryption.key_account',
  'encryption.in_transit',
  'access.wildcard',
  'access.outside_accounts',
  'public',
  'access_log',
  'relations.log',
  'relations.replica',
  'replica_keys',
  'retention',
  'versioning',
  'place.region',
];

export function testContext(changes: Partial<CollectContext> = {}): CollectContext {
  return {
    wanted: new Set(everyFact),
    clock: fixedClock('2018-10-01T08:00:00Z'),
    concurrency: 8,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** The SDK's own environment, with nothing of the machine that runs the tests. */
export function useTestCredentials(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  process.env['AWS_CONFIG_FILE'] = '/dev/null';
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
}
