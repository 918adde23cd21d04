import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Options } from '../collector.ts';
import { countOption, textOption } from '../option.ts';

/** Throttling is ridden out: attempts a call, waits growing to 20 s, before it ends as a gap. */
const ATTEMPTS = 6;

/** What all clients of a source share. Credentials, proxies and the rest of its environment are the SDK's own. */
export function clientDefaults(
  options: Options,
): Pick<S3ClientConfig, 'profile' | 'retryMode' | 'maxAttempts'> {
  const profile = textOption(options, 'profile');
  return {
    ...(profile === null ? {} : { profile }),
    retryMode: 'adaptive',
    maxAttempts: countOption(options, 'max_attempts') ?? ATTEMPTS,
  };
}
