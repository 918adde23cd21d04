import { type Audit, type AuditRequest, audit } from '../audit.ts';
import type { SourceConfig } from '../collect/collector.ts';
import { writeBaseline } from '../config/baseline.ts';
import { BercailError } from '../error.ts';
import type { GateSetting } from '../evaluate/gate.ts';
import type { RunEvent } from '../event.ts';
import { writeAtomic } from '../io/file.ts';
import { exists } from '../io/find.ts';
import { saveLast } from '../io/last.ts';
import { reporters } from '../report/registry.ts';
import type { Language } from '../result/result.ts';
import { callsByService } from './calls.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { authorityUrl } from './evidence/authority.ts';
import { auditJournal, endJournal } from './journal.ts';
import { onlyOf } from './only.ts';
import { type ProgressOptions, withProgress } from './progress.ts';
import { type AudienceOptions, forAudience, renderReport, writeReports } from './render.ts';
import { sayIn } from './say.ts';

export interface AuditOptions extends AudienceOptions, ProgressOptions {
  readonly policy?: string;
  readonly asOf?: string;
  readonly format?: readonly string[];
  readonly out?: string;
  readonly all?: boolean;
  readonly includeInventory?: boolean;
  readonly lang?: Language;
  readonly failOn?: GateSetting['fail_on'];
  readonly unknown?: GateSetting['unknown'];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly since?: string;
  readonly waivers?: string;
  readonly strictWaivers?: boolean;
  readonly rule?: readonly string[];
  readonly pack?: readonly string[];
  readonly color?: boolean;
  readonly awsProfile?: string;
  readonly awsRole?: string;
  readonly awsOrganization?: boolean;
  readonly aws?: boolean;
  readonly azure?: boolean;
  readonly azureSubscription?: readonly string[];
  readonly s3Endpoint?: string;
  readonly s3Provider?: string;
  readonly s3Region?: string;
  readonly concurrency?: number;
  readonly deadline?: number;
  readonly resume?: string;
  readonly printPermissions?: string;
  /** File of the evidence bundle, and of the key that signs it. */
  readonly bundle?: string;
  readonly key?: string;
  /** Address of the time-stamping authority that dates the bundle. */
  readonly timestamp?: string;
}

/** `audit` and `check`: everything but the sources on the network is the same. Returns the exit code. */
export async function runAudit(
  paths: readonly string[],
  options: AuditOptions,
  context: CommandContext,
  network: boolean,
): Promise<number> {
  const language = options.lang ?? localeLanguage(context.env);
  if (options.printPermissions !== undefined) {
    const { printPermissions } = await import('./permissions.ts');
    return printPermissions(options.printPermissions, paths, options, context);
  }
  const formats = options.format ?? ['text'];
  checkFormats(formats, options.out);
  if (options.key !== undefined && options.bundle === undefined)
    throw new BercailError('usage', { message: '--key signs a bundle', hint: 'add --bundle FILE.zip' });
  if (options.timestamp !== undefined) checkTimestampOption(options, network);
  const sources = networkSources(options);
  return withProgress(options, context, language, async (context) => {
    const request: AuditRequest = {
      ...requestOf(pathsFor(paths, sources), sources, options, context, language, network),
      ...(network ? { journal: auditJournal(options, context) } : {}),
      onEvent: (event) => {
        context.onEvent?.(event);
        interruptAt(event, network, context);
      },
    };
    const done = await (options.since === undefined
      ? audit(request)
      : auditSince(options.since, request, context));
    // From here on files are written, each whole or not at all.
    context.onInterrupt?.('end');
    return finish(done, formats, options, context, language);
  });
}

/** Writes what was asked for, and tells the exit code and why it is so. */
async function finish(
  done: Audit,
  formats: readonly string[],
  options: AuditOptions,
  context: CommandContext,
  language: Language,
): Promise<number> {
  const { result } = done;
  const isWhole = !context.signal.aborted;
  if (isWhole || options.out === undefined)
    await writeReports(await forAudience(result, options), formats, options, context, language);
  if (isWhole) await keep(done, formats, options, context);
  await saveLast(result, context.env);
  await endJournal(done.journal, options, context);
  const { gate } = result.summary;
  if (!options.quiet) {
    if (formats.length !== 1 || formats[0] !== 'text')
      for (const warning of result.warnings) context.err(`bercail: ${warning}\n`);
    if (options.verbose || Object.keys(done.calls).length > 0)
      context.err(`bercail: ${callsByService(done.calls, sayIn(language, context), options.verbose)}\n`);
  }
  context.err(`bercail: ${gate.reason}\n`);
  return gate.exit_code;
}

/** An authority is asked over the network, and about a bundle only. */
function checkTimestampOption({ timestamp = '', bundle }: AuditOptions, network: boolean): void {
  if (bundle === undefined)
    throw new BercailError('usage', { message: '--timestamp dates a bundle', hint: 'add --bundle FILE.zip' });
  if (!network)
    throw new BercailError('usage', {
      message: 'check opens no network: it cannot ask a time-stamping authority',
      hint: 'use `bercail audit`',
    });
  authorityUrl(timestamp);
}

