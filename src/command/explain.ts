import { BercailError } from '../error.ts';
import { readLast } from '../io/last.ts';
import { readResult } from '../io/result.ts';
import type { Finding, Language } from '../result/result.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { writeReports } from './render.ts';
import { findRule, showRule } from './rules.ts';

export interface ExplainOptions {
  readonly result?: string;
  readonly pack?: readonly string[];
  readonly lang?: Language;
}

/** A rule by id or name, or a finding of the last result by the start of its id. */
export async function explain(id: string, options: ExplainOptions, context: CommandContext): Promise<number> {
  const language = options.lang ?? localeLanguage(context.env);
  if (await findRule(id, options)) return showRule(id, options, context);
  const result =
    options.result === undefined ? await readLast(context.env) : await readResult(options.result);
  const found = result?.findings.filter((finding) => finding.id.startsWith(id.toLowerCase())) ?? [];
  if (result && found.length > 0 && id.length >= 4) {
    await writeReports(
      { ...result, findings: found, unknowns: [], coverage: { ...result.coverage, gaps: [] }, warnings: [] },
      ['text'],
      {},
      context,
      language,
    );
    const [first] = found as [Finding];
    await context.out('\n');
    return showRule(first.rule, options, context);
  }
  throw new BercailError('not_found', {
    message: `no rule and no finding of the last result is called ${id}`,
    hint: '`bercail rules list` lists the rules; ids of findings are in the report',
  });
}
