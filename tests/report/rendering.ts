import { readFileSync } from 'node:fs';
import { cityWords } from '../../src/report/city.ts';
import { createMessages, type Messages, type MessageTable } from '../../src/report/message.ts';
import { reporters } from '../../src/report/registry.ts';
import type { ReportContext } from '../../src/report/reporter.ts';
import type { Language, Result } from '../../src/result/result.ts';

export const languages = ['en', 'fr'] as const satisfies readonly Language[];
/** The formats that are text; those with pictures and pages have tests of their own. */
export const formatNames = [
  'text',
  'json',
  'sarif',
  'junit',
  'gitlab',
  'gitlab-sast',
  'github',
  'markdown',
  'csv',
  'ocsf',
  'dpv',
  'pia',
  'registers',
] as const;

export function readRepository(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

export function messageTable(language: Language): MessageTable {
  return JSON.parse(readRepository(`messages/${language}.json`)) as MessageTable;
}

export function messagesOf(language: Language): Messages {
  return createMessages(language, messageTable(language));
}

/** A result in a format, as the command would write it; plain and 100 columns wide unless told. */
export async function render(
  format: string,
  result: Result,
  more: Partial<ReportContext> = {},
): Promise<string> {
  const language = result.run.language;
  const reporter = reporters[format];
  if (!reporter) throw new Error(`no format ${format}`);
  const { render: write } = await reporter.load();
  const context: ReportContext = {
    language,
    messages: createMessages(language, messageTable(language), cityWords(result, language)),
    color: false,
    width: null,
    hyperlinks: false,
    template: (name) => readRepository(`reports/templates/${name}`),
    ...more,
  };
  const rendered = await write(result, context);
  if (typeof rendered === 'string') return rendered;
  return rendered instanceof Uint8Array ? Buffer.from(rendered).toString('utf8') : [...rendered].join('');
}