function auditSince(since: string, request: AuditRequest, context: CommandContext): Promise<Audit> {
  return import('./since.ts').then(({ withBaselineSince }) =>
    withBaselineSince(since, request, context, (baseline) => audit({ ...request, baseline })),
  );
}

/**
 * A collection that is interrupted ends with what it has; before and after it nothing is lost. To judge is one long
 * computation, which only the system can end.
 */
function interruptAt(event: RunEvent, network: boolean, { onInterrupt }: CommandContext): void {
  if (event.kind !== 'phase') return;
  onInterrupt?.(event.phase === 'judge' ? 'system' : event.phase === 'collect' && network ? 'ask' : 'end');
}

/** The files that later runs and other people rest on. A run that was cut short writes none. */
async function keep(
  done: Audit,
  formats: readonly string[],
  options: AuditOptions,
  context: CommandContext,
): Promise<void> {
  const { writeBaseline: baseline, bundle } = options;
  if (baseline !== undefined)
    await writeAtomic(baseline, (file) => file.writeFile(writeBaseline(done.evaluation.fingerprints())));
  if (bundle === undefined) return;
  const bundled = { ...options, bundle, formats };
  if ((options.audience ?? 'internal') === 'internal')
    return (await import('./evidence/bundle.ts')).writeBundle(done, bundled, context);
  const { bytes } = await renderReport(done.result, 'json');
  await (await import('./evidence/public-bundle.ts')).writePublicBundle(done.result, bytes, bundled, context);
}

/** Refuses, before anything is read, formats that do not exist or have nowhere to go. */
export function checkFormats(formats: readonly string[], out: string | undefined): void {
  if (formats.length !== 1 && out === undefined) {
    throw new BercailError('usage', {
      message: `${formats.length} formats need a folder to go to`,
      hint: 'add --out DIR',
    });
  }
  const known = Object.keys(reporters);
  const unknown = formats.filter((format) => !known.includes(format));
  if (unknown.length > 0)
    throw new BercailError('usage', {
      message: `no format ${unknown.join(', ')}`,
      hint: `there are: ${known.join(', ')}`,
    });
}

function requestOf(
  paths: readonly string[],
  sources: readonly SourceConfig[],
  options: AuditOptions,
  context: CommandContext,
  language: Language,
  network: boolean,
): AuditRequest {
  const gate = {
    ...(options.failOn ? { fail_on: options.failOn } : {}),
    ...(options.unknown ? { unknown: options.unknown } : {}),
  };
  return {
    paths,
    network,
    sources,
    language,
    clock: context.clock,
    env: context.env,
    signal: context.signal,
    gate,
    ...onlyOf(options),
    ...defined('policy', options.policy),
    ...defined('asOf', options.asOf),
    ...defined('baseline', options.baseline),
    ...defined('waivers', options.waivers),
    ...defined('strictWaivers', options.strictWaivers),
    ...defined('all', options.all),
    ...defined('includeInventory', options.includeInventory),
    ...defined('concurrency', options.concurrency),
    ...defined('deadline', options.deadline),
  };
}

/** Without a path: the current folder, unless options name sources and it has no configuration of its own. */
export function pathsFor(paths: readonly string[], sources: readonly SourceConfig[]): readonly string[] {
  return paths.length > 0 || (sources.length > 0 && !exists('bercail.yaml')) ? paths : ['.'];
}

function defined<K extends keyof AuditRequest>(
  key: K,
  value: AuditRequest[K] | undefined,
): { [key in K]?: AuditRequest[K] } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: AuditRequest[K] });
}

/** Sources that options name, beside those of the configuration. */
export function networkSources({
  aws,
  awsProfile,
  awsRole,
  awsOrganization,
  azure,
  azureSubscription,
  s3Endpoint,
  s3Provider,
  s3Region,
}: AuditOptions): SourceConfig[] {
  const found: SourceConfig[] = [];
  if (aws || awsProfile !== undefined || awsRole !== undefined || awsOrganization) {
    found.push({
      kind: 'aws',
      options: {
        ...(awsProfile ? { profile: awsProfile } : {}),
        ...(awsRole ? { role: awsRole } : {}),
        ...(awsOrganization ? { organization: true } : {}),
      },
    });
  }
  if (azure || azureSubscription !== undefined)
    found.push({
      kind: 'azure',
      options: azureSubscription === undefined ? {} : { subscriptions: azureSubscription },
    });
  if (s3Endpoint !== undefined) {
    found.push({
      kind: 's3',
      options: {
        endpoint: s3Endpoint,
        ...(s3Provider ? { provider: s3Provider } : {}),
        ...(s3Region ? { region: s3Region } : {}),
      },
    });
  } else if (s3Provider !== undefined || s3Region !== undefined) {
    throw new BercailError('usage', {
      message: '--s3-provider and --s3-region say more of --s3-endpoint',
      hint: 'add --s3-endpoint URL',
    });
  }
  return found;
}
