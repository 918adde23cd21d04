import { factsWanted } from '../audit.ts';
import { leastPrivilege } from '../collect/aws/permissions.ts';
import { BercailError } from '../error.ts';
import { loadCatalog } from '../io/content.ts';
import { loadPolicy } from '../load.ts';
import type { CommandContext } from './context.ts';

/** The least-privilege policy document that the loaded rules need. */
export async function printPermissions(
  provider: string,
  policy: string | undefined,
  context: CommandContext,
): Promise<number> {
  if (provider !== 'aws')
    throw new BercailError('usage', { message: `no permissions for ${provider}`, hint: 'expected aws' });
  const { catalog } = await loadCatalog();
  const loaded = await loadPolicy({ name: policy ?? 'complet', catalog, asOf: context.clock().slice(0, 10) });
  await context.out(`${JSON.stringify(leastPrivilege(factsWanted(loaded)), null, 2)}\n`);
  return 0;
}
