import { factsWanted, policyFor } from '../audit.ts';
import type { Options } from '../collect/collector.ts';
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
  readonly azureSubscription?: readonly string[];
}

/**
 * The document that allows what a run with these paths and options needs and no more: an IAM policy of AWS, a custom role
 * of Azure. A configuration counts.
 */
export async function printPermissions(
  provider: string,
  paths: readonly string[],
  options: PermissionOptions,
  context: CommandContext,
): Promise<number> {
  const document = Object.hasOwn(documents, provider) ? documents[provider] : undefined;
  if (document === undefined)
    throw new BercailError('usage', {
      message: `no permissions for ${provider}`,
      hint: `expected ${Object.keys(documents).join(' or ')}`,
    });
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
  const source = inputs.sources.find(({ kind }) => kind === provider)?.options ?? {};
  const allowed = await document(factsWanted(policy, request), options, source);
  await context.out(`${JSON.stringify(allowed, null, 2)}\n`);
  return 0;
}

type Document = (wanted: ReadonlySet<string>, options: PermissionOptions, source: Options) => Promise<object>;

const documents: { readonly [provider: string]: Document } = {
  aws: async (wanted, { awsOrganization, awsRole }, source) => {
    const { leastPrivilege } = await import('../collect/aws/permissions.ts');
    return leastPrivilege(wanted, {
      organization: awsOrganization ?? source['organization'] === true,
      role: awsRole ?? textOption(source, 'role'),
      services: listOption(source, 'services'),
    });
  },
  azure: async (wanted, { azureSubscription }, source) => {
    const { customRole } = await import('../collect/azure/permissions.ts');
    return customRole(wanted, {
      subscriptions: azureSubscription ?? listOption(source, 'subscriptions'),
      services: listOption(source, 'services'),
    });
  },
};
