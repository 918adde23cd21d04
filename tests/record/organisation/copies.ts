import { BackupClient, CreateBackupPlanCommand, CreateBackupVaultCommand } from '@aws-sdk/client-backup';
import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateFileSystemCommand, EFSClient } from '@aws-sdk/client-efs';
import type { Built } from './account.ts';
import { dublin, paris, results, tagList, virginia } from './account.ts';

/** Volumes with a snapshot for everyone, file systems, and a vault whose plan copies to another account's. */
export async function buildCopies(prod: Built, lab: Built): Promise<void> {
  const ec2 = prod.client(EC2Client, paris);
  const volume = async (tags: { readonly [key: string]: string }): Promise<string> => {
    const { VolumeId = '' } = await ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: `${paris}a`,
        Size: 8,
        Encrypted: false,
        TagSpecifications: [{ ResourceType: 'volume', Tags: tagList(tags) }],
      }),
    );
    return VolumeId;
  };
  const VolumeId = await volume(results);
  for (let i = 1; i <= 6; i += 1) await volume({ app: `machine-${i}` });
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  await ec2.send(
    new ModifySnapshotAttributeCommand({
      SnapshotId,
      Attribute: 'createVolumePermission',
      OperationType: 'add',
      GroupNames: ['all'],
    }),
  );

  const efs = prod.client(EFSClient, paris);
  await efs.send(
    new CreateFileSystemCommand({
      CreationToken: 'homes',
      Encrypted: true,
      Tags: tagList({ ...results, Name: 'homes' }),
    }),
  );
  for (let i = 1; i <= 3; i += 1)
    await efs.send(new CreateFileSystemCommand({ CreationToken: `share-${i}`, Encrypted: false }));

  const backup = prod.client(BackupClient, paris);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main', BackupVaultTags: results }));
  await lab.client(BackupClient, virginia).send(new CreateBackupVaultCommand({ BackupVaultName: 'far' }));
  await backup.send(
    new CreateBackupPlanCommand({
      BackupPlan: {
        BackupPlanName: 'night',
        Rules: [
          {
            RuleName: 'copy',
            TargetBackupVaultName: 'main',
            CopyActions: [
              { DestinationBackupVaultArn: `arn:aws:backup:${virginia}:${lab.account}:backup-vault:far` },
            ],
          },
        ],
      },
    }),
  );
  await prod.client(BackupClient, dublin).send(new CreateBackupVaultCommand({ BackupVaultName: 'second' }));
}
