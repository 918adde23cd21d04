import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../io/root.ts';
import { translator } from '../../io/translate.ts';
import type { Field } from '../../manifest/field.ts';
import type { Messages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import type { Rule } from '../../rule/rule.ts';

/** What a schema says of its fields, in the reader's language. */
export function meanings(language: Language): (english: string) => string {
  if (language === 'en') return (english) => english;
  const table = JSON.parse(readFileSync(join(root, 'messages', 'manifest', `${language}.json`), 'utf8')) as {
    readonly [english: string]: string;
  };
  return (english) => table[english] ?? english;
}

/** A field as its author needs to know it: what it means, what it takes, what rests on it. */
export function fieldText(field: Field, rules: readonly Rule[], language: Language, say: Messages): string {
  const meaning = meanings(language);
  const { path, words, fields } = field;
  const readers = rules.filter((rule) => reads(rule, path)).map(({ id }) => id);
  return [
    `${path}  ${meaning(field.meaning)}`,
    '',
    say(field.isRequired ? 'explain.required' : 'explain.optional'),
    say('explain.takes', { what: translator(language)(field.expected) }),
    ...table(
      say('explain.words'),
      words.map(({ word, meaning: told }) => [word, meaning(told)]),
    ),
    ...table(
      say('explain.fields'),
      fields.map(({ name, meaning: told }) => [name, meaning(told)]),
    ),
    ...(readers.length > 0 ? ['', say('explain.readers', { list: readers.join(', ') })] : []),
    '',
  ].join('\n');
}

/** A heading and two columns. */
export function table(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return ['', title, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd())];
}

const nounOf: { readonly [section: string]: string } = {
  organisations: 'organisation',
  datasets: 'dataset',
  assets: 'asset',
  flows: 'flow',
  activities: 'activity',
};

/** Rules name facts from what they judge: `asset.kind`, or `encryption.at_rest` where it is of the subject itself. */
function reads(rule: Rule, path: string): boolean {
  const [section = '', ...rest] = path.split('.');
  const noun = nounOf[section];
  if (noun === undefined || rest.length === 0) return false;
  const wanted = rest.join('.');
  const targets: readonly string[] = [...rule.judgements.keys()];
  const isOwn = targets.includes(noun) || (/asset|dataset/.test(noun) && targets.includes('holding'));
  return rule.facts
    .map((fact) => fact.replaceAll('[]', ''))
    .some((fact) => fact === `${noun}.${wanted}` || (isOwn && fact === wanted));
}
