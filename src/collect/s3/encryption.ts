import type { GetBucketEncryptionCommandOutput } from '@aws-sdk/client-s3';
import type { Fact } from '../../inventory/fact.ts';
import type { Bucket } from './bucket.ts';
import { getEncryption } from './calls.ts';
import type { Said, Unreadable } from './reader.ts';
import { EMPTY, readOne } from './reader.ts';

const FACTS = ['encryption.at_rest', 'encryption.key_manager', 'encryption.key_account'] as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html */
export const encryptionReader = readOne(FACTS, getEncryption, readEncryption);

export function readEncryption(
  response: GetBucketEncryptionCommandOutput | null,
  bucket: Bucket,
): Said | Unreadable {
  if (response === null) {
    return facts({ state: 'known', value: false }, { state: 'known', value: 'none' }, { state: 'absent' });
  }
  const rule = response.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  if (rule?.SSEAlgorithm === undefined) return EMPTY;
  const said = { state: 'not_collected', note: `algorithm ${rule.SSEAlgorithm}` } as const;
  const isKnown = rule.SSEAlgorithm === 'AES256' || rule.SSEAlgorithm.startsWith('aws:kms');
  // Another cloud's word for an algorithm may be its word for none.
  if (!isKnown && bucket.dialect === 'compatible') return facts(said, said, said);
  const encrypted: Fact = { state: 'known', value: true };
  if (rule.SSEAlgorithm === 'AES256')
    return facts(encrypted, { state: 'known', value: 'provider' }, { state: 'absent' });
  if (!rule.SSEAlgorithm.startsWith('aws:kms')) {
    return facts(encrypted, said, said);
  }
  const key = rule.KMSMasterKeyID;
  if (bucket.dialect === 'compatible') {
    const unsaid: Fact = { state: 'not_collected', note: 'the endpoint does not say who runs its key store' };
    return facts(encrypted, unsaid, unsaid);
  }
  if (key === undefined || key === '' || key.endsWith('alias/aws/s3')) {
    return facts(encrypted, { state: 'known', value: 'provider' }, ownKey(bucket));
  }
  // Whether a key store outside the provider stands behind the key is for KMS to say: until then it is the customer's.
  const { facts: known } = facts(encrypted, { state: 'known', value: 'customer' }, accountOf(key));
  // A bare id is looked up in the account of whoever writes: it names no key here.
  return key.startsWith('arn:') ? { facts: known, relations: [{ kind: 'key', to: key }] } : { facts: known };
}

/** The key `aws/s3`, which the provider manages, lives in the account of the bucket. */
function ownKey({ account }: Bucket): Fact {
  return account === null ? { state: 'not_collected' } : { state: 'known', value: account };
}

/** `arn:PARTITION:kms:REGION:ACCOUNT:key/…`. A bare id is looked up in the account of whoever writes: not known. */
function accountOf(key: string): Fact {
  const account = key.startsWith('arn:') ? key.split(':')[4] : undefined;
  if (account) return { state: 'known', value: account };
  return { state: 'not_collected', note: 'the key is named without its account' };
}

function facts(atRest: Fact, manager: Fact, account: Fact): Said {
  return {
    facts: {
      'encryption.at_rest': atRest,
      'encryption.key_manager': manager,
      'encryption.key_account': account,
    },
  };
}
