import type { BackupPlan, BackupVaultListMember, ProtectedResource } from '@aws-sdk/client-backup';
import {
  BackupClient,
  GetBackupPlanCommand,
  GetBackupVaultAccessPolicyCommand,
  ListBackupPlansCommand,
  ListBackupVaultsCommand,
  ListCopyJobsCommand,
  ListProtectedResourcesByBackupVaultCommand,
  ListTagsCommand,
} from '@aws-sdk/client-backup';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { action, listing } from '../action.ts';
import { encryptionFacts, tagsFact } from '../fact.ts';
import type { End, Item } from '../item.ts';
import { askItem, askItemPages, isElsewhere, listItems, observeEnd, observeItem } from '../item.ts';
import { askPages } from '../pages.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listVaults = listing('backup:ListBackupVaults');
const listTags = action('backup:ListTags', { facts: ['tags'] });
const listProtected = action('backup:ListProtectedResourcesByBackupVault', { facts: ['relations.backup'] });
const getPolicy = action('backup:GetBackupVaultAccessPolicy', {
  facts: policyFacts,
  none: ['ResourceNotFoundException'],
});
const listPlans = listing('backup:ListBackupPlans', { facts: ['relations.backup'] });
const getPlan = action('backup:GetBackupPlan', { facts: ['relations.backup'] });
const listCopies = listing('backup:ListCopyJobs', { facts: ['relations.backup'] });

/** Vaults, what is backed up into them, and the vaults (of other regions and accounts) that plans copy on to. */
export const backupService: AwsService = {
  name: 'backup',
  scope: 'region',
  calls: [listVaults, listTags, listProtected, getPolicy, listPlans, getPlan, listCopies],
  read: readVaults,
};

async function* readVaults(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(BackupClient);
  yield* listItems(session, context, {
    call: listVaults,
    send: (NextToken, abortSignal) =>
      client.send(new ListBackupVaultsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ BackupVaultList }) => BackupVaultList,
    each: async (vault, answer) => {
      const item = showVault(vault, session);
      const { BackupVaultName } = vault;
      return [
        observeItem(session, context, answer, item),
        ...(await askItemPages(
          session,
          context,
          item.id,
          listTags,
          (NextToken, abortSignal) =>
            client.send(new ListTagsCommand({ ResourceArn: item.id, NextToken }), { abortSignal }),
          ({ NextToken }) => NextToken,
          (pages) => ({ facts: { tags: tagsFact(Object.assign({}, ...pages.map(({ Tags }) => Tags))) } }),
        )),
        ...(await askItem(
          session,
          context,
          item.id,
          getPolicy,
          (abortSignal) =>
            client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName }), { abortSignal }),
          (response) => readPolicyText(session, response?.Policy),
        )),
        ...(await readProtected(session, context, client, item)),
      ];
    },
  });
  if (!context.needs(listPlans)) return;
  yield* listItems(session, context, {
    call: listPlans,
    send: (NextToken, abortSignal) => client.send(new ListBackupPlansCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ BackupPlansList }) => BackupPlansList,
    each: async ({ BackupPlanId, BackupPlanArn = '' }) => {
      const answer = await context.ask(getPlan, (abortSignal) =>
        client.send(new GetBackupPlanCommand({ BackupPlanId }), { abortSignal }),
      );
      // A plan is no asset: what it says is said of its vaults.
      if (answer.state !== 'ok') return [observe(session.scene(BackupPlanArn || session.scope), answer, {})];
      return showPlan(answer.response.BackupPlan, session).map((end) => observeEnd(session, answer, end));
    },
  });
  yield* readCopies(session, context, client);
}

/** Copies that no plan orders, as far back as the service remembers its jobs. Each way is told once. */
async function* readCopies(
  session: ServiceSession,
  context: ServiceContext,
  client: BackupClient,
): AsyncGenerator<Observation> {
  const told = new Set<string>();
  yield* listItems(session, context, {
    call: listCopies,
    send: (NextToken, abortSignal) => client.send(new ListCopyJobsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ CopyJobs }) => CopyJobs?.filter(({ State }) => State !== 'FAILED'),
    each: ({ SourceBackupVaultArn: from, DestinationBackupVaultArn: to }, answer) => {
      const way = `${from} ${to}`;
      if (!from || !to || told.has(way)) return [];
      told.add(way);
      const ends: End[] = [
        { id: from, kind: 'backup_vault', relations: [{ kind: 'backup', to }] },
        { id: to, kind: 'backup_vault' },
      ];
      return ends.map((end) => observeEnd(session, answer, end));
    },
  });
}

async function readProtected(
  session: ServiceSession,
  context: ServiceContext,
  client: BackupClient,
  vault: Item,
): Promise<readonly Observation[]> {
  if (!context.needs(listProtected)) return [];
  const seen: Observation[] = [];
  for await (const { answer, number } of askPages(
    context.ask,
    listProtected,
    (NextToken, abortSignal) =>
      client.send(
        new ListProtectedResourcesByBackupVaultCommand({ BackupVaultName: vault.name, NextToken }),
        { abortSignal },
      ),
    ({ NextToken }) => NextToken,
  )) {
    seen.push(observe(session.scene(vault.id), answer, { about: { page: number } }));
    if (answer.state !== 'ok') break;
    for (const resource of answer.response.Results ?? []) {
      const end = showProtected(resource, vault.id);
      if (end !== null) seen.push(observeEnd(session, answer, end));
    }
  }
  return seen;
}

export function showVault(vault: BackupVaultListMember, session: ServiceSession): Item {
  const name = vault.BackupVaultName ?? '';
  const id = vault.BackupVaultArn ?? session.arn('backup', session.region, `backup-vault:${name}`);
  const { facts, relations } = encryptionFacts(session, { key: vault.EncryptionKeyArn, keyless: 'provider' });
  return { id, kind: 'backup_vault', name, facts, relations };
}

const kinds: { readonly [type: string]: AssetKind } = {
  S3: 'object_store',
  RDS: 'database',
  Aurora: 'database',
  DynamoDB: 'database',
  Redshift: 'database',
  DocumentDB: 'database',
  Neptune: 'database',
  EFS: 'file_share',
  FSx: 'file_share',
  EBS: 'block_volume',
  EC2: 'server',
};

/** A machine is backed up with its volumes, so the machine is a source as well. */
export function showProtected(
  { ResourceArn: id, ResourceType }: ProtectedResource,
  vault: string,
): End | null {
  return id === undefined
    ? null
    : { id, kind: kinds[ResourceType ?? ''] ?? 'other', relations: [{ kind: 'backup', to: vault }] };
}

/** Each rule's copies go from its vault to another, whatever the rule selects. */
export function showPlan(plan: BackupPlan | undefined, session: ServiceSession): readonly End[] {
  return (plan?.Rules ?? []).flatMap(({ TargetBackupVaultName: name, CopyActions = [] }): End[] => {
    if (!name) return [];
    const source = session.arn('backup', session.region, `backup-vault:${name}`);
    const copies = CopyActions.flatMap(({ DestinationBackupVaultArn: id }): End[] =>
      id ? [{ id, kind: 'backup_vault' }] : [],
    );
    if (copies.length === 0) return [];
    const relations = copies.map(({ id }) => ({ kind: 'backup' as const, to: id }));
    return [
      { id: source, kind: 'backup_vault', relations },
      ...copies.filter(({ id }) => isElsewhere(session, id)),
    ];
  });
}
