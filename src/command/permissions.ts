import { factsWanted, policyFor } from '../audit.ts';
import { leastPrivilege } from '../collect/aws/permissions.ts';
import { listOption, textOption } from '../collect/option.ts';
import { BercailError } from '../error.ts';
import { gatherInputs } from '../input/gather.ts';
import { loadCatalog } from '../io/content.ts';
import { exists } from '../io/find.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { type OnlyOptions, onlyOf } from './only.ts';

interface PermissionOptions extends OnlyOptions {
  readonly policy?: string;
  readonly asOf?: string;
  readonly awsOrganization?: boolean;
  readonly awsRole?: string;
}

/** The least-privilege policy document that a run with these paths and options needs: a configuration counts. */
export async function printPermissions(
  provider: string,
  paths: readonly string[],
  options: PermissionOptions,
  context: CommandContext,
): Promise<number> {
  if (provider !== 'aws')
    throw new BercailError('usage', { message: `no permissions for ${provider}`, hint: 'expected aws' });
  const loaded = await loadCatalog();
  const read = paths.length === 0 && exists('bercail.yaml') ? ['.'] : paths;
  const inputs = await gatherInputs(read, loaded.catalog);
  const request = {
    ...onlyOf(options),
    paths: read,
    network: true,
    language: localeLanguage(context.env),
    clock: context.clock,
    ...(options.policy === undefined ? {} : { policy: options.policy }),
  };
  const asOf = options.asOf ?? inputs.config?.content.as_of ?? context.clock().slice(0, 10);
  const policy = await policyFor(request, inputs, loaded, asOf);
  const source = inputs.sources.find(({ kind }) => kind === 'aws')?.options ?? {};
  const document = await leastPrivilege(factsWanted(policy, request), {
    organization: options.awsOrganization ?? source['organization'] === true,
    role: options.awsRole ?? textOption(source, 'role'),
    services: listOption(source, 'services'),
  });
  await context.out(`${JSON.stringify(document, null, 2)}\n`);
  return 0;
}
