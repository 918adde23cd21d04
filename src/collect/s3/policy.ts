import type { GetBucketPolicyCommandOutput } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { getPolicy } from './calls.ts';
import { parsePolicy } from './policy-document.ts';
import { policyFacts } from './policy-facts.ts';
import type { Said, Unreadable } from './reader.ts';
import { EMPTY, readOne } from './reader.ts';

export { outsideAccounts, wildcard } from './policy-facts.ts';

export const policyReader = readOne(
  ['encryption.in_transit', 'access.wildcard', 'access.outside_accounts'],
  getPolicy,
  readPolicy,
);

/** Of the policy only these truths are kept, never its text: it names people and networks. */
export function readPolicy(response: GetBucketPolicyCommandOutput | null, bucket: Bucket): Said | Unreadable {
  if (response !== null && !response.Policy) return EMPTY;
  const statements = response === null ? [] : parsePolicy(response.Policy ?? '');
  if (statements === null) return { unreadable: 'error', code: 'MalformedPolicy' };
  return { facts: policyFacts(statements, bucket) };
}
