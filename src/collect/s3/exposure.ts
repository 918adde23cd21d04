import type {
  GetBucketAclCommandOutput,
  GetBucketPolicyStatusCommandOutput,
  GetPublicAccessBlockCommandOutput,
  PublicAccessBlockConfiguration,
} from '@aws-sdk/client-s3';
import type { Fact } from '../../inventory/fact.ts';
import type { Answer, FailedAnswer } from '../call.ts';
import { failAnswer, isFailed, missingFact } from '../call.ts';
import type { Bucket } from './bucket.ts';
import { getAcl, getPolicyStatus, getPublicAccessBlock } from './calls.ts';
import type { Reading } from './reader.ts';
import { readSeveral } from './reader.ts';

/** A truth with the answer that it rests on, or the answer that would have told. */
type Truth =
  | { readonly value: boolean; readonly by: Answer<unknown> }
  | { readonly value: null; readonly by: FailedAnswer };

interface Answers {
  readonly status: Answer<GetBucketPolicyStatusCommandOutput>;
  readonly block: Answer<GetPublicAccessBlockCommandOutput>;
  readonly acl: Answer<GetBucketAclCommandOutput>;
}

const EVERYONE = ['/groups/global/AllUsers', '/groups/global/AuthenticatedUsers'];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const exposureReader = readSeveral(
  ['public'],
  { status: getPolicyStatus, block: getPublicAccessBlock, acl: getAcl },
  readExposure,
);

/**
 * Public through its policy or its access list, unless a block of the bucket or of its account keeps it closed.
 * The fact stands on the call that decides it; what is not known is known to be neither open nor closed.
 */
export function readExposure({ status, block, acl }: Answers, bucket: Bucket): readonly Reading[] {
  const blocks = (setting: 'RestrictPublicBuckets' | 'IgnorePublicAcls'): Truth =>
    or(
      truth(block, false, ({ PublicAccessBlockConfiguration: own }) => own?.[setting] ?? undefined),
      bucket.accountBlock === null
        ? { value: false, by: block }
        : truth<PublicAccessBlockConfiguration>(
            bucket.accountBlock,
            false,
            (account) => account[setting] ?? undefined,
          ),
    );
  const byPolicy = truth(status, false, ({ PolicyStatus }) => PolicyStatus?.IsPublic);
  const byAcl = truth(acl, false, ({ Grants }) =>
    Grants?.some(({ Grantee }) => EVERYONE.some((group) => Grantee?.URI?.endsWith(group) ?? false)),
  );
  const open = or(
    and(byPolicy, not(blocks('RestrictPublicBuckets'))),
    and(byAcl, not(blocks('IgnorePublicAcls'))),
  );
  const fact: Fact = open.value === null ? missingFact(open.by) : { state: 'known', value: open.value };
  // What is said of the account, or of nothing, is told where the bucket's own policy is asked about.
  const told = [status, block, acl].find(({ call }) => call === open.by.call) ?? status;
  const shown: readonly Reading[] = [status, block, acl].map((answer) => ({
    by: emptied(answer),
    facts: {},
  }));
  return [...shown, { by: emptied(told), facts: { public: fact } }];
}

/** A 200 with nothing in it counts as a call that this endpoint does not implement. */
function emptied(answer: Answer<unknown>): Answer<unknown> {
  return answer.state === 'ok' && isEmpty(answer.response)
    ? failAnswer(answer, 'not_collected', 'EmptyAnswer')
    : answer;
}

function isEmpty(response: unknown): boolean {
  if (typeof response !== 'object' || response === null) return true;
  return Object.entries(response).every(([name, value]) => name === '$metadata' || value === undefined);
}

function truth<T>(answer: Answer<T>, none: boolean, read: (response: T) => boolean | undefined): Truth {
  if (answer.state === 'none') return { value: none, by: answer };
  if (isFailed(answer)) return { value: null, by: answer };
  const value = read(answer.response);
  return value === undefined
    ? { value: null, by: failAnswer(answer, 'not_collected', 'EmptyAnswer') }
    : { value, by: answer };
}

function not(a: Truth): Truth {
  return a.value === null ? a : { value: !a.value, by: a.by };
}

/** Kleene's conjunction: one that is false decides, else one that is not known. */
function and(a: Truth, b: Truth): Truth {
  if (a.value === false || b.value === false) return a.value === false ? a : b;
  return a.value === null ? a : b.value === null ? b : a;
}

function or(a: Truth, b: Truth): Truth {
  return not(and(not(a), not(b)));
}
