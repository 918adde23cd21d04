import type { Json } from '../../../inventory/fact.ts';
import { known, unsaid } from '../../code/fact.ts';
import type { Draft } from '../resource.ts';
import { combineBucket } from './bucket.ts';

export interface Part {
  readonly value: Json;
  readonly by: Draft;
}

interface Around {
  readonly hasClosedAccount: boolean;
  /** Places of a key's replicas. */
  readonly replicas: () => readonly Json[];
}

interface Combined {
  readonly subject: string;
  readonly by: Draft;
  readonly facts: { readonly [name: string]: ReturnType<typeof known> };
}

/** Facts that take what several resources say, and what is not said of a store by any of them. */
export function combine(
  draft: Draft,
  parts: ReadonlyMap<string, Part>,
  { hasClosedAccount, replicas }: Around,
): readonly Combined[] {
  const subject = draft.id;
  const value = (name: string): Json | undefined => parts.get(name)?.value;
  switch (draft.type) {
    case 'aws_s3_bucket':
      return [
        ...combineBucket(parts, hasClosedAccount).map(({ facts, by }) => ({
          subject,
          by: by ?? draft,
          facts,
        })),
        { subject, by: draft, facts: UNSAID_OF_BUCKETS },
      ];
    case 'google_storage_bucket':
      return value('open') === true && value('closed') !== true
        ? [{ subject, by: parts.get('open')?.by ?? draft, facts: { public: known(true) } }]
        : [];
    case 'azurerm_storage_account':
      return value('open_container') === true &&
        !draft.statements.some(({ facts }) => facts?.['public']?.state === 'known')
        ? [{ subject, by: parts.get('open_container')?.by ?? draft, facts: { public: known(true) } }]
        : [];
    case 'aws_kms_key':
    case 'aws_kms_external_key': {
      if (value('multi_region') !== true) return [];
      // Another stack may replicate it as well.
      return [{ subject, by: draft, facts: { 'key_facts.replicas': known([...replicas(), 'unknown']) } }];
    }
    default:
      return [];
  }
}

const UNSAID_OF_BUCKETS = {
  'encryption.at_rest': unsaid(
    'no encryption configuration of this bucket here; AWS encrypts new objects by itself since 2023-01-05',
  ),
  'encryption.key_manager': unsaid('no encryption configuration of this bucket here'),
  'encryption.in_transit': unsaid('no policy of this bucket here'),
  'access.wildcard': unsaid('no policy of this bucket here'),
  access_log: unsaid('no logging of this bucket here'),
};
