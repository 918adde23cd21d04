import { join } from 'node:path';
import type { Audit } from '../../audit.ts';
import { packEntries } from '../../bundle/pack.ts';
import { writeSnapshot } from '../../collect/snapshot/write.ts';
import { BercailError } from '../../error.ts';
import { builtInPackFiles, hashOf, loadMessages, readCatalogFiles } from '../../io/content.ts';
import { readBytes } from '../../io/file.ts';
import { withPrivateFolder } from '../../io/private-folder.ts';
import { version } from '../../io/root.ts';
import { maxZipBytes } from '../../io/zip.ts';
import { createMessages } from '../../report/message.ts';
import type { CommandContext } from '../context.ts';
import { renderAll, renderReport } from '../render.ts';
import { type SealOptions, sealBundle } from './seal.ts';

export interface BundleOptions extends SealOptions {
  readonly formats: readonly string[];
}

/** Writes what a run read, how it was made and what came out, for others to check. Says whether it is signed. */
export async function writeBundle(
  { result, read }: Audit,
  options: BundleOptions,
  context: CommandContext,
): Promise<void> {
  const { formats } = options;
  const { language } = result.run;
  const messages = createMessages(language, loadMessages(language));
  const catalog = readCatalogFiles();
  if (hashOf(catalog) !== result.run.catalog.sha256)
    throw new BercailError('internal', {
      message: 'the catalog’s files are not those that judged',
      hint: 'build Bercail again',
    });
  const reports = [];
  for (const format of formats) reports.push(...(await renderAll(result, format)));
  const { bytes: resultJson } = await renderReport(result, 'json');
  const entries = new Map(
    packEntries({
      case: read.case,
      result,
      resultJson,
      inputs: read.files,
      snapshots: await snapshotsOf(read, result.run.started_at),
      builtInPacks: builtInPackFiles(),
      catalog,
      reports,
      readme: `${messages('bundle.readme', { version: version() })}\n`,
    }),
  );
  await sealBundle(entries, options, context, language);
}

/**
 * What each source gave, as a snapshot; of one that was read from a snapshot, that very file. Plans, samples and the
 * like are not kept: they may hold secrets or data, their observations do not.
 */
async function snapshotsOf(
  { case: { sources }, collected }: Audit['read'],
  created: string,
): Promise<readonly (Uint8Array | null)[]> {
  return withPrivateFolder(async (folder) => {
    const kept: (Uint8Array | null)[] = [];
    for (const [index, source] of sources.entries()) {
      const own = collected.sources.find((one) => one.source === source);
      const path = source.options['path'];
      if (!own) kept.push(null);
      else if (source.kind === 'snapshot' && typeof path === 'string')
        kept.push(await readBytes(path, maxZipBytes));
      else {
        const file = join(folder, `${index}.gz`);
        await writeSnapshot(file, { version: version(), created, source }, own.observations);
        kept.push(await readBytes(file, maxZipBytes));
      }
    }
    return kept;
  });
}
