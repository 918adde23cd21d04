import { basename, join } from 'node:path';
import { factsWanted, policyFor } from '../audit.ts';
import { collect } from '../collect/collect.ts';
import type { SourceConfig } from '../collect/collector.ts';
import { readSnapshot } from '../collect/snapshot/read.ts';
import { writeSnapshot } from '../collect/snapshot/write.ts';
import { BercailError } from '../error.ts';
import { gatherInputs } from '../input/gather.ts';
import { loadCatalog } from '../io/content.ts';
import { makeFolder } from '../io/folder.ts';
import { version } from '../io/root.ts';
import { type AuditOptions, networkSources, pathsFor } from './audit.ts';
import { callsByService } from './calls.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { endJournal, journalPlace } from './journal.ts';
import { withProgress } from './progress.ts';
import { sayIn } from './say.ts';

type CollectOptions = AuditOptions & { readonly out: string; readonly verify?: boolean };

/** Reads every source and writes one snapshot each. Returns 3 when something could not be read. */
export async function runCollect(
  paths: readonly string[],
  options: CollectOptions,
  context: CommandContext,
): Promise<number> {
  if (options.verify) return verifySnapshots(paths, options, context);
  if (options.printPermissions !== undefined) {
    const { printPermissions } = await import('./permissions.ts');
    return printPermissions(options.printPermissions, paths, options, context);
  }
  const loaded = await loadCatalog();
  const named = networkSources(options);
  const inputs = await gatherInputs(pathsFor(paths, named), loaded.catalog);
  const sources = [...inputs.sources, ...named].filter(({ kind }) => kind !== 'snapshot');
  if (sources.length === 0)
    throw new BercailError('usage', {
      message: 'no source to collect',
      hint: 'name one in bercail.yaml, or give --aws, --azure or --s3-endpoint URL',
    });
  const { catalog } = loaded;
  const asOf = options.asOf ?? inputs.config?.content.as_of ?? context.clock().slice(0, 10);
  const request = {
    paths,
    network: true,
    language: localeLanguage(context.env),
    clock: context.clock,
    ...(options.policy ? { policy: options.policy } : {}),
  };
  const wanted = factsWanted(await policyFor(request, inputs, loaded, asOf));
  makeFolder(options.out);
  const collected = await withProgress(options, context, request.language, (context) => {
    context.onEvent?.({ kind: 'phase', phase: 'collect' });
    return collect(
      sources,
      {
        wanted,
        clock: context.clock,
        env: context.env,
        concurrency: options.concurrency ?? 8,
        signal: context.signal,
        providerOfHost: catalog.providerOfHost,
        providerNamed: catalog.providerNamed,
        pairedRegion: (provider, region) => catalog.region(provider, region)?.paired_region ?? null,
        ...(context.onEvent ? { onEvent: context.onEvent } : {}),
      },
      journalPlace(options.out, options, context),
    );
  });
  // A run that was taken up again is still the run that began then.
  const created = collected.journal?.created ?? context.clock();
  const say = sayIn(options.lang, context);
  let gaps = 0;
  const names = new Set<string>();
  for (const { source, observations, calls } of collected.sources) {
    const path = join(options.out, `${uniqueName(names, source)}.inventory.ndjson.gz`);
    await writeSnapshot(path, { version: version(), created, source }, observations);
    const missed = observations.filter(({ outcome }) => outcome !== 'ok').length;
    gaps += missed;
    await context.out(
      `${say('collect.written', { path, count: observations.length, calls: callsByService(calls, say), gaps: missed })}\n`,
    );
  }
  await endJournal(collected.journal, options, context);
  if (gaps > 0) context.err(`bercail: ${say('collect.gaps', { gaps })}\n`);
  return gaps > 0 ? 3 : 0;
}

function uniqueName(names: Set<string>, { kind, options }: SourceConfig): string {
  const said = [
    options['profile'],
    options['tenant'],
    options['provider'],
    options['plan'],
    options['state'],
    options['template'],
    options['root'],
  ].find((value) => typeof value === 'string');
  const base = `${kind}${typeof said === 'string' ? `-${basename(said).replaceAll(/[^A-Za-z0-9._-]/g, '_')}` : ''}`;
  for (let index = 1; ; index++) {
    const name = index === 1 ? base : `${base}-${index}`;
    if (names.has(name)) continue;
    names.add(name);
    return name;
  }
}

/** Checks the digest chain of each snapshot. */
async function verifySnapshots(
  paths: readonly string[],
  { lang }: CollectOptions,
  context: CommandContext,
): Promise<number> {
  if (paths.length === 0)
    throw new BercailError('usage', { message: 'which snapshot?', hint: 'bercail collect --verify FILE…' });
  for (const path of paths) {
    const { observations, sha256 } = await readSnapshot(path);
    const text = sayIn(lang, context)('collect.whole', { path, count: observations.length, sha256 });
    await context.out(`${text}\n`);
  }
  return 0;
}
