import { isMissing } from '../../../inventory/fact.ts';
import { outsideAccounts, wildcard } from '../../s3/policy.ts';
import { parsePolicy } from '../../s3/policy-document.ts';
import type { Said } from './item.ts';
import type { ServiceSession } from './service.ts';

/** Facts that the resource policy of a queue, a vault or a function gives. */
export const policyFacts = ['public', 'access.wildcard', 'access.outside_accounts'] as const;

/** Who but the owner a resource policy lets in; null is no policy: then only the account's own people come in. */
export function readPolicyText(
  session: ServiceSession,
  text: string | null | undefined,
): Extract<Said, { facts?: unknown }> | Extract<Said, { unreadable: unknown }> {
  const statements = text ? parsePolicy(text) : [];
  if (statements === null) return { unreadable: 'error', code: 'MalformedPolicy' };
  const open = wildcard(statements);
  return {
    facts: {
      public: isMissing(open)
        ? open
        : { state: 'known', value: open.state === 'known' && open.value === true },
      'access.wildcard': open,
      'access.outside_accounts': outsideAccounts(statements, session.account),
    },
  };
}

/** The same where something else tells whether it is public. */
export function readAccessText(session: ServiceSession, text: string | null | undefined): Said {
  const said = readPolicyText(session, text);
  if ('unreadable' in said) return said;
  const { public: _, ...facts } = said.facts ?? {};
  return { facts };
}
