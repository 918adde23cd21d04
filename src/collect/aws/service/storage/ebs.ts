import type { Image, LaunchPermission, Snapshot, Volume } from '@aws-sdk/client-ec2';
import {
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { Observation } from '../../../../inventory/observation.ts';
import type { Answer } from '../../../call.ts';
import { action } from '../action.ts';
import { encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { readShare, shareFacts } from '../share.ts';

const describeVolumes = action('ec2:DescribeVolumes');
const describeSnapshots = action('ec2:DescribeSnapshots');
const describeAttribute = action('ec2:DescribeSnapshotAttribute', { facts: shareFacts });
const describeImages = action('ec2:DescribeImages');
const describeImageAttribute = action('ec2:DescribeImageAttribute', {
  facts: ['access.outside_accounts', 'relations.share'],
});

/** Pages as large as the service allows. */
const MaxResults = 500;

/** Volumes, their snapshots and the images made of those, with whom they are shared and where they were copied from. */
export const ebsService: AwsService = {
  name: 'ebs',
  scope: 'region',
  calls: [describeSnapshots, describeAttribute, describeVolumes, describeImages, describeImageAttribute],
  read: readVolumes,
};

async function* readVolumes(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(EC2Client);
  const own = new Set<string>();
  const taken: { readonly end: End; readonly answer: Answer<unknown> }[] = [];
  yield* listItems(session, context, {
    call: describeSnapshots,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults, NextToken }), {
        abortSignal,
      }),
    token: ({ NextToken }) => NextToken,
    // `self` is asked for; an answer that also holds what others own is read without it.
    items: ({ Snapshots }) =>
      Snapshots?.filter(({ OwnerId }) => OwnerId === undefined || OwnerId === session.account),
    each: async (snapshot, answer) => {
      const shown = showSnapshot(snapshot, session);
      own.add(shown.item.id);
      const { SnapshotId } = snapshot;
      const volume = volumeOf(snapshot, session);
      if (volume !== null)
        taken.push({
          end: { id: volume, kind: 'block_volume', relations: [{ kind: 'snapshot', to: shown.item.id }] },
          answer,
        });
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          shown.item.id,
          describeAttribute,
          (abortSignal) =>
            client.send(
              new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
              { abortSignal },
            ),
          (response) => readShare(session, allowed(response?.CreateVolumePermissions)),
        )),
      ];
    },
  });
  const existing = new Set<string>();
  yield* listItems(session, context, {
    call: describeVolumes,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeVolumesCommand({ MaxResults, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Volumes }) => Volumes,
    each: (volume, answer) => {
      const shown = showVolume(volume, session, own);
      existing.add(shown.item.id);
      return observeShown(session, context, answer, shown);
    },
  });
  // A snapshot often outlives its volume: one that is gone is no asset.
  for (const { end, answer } of taken) if (existing.has(end.id)) yield observeEnd(session, answer, end);
  yield* listItems(session, context, {
    call: describeImages,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeImagesCommand({ Owners: ['self'], MaxResults, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Images }) => Images,
    each: async (image, answer) => {
      const shown = showImage(image, session);
      const { ImageId } = image;
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          shown.item.id,
          describeImageAttribute,
          (abortSignal) =>
            client.send(new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' }), {
              abortSignal,
            }),
          (response) => {
            const { facts = {}, ...share } = readShare(session, allowed(response?.LaunchPermissions));
            // Whether it is public is said by the listing itself.
            return {
              ...share,
              facts: { 'access.outside_accounts': facts['access.outside_accounts'] ?? { state: 'absent' } },
            };
          },
        )),
      ];
    },
  });
}

function allowed(permissions: readonly LaunchPermission[] = []): readonly string[] {
  return permissions.flatMap(
    ({ Group, UserId, OrganizationArn, OrganizationalUnitArn }) =>
      Group ?? UserId ?? OrganizationArn ?? OrganizationalUnitArn ?? [],
  );
}

/** Snapshots restored to a volume copy onto it; a public image's own snapshots are nobody's data here. */
export function showVolume(volume: Volume, session: ServiceSession, own: ReadonlySet<string>): Shown {
  const name = volume.VolumeId ?? '';
  const id = session.arn('ec2', session.region, `volume/${name}`);
  const { facts, relations } = encryptionFacts(session, {
    encrypted: volume.Encrypted ?? false,
    key: volume.KmsKeyId,
    keyless: 'provider',
  });
  const source = session.arn('ec2', session.region, `snapshot/${volume.SnapshotId ?? ''}`);
  return {
    item: {
      id,
      kind: 'block_volume',
      name,
      facts: { tags: tagsFact(volume.Tags), ...facts, public: known(false) },
      relations,
    },
    ends: own.has(source) ? [{ id: source, kind: 'snapshot', relations: [{ kind: 'replica', to: id }] }] : [],
  };
}

/** What the service writes into the description of a copy; no field of its answer names the source. */
const COPIED = /\[Copied (snap-[0-9a-f]+) from ([a-z0-9-]+)\]|SourceSnapshot (snap-[0-9a-f]+)/;
/** Copies and imports have a volume that never was. */
const NO_VOLUME = 'vol-ffffffff';

export function showSnapshot(snapshot: Snapshot, session: ServiceSession): Shown {
  const name = snapshot.SnapshotId ?? '';
  const id = session.arn('ec2', session.region, `snapshot/${name}`);
  const { facts, relations } = encryptionFacts(session, {
    encrypted: snapshot.Encrypted ?? false,
    key: snapshot.KmsKeyId,
    keyless: 'provider',
  });
  const [, copied, region = session.region, other] = COPIED.exec(snapshot.Description ?? '') ?? [];
  const source = copied ?? other;
  const ends: End[] =
    source === undefined
      ? []
      : [
          {
            id: session.arn('ec2', region, `snapshot/${source}`),
            kind: 'snapshot',
            relations: [{ kind: 'replica', to: id }],
          },
        ];
  return {
    item: { id, kind: 'snapshot', name, facts: { tags: tagsFact(snapshot.Tags), ...facts }, relations },
    ends,
  };
}

function volumeOf({ VolumeId }: Snapshot, session: ServiceSession): string | null {
  return VolumeId && VolumeId !== NO_VOLUME ? session.arn('ec2', session.region, `volume/${VolumeId}`) : null;
}

export function showImage(image: Image, session: ServiceSession): Shown {
  const name = image.Name ?? image.ImageId ?? '';
  const id = session.arn('ec2', session.region, `image/${image.ImageId ?? ''}`);
  const parts = (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);
  const from = [...new Set(parts)].map(
    (one): End => ({
      id: session.arn('ec2', session.region, `snapshot/${one}`),
      kind: 'snapshot',
      relations: [{ kind: 'replica', to: id }],
    }),
  );
  const { SourceImageId, SourceImageRegion } = image;
  if (SourceImageId && SourceImageRegion && SourceImageRegion !== session.region) {
    from.push({
      id: session.arn('ec2', SourceImageRegion, `image/${SourceImageId}`),
      kind: 'snapshot',
      relations: [{ kind: 'replica', to: id }],
    });
  }
  return {
    item: {
      id,
      kind: 'snapshot',
      name,
      facts: { tags: tagsFact(image.Tags), public: known(image.Public === true) },
    },
    ends: from,
  };
}
