import { factsWanted } from '../audit.ts';
import { leastPrivilege } from '../collect/aws/permissions.ts';
import { BercailError } from '../error.ts';
import { loadCatalog } from '../io/content.ts';
import { loadPolicy } from '../load.ts';
import type { CommandContext } from './context.ts';

interface PermissionOptions {
  readonly policy?: string;
  readonly awsOrganization?: boolean;
  readonly awsRole?: string;
}

/** The least-privilege policy document that the loaded rules need. */
export async function printPermissions(
  provider: string,
  { policy, awsOrganization: organization = false, awsRole }: PermissionOptions,
  context: CommandContext,
): Promise<number> {
  if (provider !== 'aws')
    throw new BercailError('usage', { message: `no permissions for ${provider}`, hint: 'expected aws' });
  const { catalog } = await loadCatalog();
  const loaded = await loadPolicy({ name: policy ?? 'complet', catalog, asOf: context.clock().slice(0, 10) });
  const document = await leastPrivilege(factsWanted(loaded), { organization, role: awsRole ?? null });
  await context.out(`${JSON.stringify(document, null, 2)}\n`);
  return 0;
}
