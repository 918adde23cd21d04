import { commitmentOf, packPublicEntries } from '../../bundle/public.ts';
import { builtInPackFiles, hashOf, loadMessages, readCatalogFiles } from '../../io/content.ts';
import { version } from '../../io/root.ts';
import { createMessages } from '../../report/message.ts';
import type { Result } from '../../result/result.ts';
import { readPack } from '../../rule/load.ts';
import type { CommandContext } from '../context.ts';
import { type AudienceOptions, forAudience, readAudienceKey, renderAll, renderReport } from '../render.ts';
import { type SealOptions, sealBundle } from './seal.ts';

/** Writes what readers outside may see of a result, so that they can check that nobody changed it. */
export async function writePublicBundle(
  result: Result,
  original: Uint8Array,
  options: SealOptions & AudienceOptions & { readonly formats: readonly string[] },
  context: CommandContext,
): Promise<void> {
  const redacted = await forAudience(result, options);
  const { language, packs, catalog } = redacted.run;
  const messages = createMessages(language, loadMessages(language));
  const reports = [];
  for (const format of options.formats) reports.push(...(await renderAll(redacted, format)));
  const catalogFiles = readCatalogFiles();
  const entries = packPublicEntries({
    audience: options.audience ?? 'public',
    commitment: commitmentOf(original, await readAudienceKey(options)),
    result: redacted,
    resultJson: (await renderReport(redacted, 'json')).bytes,
    builtInPacks: builtInPackFiles().filter((files) => {
      const { pack, sha256 } = readPack(files);
      return packs.some((one) => one.name === pack.name && one.sha256 === sha256);
    }),
    catalog: hashOf(catalogFiles) === catalog.sha256 ? catalogFiles : [],
    reports,
    readme: `${messages('bundle.readme_public', { version: version() })}\n`,
  });
  await sealBundle(new Map(entries), options, context, language);
}
