import { ListDirectoryBucketsCommand } from '@aws-sdk/client-s3';
import type {
  AccessPoint,
  ListAccessGrantEntry,
  MultiRegionAccessPointReport,
} from '@aws-sdk/client-s3-control';
import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetAccessPointPolicyStatusCommand,
  ListAccessGrantsCommand,
  ListAccessPointsCommand,
  ListMultiRegionAccessPointsCommand,
} from '@aws-sdk/client-s3-control';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { parseArn } from '../arn.ts';
import { known } from '../fact.ts';
import type { End, Said, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem, observeShown } from '../item.ts';
import { readAccessText } from '../policy.ts';
import { accountBlock, controlClient, readAccountBlock, s3Client } from '../s3.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { accountEnd } from '../share.ts';
import { placingBuckets } from './place-bucket.ts';

const listAccessPoints = action('s3control:ListAccessPoints', { permission: 's3:ListAccessPoints' });
const getStatus = action('s3control:GetAccessPointPolicyStatus', {
  permission: 's3:GetAccessPointPolicyStatus',
  facts: ['public'],
  none: ['NoSuchAccessPointPolicy'],
});
const getPoint = action('s3control:GetAccessPoint', { permission: 's3:GetAccessPoint', facts: ['public'] });
const getPolicy = action('s3control:GetAccessPointPolicy', {
  permission: 's3:GetAccessPointPolicy',
  facts: ['access.wildcard', 'access.outside_accounts'],
  none: ['NoSuchAccessPointPolicy'],
});
const listDirectories = listing('s3:ListDirectoryBuckets', {
  permission: 's3express:ListAllMyDirectoryBuckets',
});
const listGrants = action('s3control:ListAccessGrants', {
  permission: 's3:ListAccessGrants',
  facts: ['relations.share'],
  none: ['AccessGrantsInstanceNotExistsError'],
});
const listMultiRegion = action('s3control:ListMultiRegionAccessPoints', {
  permission: 's3:ListMultiRegionAccessPoints',
});

/** Other doors to buckets: access points, and grants to principals of other accounts. And buckets of one zone. */
export const s3AccessService: AwsService = placingBuckets({
  name: 's3-access',
  scope: 'region',
  calls: [listDirectories, listAccessPoints, getStatus, getPoint, accountBlock, getPolicy, listGrants],
  read: readAccess,
});

async function* readAccess(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = controlClient(session);
  const { account: AccountId } = session;
  // The listing of the account does not show them: each region has its own.
  yield* listItems(session, context, {
    call: listDirectories,
    send: (ContinuationToken, abortSignal) =>
      s3Client(session, session.region).send(new ListDirectoryBucketsCommand({ ContinuationToken }), {
        abortSignal,
      }),
    token: ({ ContinuationToken }) => ContinuationToken,
    // An endpoint that knows no such list answers with that of all buckets.
    items: ({ Buckets }) => Buckets?.filter(({ Name }) => Name?.endsWith('--x-s3')),
    each: ({ Name: name = '' }, answer) => {
      const id = session.arn('s3express', session.region, `bucket/${name}`);
      return [
        observeItem(session, context, answer, {
          id,
          kind: 'object_store',
          name,
          facts: { public: known(false) },
        }),
      ];
    },
  });
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
        ...(await readExposure(session, context, shown.item.id, Name)),
        ...(await askItem(
          session,
          context,
          shown.item.id,
          getPolicy,
          (abortSignal) => client.send(new GetAccessPointPolicyCommand({ AccountId, Name }), { abortSignal }),
          (response) => readAccessText(session, response?.Policy),
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

/**
 * Public through its policy, unless it leads to a private network alone, or a block of its own or of the account keeps it
 * closed. Each is asked only where those before leave it open, and the fact stands on the call that decides.
 */
async function readExposure(
  session: ServiceSession,
  context: ServiceContext,
  id: string,
  Name: string | undefined,
): Promise<readonly Observation[]> {
  const client = controlClient(session);
  const { account: AccountId } = session;
  let isOpen = false;
  const say = (open: boolean): Said => {
    isOpen = open;
    return { facts: open ? {} : { public: known(false) } };
  };
  const byPolicy = await askItem(
    session,
    context,
    id,
    getStatus,
    (abortSignal) => client.send(new GetAccessPointPolicyStatusCommand({ AccountId, Name }), { abortSignal }),
    (response) => say(response?.PolicyStatus?.IsPublic === true),
  );
  if (!isOpen) return byPolicy;
  // A refusal says nothing: what is asked next would decide alone.
  isOpen = false;
  const byPoint = await askItem(
    session,
    context,
    id,
    getPoint,
    (abortSignal) => client.send(new GetAccessPointCommand({ AccountId, Name }), { abortSignal }),
    (response) =>
      say(
        response?.NetworkOrigin !== 'VPC' &&
          response?.PublicAccessBlockConfiguration?.RestrictPublicBuckets !== true,
      ),
  );
  if (!isOpen) return [...byPolicy, ...byPoint];
  const byAccount = await askItem(
    session,
    context,
    id,
    accountBlock,
    (abortSignal) => readAccountBlock(session, abortSignal),
    (response) => ({ facts: { public: known(response?.RestrictPublicBuckets !== true) } }),
  );
  return [...byPolicy, ...byPoint, ...byAccount];
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
  if (Grantee?.GranteeType !== 'IAM' || account === null || account === session.account) return [];
  const end = accountEnd(session, account);
  const relations = [{ kind: 'share' as const, to: end.id }];
  const name = /^s3:\/\/([^/*]+)/.exec(GrantScope)?.[1];
  // A scope without a bucket is every bucket that the instance of the region may open: it stands for them.
  return [
    name === undefined
      ? {
          id: session.arn('s3', session.region, 'access-grants/default'),
          kind: 'endpoint',
          name: `access grants ${session.region}`,
          relations,
        }
      : { id: `arn:${session.partition}:s3:::${name}`, kind: 'object_store', name, relations },
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
