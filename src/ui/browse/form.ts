import { isDay } from '../../yaml/format.ts';

export interface Field {
  readonly name: 'reason' | 'approved_by' | 'expires' | 'link' | 'file';
  readonly value: string;
}

/** A few questions, one a line. */
export interface Form {
  readonly kind: 'waive' | 'export';
  readonly fields: readonly Field[];
  /** The field that is typed in. */
  readonly at: number;
  /** Key of the message that says what is wrong with it. */
  readonly problem: string | null;
  /** Positions of the entries that it is about. */
  readonly targets: readonly number[];
}

export function waiveForm(targets: readonly number[]): Form {
  const fields = (['reason', 'approved_by', 'expires', 'link'] as const).map((name) => ({ name, value: '' }));
  return { kind: 'waive', fields, at: 0, problem: null, targets };
}

export const exportFormats = ['csv', 'json', 'md'] as const;

export function exportForm(targets: readonly number[]): Form {
  const fields = [{ name: 'file', value: 'bercail-selection.csv' }] as const;
  return { kind: 'export', fields, at: 0, problem: null, targets };
}

export function valueOf({ fields }: Form, name: Field['name']): string {
  return fields.find((field) => field.name === name)?.value.trim() ?? '';
}

/** Why a field cannot be as it is: the key of a message; null when it can. */
export function problemOf({ name, value }: Field, today: string): string | null {
  const text = value.trim();
  switch (name) {
    case 'reason':
    case 'approved_by':
      return text === '' ? `browse.problem.${name}` : null;
    case 'expires':
      if (!isDay(text)) return 'browse.problem.day';
      return text < today ? 'browse.problem.past' : null;
    case 'file':
      return exportFormats.some((format) => text.endsWith(`.${format}`)) ? null : 'browse.problem.file';
    case 'link':
      return null;
  }
}

const segmenter = new Intl.Segmenter();

/** A key typed into the field; null where the key is none of the field's. */
export function edit(form: Form, key: string): Form | null {
  const field = form.fields[form.at];
  if (!field) return null;
  const value = edited(field.value, key);
  if (value === null) return null;
  const fields = form.fields.with(form.at, { ...field, value });
  return { ...form, fields, problem: null };
}

/** A text after a key; null for a key that does not edit. */
export function edited(text: string, key: string): string | null {
  switch (key) {
    case '<backspace>':
      return [...segmenter.segment(text)]
        .slice(0, -1)
        .map(({ segment }) => segment)
        .join('');
    case '<ctrl-u>':
      return '';
    case '<ctrl-w>':
      return text.trimEnd().replace(/(?<!\S)\S+$/, '');
    default:
      return isSpecial(key) ? null : text + key;
  }
}

/** Keys that write nothing have names in angle brackets; `<` alone is a character. */
export function isSpecial(key: string): boolean {
  return /^<[a-z-]+>$/.test(key);
}
