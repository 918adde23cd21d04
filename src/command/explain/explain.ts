import { nearest } from '../../catalog/nearest.ts';
import { BercailError } from '../../error.ts';
import { readLastOr } from '../../io/result.ts';
import { fieldAt, fieldPaths } from '../../manifest/field.ts';
import type { Finding, Language, Result } from '../../result/result.ts';
import { quote } from '../../yaml/quote.ts';
import { suggest } from '../../yaml/validate.ts';
import { type CommandContext, localeLanguage } from '../context.ts';
import { writeReports } from '../render.ts';
import { loadRules, showRule } from '../rules.ts';
import { sayIn } from '../say.ts';
import { fieldText } from './field-text.ts';
import { findWord, glossary, glossaryText, namesOf, wordText } from './glossary.ts';

export interface ExplainOptions {
  readonly result?: string;
  readonly pack?: readonly string[];
  readonly lang?: Language;
}

/** A rule, a finding of the last result by the start of its id, a field of the manifest, or a word. */
export async function explain(
  asked: string,
  options: ExplainOptions,
  context: CommandContext,
): Promise<number> {
  const language = options.lang ?? localeLanguage(context.env);
  const say = sayIn(language, context);
  const rules = (await loadRules(options)).flatMap((pack) => pack.rules);
  const rule = rules.find(
    ({ id, source }) => id.toLowerCase() === asked.toLowerCase() || source.name === asked,
  );
  if (rule) return showRule(rule.id, options, context);
  const last = await readLastOr(options.result, context.env);
  const result = last?.result;
  const found = result?.findings.filter(({ id }) => id.startsWith(asked.toLowerCase())) ?? [];
  if (result && found.length > 0 && asked.length >= 4)
    return explainFindings(result, found, options, context);
  const field = fieldAt(asked === 'manifest' ? '' : asked);
  const words = glossary();
  const word = findWord(asked, words);
  // `manifest` and the like are both: the shorter path is a word first.
  if (word && (!field || !asked.includes('.'))) {
    await context.out(wordText(word, words, language, say));
    if (!field) return 0;
    await context.out('\n');
  }
  if (field) await context.out(fieldText({ ...field, path: field.path || 'manifest' }, rules, language, say));
  else if (/^(glossary|glossaire)$/i.test(asked)) await context.out(glossaryText(words, language, say));
  else {
    const names = [
      ...rules.flatMap(({ id, source }) => [id, source.name]),
      ...words.flatMap(namesOf),
      ...(result?.findings ?? []).map(({ id }) => id),
    ];
    throw new BercailError('not_found', {
      message: `no rule, finding, field of the manifest or word is called ${quote(asked)}`,
      hint:
        suggestion(asked, names) ??
        (last && last.left_out.findings > 0 && /^[0-9a-f]{4,}$/i.test(asked) ? tooMany : null) ??
        '`bercail rules list` lists the rules, `bercail explain manifest` the fields, `bercail explain glossary` the words',
    });
  }
  return 0;
}

const tooMany =
  'of a large result only the gravest findings are kept: write it with --format json, and name it with --result';

async function explainFindings(
  result: Result,
  findings: readonly Finding[],
  options: ExplainOptions,
  context: CommandContext,
): Promise<number> {
  const language = options.lang ?? localeLanguage(context.env);
  const coverage = { ...result.coverage, gaps: [] };
  const only = { ...result, findings, unknowns: [], coverage, warnings: [] };
  await writeReports(only, ['text'], {}, context, language);
  await context.out('\n');
  return showRule(findings[0]?.rule ?? '', options, context);
}

/** The nearest names; of fields, also those that end in the words asked for. */
function suggestion(asked: string, names: readonly string[]): string | undefined {
  const paths = fieldPaths();
  const ends = paths.filter((path) => path.endsWith(`.${asked}`));
  // A path is like another when most of its steps are.
  const near = asked.includes('.') ? nearest(asked, paths, 3) : [];
  const all = [...ends.slice(0, 3), ...near];
  return all.length > 0
    ? `did you mean ${[...new Set(all)].slice(0, 3).map(quote).join(' or ')}?`
    : suggest(asked, [...names, ...paths]);
}
