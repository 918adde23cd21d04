import { readResult } from '../../io/result.ts';
import type { Language } from '../../result/result.ts';
import { checkFormats } from '../audit.ts';
import type { CommandContext } from '../context.ts';
import { type ProgressOptions, withProgress } from '../progress.ts';
import { type AudienceOptions, forAudience, writeReports } from '../render.ts';

export interface ReportOptions extends AudienceOptions, ProgressOptions {
  readonly format?: readonly string[];
  readonly out?: string;
  readonly lang?: Language;
  readonly color?: boolean;
}

/** Renders a saved result. Its own sentences keep the language that the audit wrote them in. */
export async function runReport(
  path: string,
  options: ReportOptions,
  context: CommandContext,
): Promise<number> {
  const formats = options.format ?? ['text'];
  checkFormats(formats, options.out);
  const result = await readResult(path);
  const language = options.lang ?? result.run.language;
  if (language !== result.run.language)
    context.err(
      `bercail: ${path} was written in “${result.run.language}”: what its rules say stays in that language\n`,
    );
  await withProgress(options, context, language, async (context) =>
    writeReports(await forAudience(result, options), formats, options, context, language),
  );
  return 0;
}
