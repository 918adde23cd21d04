import { isTree, type Json } from '../../inventory/fact.ts';
import type { DeclaredNote, ResultContext } from '../../result/context.ts';
import type { Teller } from './teller.ts';

/** What a manifest says at a path: a value, that there is none, that nobody could say, or nothing at all. */
export type Declaration =
  | { readonly state: 'said'; readonly value: Exclude<Json, null> }
  | { readonly state: 'none' | 'asked' | 'silent' };

/** Reads fields of one thing by dotted path: `retention.period`. */
export type Declared = (path: string) => Declaration;

export function declarationsOf(
  context: ResultContext | null,
): (type: DeclaredNote['type'], id: string) => Declared {
  const notes = new Map(context?.declared?.map((note) => [`${note.type} ${note.id}`, note.fields]));
  return (type, id) => {
    // One declaration may stand for several observed assets, `KEY/NAME`.
    const fields = notes.get(`${type} ${id}`) ?? notes.get(`${type} ${id.replace(/\/[^/]*$/, '')}`) ?? {};
    return (path) => at(fields, path.split('.'));
  };
}

function at(value: Json | undefined, [step, ...rest]: readonly string[]): Declaration {
  if (value === undefined || value === null) return { state: 'silent' };
  if (value === 'unknown') return { state: 'asked' };
  if (step === undefined) return isNone(value) ? { state: 'none' } : { state: 'said', value };
  if (!isTree(value)) return { state: isNone(value) ? 'none' : 'silent' };
  return at(Object.hasOwn(value, step) ? value[step] : undefined, rest);
}

function isNone(value: Json): boolean {
  return value === false || value === 'none' || (Array.isArray(value) && value.length === 0);
}

/** In words; what is not there is marked for whoever completes the document, never guessed. */
export function declaredText(
  { say, prose, day }: Teller,
  declaration: Declaration,
  words?: (value: Exclude<Json, null>) => string,
): string {
  if (declaration.state !== 'said') return say(`declared.${declaration.state}`);
  const { value } = declaration;
  if (words) return words(value);
  if (value === true) return say('declared.yes');
  if (typeof value === 'string') return /^\d{4}(-\d{2}){0,2}$/.test(value) ? day(value) : prose(value);
  return prose(typeof value === 'number' ? String(value) : JSON.stringify(value));
}

const units = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;

/** An ISO 8601 duration of whole years, months, weeks and days in words; any other as it is. */
export function durationText({ language, list, prose }: Teller, value: Json): string {
  const text = typeof value === 'string' ? value : '';
  if (!/^P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/.test(text)) return prose(text);
  const parts = [...text.matchAll(/(\d+)([YMWD])/g)].map(([, count, letter]) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: units[letter as keyof typeof units],
      unitDisplay: 'long',
    }).format(Number(count)),
  );
  return list(parts);
}

/** A country that is not known to be inside the European Economic Area is outside it. */
export function isOutsideOf(context: ResultContext | null, code: string): boolean {
  return context?.countries.find(({ id }) => id === code)?.in_eea !== true;
}
