import { accountArn } from '../session.ts';
import { known, listFact } from './fact.ts';
import type { End, Said } from './item.ts';
import type { ServiceSession } from './service.ts';

/** Facts that a list of accounts allowed to copy something gives. */
export const shareFacts = ['public', 'access.outside_accounts', 'relations.share'] as const;

/**
 * Who else may copy it: accounts by number, `all` for everyone. What another account makes of a share is not seen: the
 * account is an end whose place is not known.
 */
export function readShare(
  session: ServiceSession,
  allowed: readonly string[],
): Extract<Said, { facts?: unknown }> {
  const accounts = [
    ...new Set(allowed.filter((one) => /^\d{12}$/.test(one) && one !== session.account)),
  ].toSorted();
  // Images are also shared with an organisation or a unit of one: with all its accounts, whichever they are.
  const units = [...new Set(allowed.filter((one) => one.startsWith('arn:')))].toSorted();
  const ends = [
    ...accounts.map((account): End => accountEnd(session, account)),
    ...units.map((id): End => ({ id, kind: 'account', region: null })),
  ];
  return {
    facts: {
      public: known(allowed.includes('all')),
      'access.outside_accounts': listFact([...accounts, ...units]),
    },
    relations: ends.map(({ id }) => ({ kind: 'share', to: id })),
    ends,
  };
}

export function accountEnd({ partition }: ServiceSession, account: string): End {
  return { id: accountArn(partition, account), kind: 'account', name: account, account };
}
