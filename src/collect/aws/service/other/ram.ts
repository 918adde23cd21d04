import { ListPrincipalsCommand, ListResourcesCommand, RAMClient } from '@aws-sdk/client-ram';
import type { Observation } from '../../../../inventory/observation.ts';
import { listing } from '../action.ts';
import type { End } from '../item.ts';
import { listItems, observeEnd } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { accountEnd } from '../share.ts';
import { kindOfArn } from './kind.ts';

const facts = ['relations.share'];
const listPrincipals = listing('ram:ListPrincipals', { facts });
const listResources = listing('ram:ListResources', { facts });

/** What the account shares with others by Resource Access Manager, whatever the service: clusters, vaults, catalogs. */
export const ramService: AwsService = {
  name: 'ram',
  scope: 'region',
  calls: [listPrincipals, listResources],
  read: readShares,
};

async function* readShares(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  if (!context.needs(listPrincipals)) return;
  const client = session.client(RAMClient);
  const principals = new Map<string, End[]>();
  yield* listItems(session, context, {
    call: listPrincipals,
    send: (nextToken, abortSignal) =>
      client.send(new ListPrincipalsCommand({ resourceOwner: 'SELF', nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ principals: listed }) => listed,
    each: ({ id, resourceShareArn: share = '' }) => {
      const end = principalEnd(id, session);
      if (end !== null) principals.set(share, [...(principals.get(share) ?? []), end]);
      return [];
    },
  });
  yield* listItems(session, context, {
    call: listResources,
    send: (nextToken, abortSignal) =>
      client.send(new ListResourcesCommand({ resourceOwner: 'SELF', nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ resources }) => resources,
    each: ({ arn, resourceShareArn: share = '' }, answer) => {
      const ends = principals.get(share) ?? [];
      if (!arn || ends.length === 0) return [];
      const relations = ends.map(({ id }) => ({ kind: 'share' as const, to: id }));
      return [{ id: arn, kind: kindOfArn(arn), relations }, ...ends].map((end) =>
        observeEnd(session, answer, end),
      );
    },
  });
}

/** An account by number or, of a role or a user, by ARN; else an organisation or a unit: all of its accounts. */
export function principalEnd(id: string | undefined, session: ServiceSession): End | null {
  if (!id) return null;
  const account = /^\d{12}$/.test(id) ? id : /^arn:[\w-]+:iam::(\d{12}):/.exec(id)?.[1];
  if (account === session.account) return null;
  return account === undefined ? { id, kind: 'account', region: null } : accountEnd(session, account);
}
