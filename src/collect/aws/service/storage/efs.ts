import type { FileSystemDescription, ReplicationConfigurationDescription } from '@aws-sdk/client-efs';
import {
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeReplicationConfigurationsCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { encryptionFacts, tagsFact } from '../fact.ts';
import type { End, Item } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem } from '../item.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const describeFileSystems = listing('elasticfilesystem:DescribeFileSystems');
const describeReplications = listing('elasticfilesystem:DescribeReplicationConfigurations', {
  facts: ['relations.replica'],
});
const describePolicy = action('elasticfilesystem:DescribeFileSystemPolicy', {
  facts: policyFacts,
  none: ['PolicyNotFound'],
});

/** File systems and the ones that they are replicated to. */
export const efsService: AwsService = {
  name: 'efs',
  scope: 'region',
  calls: [describeFileSystems, describeReplications, describePolicy],
  read: readFileSystems,
};

async function* readFileSystems(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const client = session.client(EFSClient);
  yield* listItems(session, context, {
    call: describeFileSystems,
    send: (Marker, abortSignal) => client.send(new DescribeFileSystemsCommand({ Marker }), { abortSignal }),
    token: ({ NextMarker }) => NextMarker,
    items: ({ FileSystems }) => FileSystems,
    each: async (system, answer) => {
      const item = showFileSystem(system, session);
      const { FileSystemId } = system;
      return [
        observeItem(session, context, answer, item),
        ...(await askItem(
          session,
          context,
          item.id,
          describePolicy,
          (abortSignal) =>
            client.send(new DescribeFileSystemPolicyCommand({ FileSystemId }), { abortSignal }),
          (response) => readPolicyText(session, response?.Policy),
        )),
      ];
    },
  });
  if (!context.needs(describeReplications)) return;
  yield* listItems(session, context, {
    call: describeReplications,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeReplicationConfigurationsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Replications }) => Replications,
    each: (replication, answer) =>
      showReplication(replication, session).map((end) => observeEnd(session, answer, end)),
  });
}

export function showFileSystem(system: FileSystemDescription, session: ServiceSession): Item {
  const id =
    system.FileSystemArn ??
    session.arn('elasticfilesystem', session.region, `file-system/${system.FileSystemId ?? ''}`);
  const { facts, relations } = encryptionFacts(session, {
    encrypted: system.Encrypted ?? false,
    key: system.KmsKeyId,
    keyless: 'provider',
  });
  return {
    id,
    kind: 'file_share',
    name: system.Name ?? system.FileSystemId ?? '',
    facts: { tags: tagsFact(system.Tags), ...facts },
    relations,
  };
}

export function showReplication(
  { SourceFileSystemArn: source, Destinations = [] }: ReplicationConfigurationDescription,
  session: ServiceSession,
): readonly End[] {
  if (source === undefined) return [];
  const ends = Destinations.flatMap(({ FileSystemId, Region, OwnerId = session.account }): End[] =>
    FileSystemId && Region
      ? [
          {
            id: `arn:${session.partition}:elasticfilesystem:${Region}:${OwnerId}:file-system/${FileSystemId}`,
            kind: 'file_share',
          },
        ]
      : [],
  );
  return [
    { id: source, kind: 'file_share', relations: ends.map(({ id }) => ({ kind: 'replica', to: id })) },
    ...ends,
  ];
}
