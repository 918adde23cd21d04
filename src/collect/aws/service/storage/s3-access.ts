import type {
  AccessPoint,
  ListAccessGrantEntry,
  MultiRegionAccessPointReport,
} from '@aws-sdk/client-s3-control';
import {
  GetAccessPointPolicyStatusCommand,
  ListAccessGrantsCommand,
  ListAccessPointsCommand,
  ListMultiRegionAccessPointsCommand,
} from '@aws-sdk/client-s3-control';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { parseArn } from '../arn.ts';
import { known } from '../fact.ts';
import type { End, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeShown } from '../item.ts';
import { controlClient } from '../s3.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { accountEnd } from '../share.ts';
import { placingBuckets } from './place-bucket.ts';

const listAccessPoints = action('s3control:ListAccessPoints', { permission: 's3:ListAccessPoints' });
const getStatus = action('s3control:GetAccessPointPolicyStatus', {
  permission: 's3:GetAccessPointPolicyStatus',
  facts: ['public'],
  none: ['NoSuchAccessPointPolicy'],
});
const listGrants = action('s3control:ListAccessGrants', {
  permission: 's3:ListAccessGrants',
  facts: ['relations.share'],
  none: ['AccessGrantsInstanceNotExistsError'],
});
const listMultiRegion = action('s3control:ListMultiRegionAccessPoints', {
  permission: 's3:ListMultiRegionAccessPoints',
});

/** Other doors to buckets: access points, and grants to principals of other accounts. */
export const s3AccessService: AwsService = placingBuckets({
  name: 's3-access',
  scope: 'region',
  calls: [listAccessPoints, getStatus, listGrants],
  read: readAccess,
});

async function* readAccess(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = controlClient(session);
  const { account: AccountId } = session;
  yield* listItems(session, context, {
    call: listAccessPoints,
    send: (NextToken, abortSignal) =>
      client.send(new ListAccessPointsCommand({ AccountId, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ AccessPointList }) => AccessPointList,
    each: async (point, answer) => {
      const shown = showAccessPoint(point, session);
      const { Name } = point;
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          shown.item.id,
          getStatus,
          (abortSignal) =>
            client.send(new GetAccessPointPolicyStatusCommand({ AccountId, Name }), { abortSignal }),
          (response) => ({ facts: { public: known(response?.PolicyStatus?.IsPublic === true) } }),
        )),
      ];
    },
  });
  if (!context.needs(listGrants)) return;
  yield* listItems(session, context, {
    call: listGrants,
    send: (NextToken, abortSignal) =>
      client.send(new ListAccessGrantsCommand({ AccountId, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ AccessGrantsList }) => AccessGrantsList,
    each: (grant, answer) => showGrant(grant, session).map((end) => observeEnd(session, answer, end)),
  });
}

/** A door to the bucket, in its region; data passes and does not rest. */
export function showAccessPoint(point: AccessPoint, session: ServiceSession): Shown {
  const { Name: name = '', AccessPointArn, Bucket, BucketAccountId = null } = point;
  const id = AccessPointArn ?? session.arn('s3', session.region, `accesspoint/${name}`);
  const bucket = `arn:${session.partition}:s3:::${Bucket}`;
  return {
    item: { id, kind: 'endpoint', name, region: parseArn(id)?.region ?? session.region },
    ends: Bucket
      ? [
          {
            id: bucket,
            kind: 'object_store',
            name: Bucket,
            account: BucketAccountId,
            relations: [{ kind: 'access_point', to: id }],
          },
        ]
      : [],
  };
}

/** Grants within the account are its own affair; of a directory's users the directory tells. */
export function showGrant(
  { Grantee, GrantScope = '' }: ListAccessGrantEntry,
  session: ServiceSession,
): readonly End[] {
  const account = parseArn(Grantee?.GranteeIdentifier)?.account ?? null;
  const name = /^s3:\/\/([^/*]+)/.exec(GrantScope)?.[1];
  if (Grantee?.GranteeType !== 'IAM' || account === null || account === session.account || name === undefined)
    return [];
  const end = accountEnd(session, account);
  return [
    {
      id: `arn:${session.partition}:s3:::${name}`,
      kind: 'object_store',
      name,
      relations: [{ kind: 'share', to: end.id }],
    },
    end,
  ];
}

/** The only region that answers for multi-region access points, which the service has in this partition alone. */
const CONTROL: { readonly [partition: string]: string } = { aws: 'us-west-2' };

/** Access points in front of buckets of several regions. */
export const s3MultiRegionService: AwsService = {
  name: 's3-multi-region',
  scope: 'global',
  calls: [listMultiRegion],
  read: readMultiRegion,
};

async function* readMultiRegion(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const region = CONTROL[session.partition];
  if (region === undefined) return;
  const client = controlClient(session, region);
  yield* listItems(session, context, {
    call: listMultiRegion,
    send: (NextToken, abortSignal) =>
      client.send(new ListMultiRegionAccessPointsCommand({ AccountId: session.account, NextToken }), {
        abortSignal,
      }),
    token: ({ NextToken }) => NextToken,
    items: ({ AccessPoints }) => AccessPoints?.filter(({ Status }) => Status !== 'DELETING'),
    each: (point, answer) => observeShown(session, context, answer, showMultiRegion(point, session)),
  });
}

/** It is in all regions of its members: a request may be answered by any of them. */
export function showMultiRegion(
  { Alias, Name, Regions = [], PublicAccessBlock: block }: MultiRegionAccessPointReport,
  session: ServiceSession,
): Shown {
  const id = `arn:${session.partition}:s3::${session.account}:accesspoint/${Alias ?? Name ?? ''}`;
  const members = Regions.flatMap(({ Bucket, Region = null, BucketAccountId = session.account }): End[] =>
    Bucket
      ? [
          {
            id: `arn:${session.partition}:s3:::${Bucket}`,
            kind: 'object_store',
            name: Bucket,
            account: BucketAccountId,
            region: Region || null,
            relations: [{ kind: 'access_point', to: id }],
          },
        ]
      : [],
  );
  const closed = block?.BlockPublicPolicy === true && block.RestrictPublicBuckets === true;
  return {
    // A member whose region is not told leaves the list open: an empty code is no place, and says so.
    item: {
      id,
      kind: 'endpoint',
      name: Name ?? Alias ?? '',
      region: Regions.map(({ Region }) => Region ?? ''),
      ...(closed ? { facts: { public: known(false) } } : {}),
    },
    ends: members,
  };
}
