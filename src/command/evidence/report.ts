import { BercailError } from '../../error.ts';
import { readBytes } from '../../io/file.ts';
import { readResult } from '../../io/result.ts';
import { maxZipBytes } from '../../io/zip.ts';
import type { Language } from '../../result/result.ts';
import { checkFormats } from '../audit.ts';
import type { CommandContext } from '../context.ts';
import { type ProgressOptions, withProgress } from '../progress.ts';
import { type AudienceOptions, forAudience, writeReports } from '../render.ts';
import { sayIn } from '../say.ts';
import { authorityUrl } from './authority.ts';

export interface ReportOptions extends AudienceOptions, ProgressOptions {
  readonly format?: readonly string[];
  readonly out?: string;
  readonly lang?: Language;
  readonly color?: boolean;
  /** File of the bundle for readers outside, of the key that signs it, and address of who dates it. */
  readonly bundle?: string;
  readonly key?: string;
  readonly timestamp?: string;
}

/** Renders a saved result. Its own sentences keep the language that the audit wrote them in. */
export async function runReport(
  path: string,
  options: ReportOptions,
  context: CommandContext,
): Promise<number> {
  const formats = options.format ?? ['text'];
  checkFormats(formats, options.out);
  const { bundle } = options;
  if (bundle !== undefined && (options.audience ?? 'internal') === 'internal')
    throw new BercailError('usage', {
      message: 'a saved result does not hold what was read: only `bercail audit --bundle` keeps that',
      hint: 'for readers outside, add --audience public --audience-key FILE',
    });
  if (options.timestamp !== undefined) authorityUrl(options.timestamp);
  const result = await readResult(path);
  const language = options.lang ?? result.run.language;
  if (language !== result.run.language)
    context.err(
      `bercail: ${sayIn(language, context)('report.language', { path, language: result.run.language })}\n`,
    );
  await withProgress(options, context, language, async (context) =>
    writeReports(await forAudience(result, options), formats, options, context, language),
  );
  if (bundle !== undefined) {
    const { writePublicBundle } = await import('./public-bundle.ts');
    await writePublicBundle(
      result,
      await readBytes(path, maxZipBytes),
      { ...options, bundle, formats },
      context,
    );
  }
  return 0;
}
