import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Observation } from '../../inventory/observation.ts';
import type { Ask, Call } from '../call.ts';
import { failAnswer, isFailed, observe } from '../call.ts';
import { askPages } from './service/pages.ts';
import type { ServiceSession } from './service/service.ts';
import { accountArn } from './session.ts';

export const listAccounts: Call = {
  operation: 'organizations:ListAccounts',
  permission: 'organizations:ListAccounts',
  none: ['AWSOrganizationsNotInUseException'],
};

export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** False for one that is suspended or being closed: nobody can enter it, and its data may still be there. */
  readonly isActive: boolean;
}

/**
 * Every account of the organisation, and what is observed of each. Where the list cannot be read, or only in part, that
 * is a gap, and what was read is kept.
 */
export async function readAccounts(
  ask: Ask,
  session: ServiceSession,
): Promise<{ accounts: readonly Account[]; observations: readonly Observation[] }> {
  const client = session.client(OrganizationsClient);
  const accounts: Account[] = [];
  const observations: Observation[] = [];
  const pages = askPages(
    ask,
    listAccounts,
    (NextToken, abortSignal) => client.send(new ListAccountsCommand({ NextToken }), { abortSignal }),
    ({ NextToken }) => NextToken,
  );
  for await (const { answer, number } of pages) {
    const listed = answer.state === 'ok' ? (answer.response.Accounts ?? []) : [];
    const about = { page: number, accounts: listed.length };
    observations.push(observe(session.scene(session.scope), answer, { about }));
    for (const { Id, Name, Status, State } of listed) {
      if (Id === undefined) continue;
      const status = State ?? Status ?? 'ACTIVE';
      const isActive = status === 'ACTIVE';
      accounts.push({ id: Id, isActive });
      const seen =
        isActive || isFailed(answer) ? answer : failAnswer(answer, 'not_collected', `Account${status}`);
      const { partition } = session;
      const asset = { kind: 'account', name: Name ?? Id, provider: partition, account: Id } as const;
      observations.push(
        observe(session.scene(accountArn(partition, Id)), seen, { asset, about: { status } }),
      );
    }
  }
  return { accounts, observations };
}
