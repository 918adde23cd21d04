import { basename, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Catalog } from '../../catalog/catalog.ts';
import type { SourceConfig } from '../../collect/collector.ts';
import { BercailError } from '../../error.ts';
import { builtInPolicies, builtInPolicyPath } from '../../io/content.ts';
import { readText } from '../../io/file.ts';
import { exists } from '../../io/find.ts';
import type { Messages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import { suggest } from '../../yaml/validate.ts';
import type { Ask, Choice } from '../ask/ask.ts';
import type { CommandContext } from '../context.ts';
import { awsProfiles, awsVariables } from './find/aws.ts';
import { type AzureLogin, azureLogins } from './find/azure.ts';
import { type Forge, forgeOf } from './find/forge.ts';
import type { FoundInputs } from './find/input.ts';

export interface InitOptions {
  readonly policy?: string;
  readonly name?: string;
  readonly id?: string;
  readonly awsProfile?: readonly string[];
  readonly azureTenant?: readonly string[];
  readonly collect?: boolean;
  readonly ci?: Forge;
  readonly yes?: boolean;
  readonly lang?: Language;
}

export interface Answers {
  readonly policy: string;
  readonly id: string;
  /** Who decides; `unknown` when nobody said. */
  readonly controller: string;
  readonly sources: readonly SourceConfig[];
  readonly isCollecting: boolean;
  readonly ci: Forge;
}

interface Asking {
  readonly folder: string;
  readonly ask: Ask | null;
  readonly options: InitOptions;
  readonly found: FoundInputs;
  readonly catalog: Catalog;
  readonly language: Language;
  readonly say: Messages;
  readonly context: CommandContext;
}

/** Every answer: from its option, else from whoever can be asked, else the one that promises least. */
export async function answersOf(asking: Asking): Promise<Answers> {
  const { folder, ask, options, say, context } = asking;
  const policy = await policyOf(asking);
  const ownId = slug(basename(resolve(folder)));
  const id = slug(options.id ?? (ask ? await ask.text(say('init.ask.id'), ownId) : ownId));
  const named = options.name ?? (ask ? await ask.text(say('init.ask.name'), '') : '');
  const sources = await sourcesOf(asking);
  const isNetworked = sources.some(({ kind }) => kind === 'aws' || kind === 'azure');
  const isCollecting =
    isNetworked && (options.collect ?? (ask ? await ask.confirm(say('init.ask.collect'), false) : false));
  const seen = await forgeOf(folder, context.env);
  const forges: readonly Choice[] = (['github', 'gitlab', 'none'] as const).map((value) => ({
    value,
    label: say(`init.ci.${value}`),
  }));
  const ci = options.ci ?? (ask ? ((await ask.select(say('init.ask.ci'), forges, seen)) as Forge) : seen);
  return { policy, id, controller: named === '' ? 'unknown' : named, sources, isCollecting, ci };
}

async function policyOf({ folder, ask, options, language, say }: Asking): Promise<string> {
  const names = builtInPolicies();
  if (options.policy !== undefined) {
    if (names.includes(options.policy) || exists(resolve(folder, options.policy))) return options.policy;
    const hint = suggest(options.policy, names, `a path, or one of ${names.join(', ')}`);
    throw new BercailError('usage', {
      message: `no policy ${options.policy}`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  if (!ask) return 'complet';
  const choices = await Promise.all(
    names.map(async (value) => {
      const { title } = parse((await readText(builtInPolicyPath(value))).text) as {
        readonly title: { readonly [language in Language]: string };
      };
      return { value, label: title[language], hint: value };
    }),
  );
  return ask.select(say('init.ask.policy'), choices, 'complet');
}

async function sourcesOf(asking: Asking): Promise<readonly SourceConfig[]> {
  const { ask, options, found, say, context } = asking;
  const profiles = awsProfiles(context.env);
  const unknown = options.awsProfile?.filter((name) => !profiles.includes(name)) ?? [];
  if (unknown.length > 0) {
    const hint = suggest(
      unknown[0] ?? '',
      profiles,
      'a profile of ~/.aws/config; `aws configure` writes one',
    );
    throw new BercailError('usage', {
      message: `no AWS profile ${unknown.join(', ')}`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const logins = tenantsOf(azureLogins(context.env), options.azureTenant ?? []);
  const variables = awsVariables(context.env);
  const own = [
    ...(variables.length > 0
      ? [
          {
            value: 'aws',
            label: say('init.source.aws'),
            hint: variables.join(', '),
            source: { kind: 'aws', options: {} },
          },
        ]
      : []),
    ...profiles.map((profile) => ({
      value: `aws:${profile}`,
      label: say('init.source.aws_profile', { profile }),
      source: { kind: 'aws', options: { profile } },
    })),
    ...logins.map(({ tenant, subscriptions }) => ({
      value: `azure:${tenant}`,
      label: say('init.source.azure', { tenant }),
      ...(subscriptions.length > 0 ? { hint: subscriptions.map(({ name }) => name).join(', ') } : {}),
      // Those that the login lists are those of its day: what came since is read too.
      source: { kind: 'azure', options: { tenant, subscriptions: 'all' } },
    })),
    ...found.sources.map((source) => ({
      value: JSON.stringify(source),
      label: say('init.source.file', {
        kind: source.kind,
        path: Object.values(source.options).map(String).join(', '),
      }),
      source,
    })),
  ];
  const isNamed = options.awsProfile !== undefined || options.azureTenant !== undefined;
  const byOption = new Set([
    ...(options.awsProfile ?? []).map((name) => `aws:${name}`),
    ...(options.azureTenant ?? []).map((name) => `azure:${name}`),
    ...found.sources.map((source) => JSON.stringify(source)),
  ]);
  // An account is read only when somebody named it; files that are here were put here.
  const initial = own
    .map(({ value }) => value)
    .filter((value) => byOption.has(value) || (!isNamed && value === 'aws'));
  const chosen =
    ask && !isNamed && own.length > 0
      ? await ask.several(
          say('init.ask.sources'),
          own.map(({ value, label, ...more }) => ({
            value,
            label,
            ...('hint' in more ? { hint: more.hint } : {}),
          })),
          initial,
        )
      : initial;
  return own.filter(({ value }) => chosen.includes(value)).map(({ source }) => source);
}

/** Those logged in to, and those that somebody names: an identity of a service or a machine leaves no login. */
function tenantsOf(logins: readonly AzureLogin[], named: readonly string[]): readonly AzureLogin[] {
  const wrong = named.filter(
    (one) => !/^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\w-]+(?:\.[\w-]+)+)$/i.test(one),
  );
  if (wrong.length > 0)
    throw new BercailError('usage', {
      message: `no tenant of Azure: ${wrong.join(', ')}`,
      hint: 'its id or its domain; `az account show` tells it',
    });
  const unlisted = named.filter((one) => !logins.some(({ tenant }) => tenant === one));
  return [...logins, ...unlisted.map((tenant) => ({ tenant, subscriptions: [] }))];
}

function slug(text: string): string {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|(?<!-)-+$/g, '');
  return words === '' ? 'our-service' : words;
}
