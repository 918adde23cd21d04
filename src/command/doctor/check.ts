import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../io/cache.ts';
import { loadBuiltInPacks, loadCatalog } from '../../io/content.ts';
import { makeFolder } from '../../io/folder.ts';
import { version } from '../../io/root.ts';
import type { Messages } from '../../report/message.ts';
import type { CommandContext } from '../context.ts';
import { awsProfiles, awsVariables } from '../init/find/aws.ts';
import { azureLogins } from '../init/find/azure.ts';

/** `note`: worth knowing, and nothing is broken. */
export interface Check {
  readonly id: string;
  readonly state: 'ok' | 'note' | 'problem';
  readonly detail: string;
  readonly hint?: string;
}

type Run = (context: CommandContext, say: Messages) => Promise<Check>;
const run = promisify(execFile);

const node: Run = async (_, say) => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 22 || (major === 22 && minor >= 18);
  const detail = `Node ${process.versions.node}, bercail ${version()}`;
  return isNew
    ? { id: 'node', state: 'ok', detail }
    : { id: 'node', state: 'problem', detail, hint: say('doctor.node.old') };
};

const content: Run = async (_, say) => {
  try {
    const packs = await loadBuiltInPacks();
    const { catalog } = await loadCatalog();
    const rules = packs.reduce((sum, pack) => sum + pack.rules.length, 0);
    return {
      id: 'content',
      state: 'ok',
      detail: say('doctor.content.read', { rules, providers: catalog.data.providers.length }),
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { id: 'content', state: 'problem', detail, hint: say('doctor.content.broken') };
  }
};

const catalogAge: Run = async ({ clock }, say) => {
  try {
    const { catalog, checkedOn } = await loadCatalog();
    const today = clock().slice(0, 10);
    const stale = catalog.stale(today).length;
    const expiring = catalog
      .check(today, 30)
      .filter(({ reason }) => reason !== 'unverified' && reason !== 'stale');
    const detail = say('doctor.catalog.age', { day: checkedOn, stale, expiring: expiring.length });
    return stale + expiring.length === 0
      ? { id: 'catalog', state: 'ok', detail }
      : { id: 'catalog', state: 'note', detail, hint: '`bercail catalog check`' };
  } catch {
    return { id: 'catalog', state: 'problem', detail: say('doctor.content.broken') };
  }
};

const optional =
  (id: string, name: string): Run =>
  async (_, say) => {
    try {
      // Loaded, not only found: its native part may be that of another machine.
      await import(name);
      return { id, state: 'ok', detail: name };
    } catch {
      return { id, state: 'note', detail: say(`doctor.${id}.missing`), hint: `npm install ${name}` };
    }
  };

const git: Run = async ({ env }, say) => {
  try {
    const { stdout } = await run('git', ['--version'], { env: { ...env } });
    return { id: 'git', state: 'ok', detail: stdout.trim() };
  } catch {
    return { id: 'git', state: 'note', detail: say('doctor.git.missing') };
  }
};

/** Which credentials there are to be seen, by name. Their values are not read, or not shown. */
const aws: Run = async ({ env }, say) => {
  const profiles = awsProfiles(env);
  const variables = [...awsVariables(env), ...['AWS_ENDPOINT_URL', 'AWS_REGION'].filter((name) => env[name])];
  const seen = [
    ...(profiles.length > 0 ? [say('doctor.aws.profiles', { list: profiles.join(', ') })] : []),
    ...(variables.length > 0 ? [say('doctor.aws.variables', { list: variables.join(', ') })] : []),
  ];
  return seen.length > 0
    ? { id: 'aws', state: 'ok', detail: seen.join('; ') }
    : { id: 'aws', state: 'note', detail: say('doctor.aws.none'), hint: say('doctor.aws.how') };
};

const azure: Run = async ({ env }, say) => {
  const logins = azureLogins(env);
  const variables = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'].filter((name) => env[name]);
  const seen = [
    ...logins.map(({ tenant, subscriptions }) =>
      say('doctor.azure.login', { tenant, count: subscriptions.length }),
    ),
    ...(variables.length > 0 ? [say('doctor.aws.variables', { list: variables.join(', ') })] : []),
  ];
  return seen.length > 0
    ? { id: 'azure', state: 'ok', detail: seen.join('; ') }
    : { id: 'azure', state: 'note', detail: say('doctor.azure.none') };
};

const cache: Run = async ({ env }, say) => {
  const folder = cacheFolder(env);
  const probe = join(folder, `.${randomUUID()}`);
  try {
    makeFolder(folder, 0o700);
    await writeFile(probe, '');
    await rm(probe);
    return { id: 'cache', state: 'ok', detail: folder };
  } catch {
    return { id: 'cache', state: 'note', detail: say('doctor.cache.closed', { folder }) };
  }
};

export const checks: readonly Run[] = [
  node,
  content,
  catalogAge,
  optional('duckdb', '@duckdb/node-api'),
  optional('typst', '@myriaddreamin/typst-ts-node-compiler'),
  git,
  aws,
  azure,
  cache,
];
