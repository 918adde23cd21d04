import type { Json } from '../../inventory/fact.ts';
import { choice, type JsonSchema, ref } from '../../yaml/schema.ts';

export const bool: JsonSchema = { type: 'boolean' };
export const words: JsonSchema = { type: 'string', pattern: '\\S', 'x-expected': 'a text' };

/** `false` or `none`, read as `false`: a known « there is none ». */
export const no = ref('no');
/** `false` or `none`, read as an empty list. */
const noList = none([], 'There is none.');

/** `false` or `none`, read as one canonical value. */
export function none(readAs: Json, description: string): JsonSchema {
  return { enum: [false, 'none'], description, 'x-reads-as': readAs };
}

/** One word of several, or `unknown`. Where `none` is a word, `false` is read as it. */
export function oneOf(description: string, meanings: { readonly [word: string]: string }): JsonSchema {
  const { none: absent, ...others } = meanings;
  const schema = choice(description, { ...others, unknown: 'Asked, and nobody could say.' });
  const consts = schema['oneOf'] as readonly JsonSchema[];
  return absent === undefined ? schema : { ...schema, oneOf: [none('none', absent), ...consts] };
}

export function listOf(description: string, items: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return maybe(description, { type: 'array', items, ...more }, noList);
}

/** A name that the manifest gives to one of its things. */
const keyPattern = '^(?!(unknown|none|schools|families|internet)$)[A-Za-z0-9][A-Za-z0-9._-]*$';
const keyExpected =
  'a name of letters, digits, dots, dashes and underscores, other than unknown, none, schools, families, internet';

/** A section: a map from names to things. A thing that is `unknown` is one of which every required field is. */
export function section(description: string, thing: string, required: readonly string[]): JsonSchema {
  const readAs = Object.fromEntries(required.map((field) => [field, 'unknown']));
  const asked = {
    const: 'unknown',
    description: 'It exists, and nobody could say more.',
    'x-reads-as': readAs,
  };
  return {
    description,
    anyOf: [
      {
        type: 'object',
        propertyNames: { pattern: keyPattern, 'x-expected': keyExpected },
        additionalProperties: { anyOf: [ref(thing), asked] },
      },
      { const: 'unknown', description: 'Asked, and nobody could say.', 'x-reads-as': {} },
    ],
  };
}

/** A section that is a list. */
export function entries(description: string, thing: string): JsonSchema {
  return {
    description,
    anyOf: [
      { type: 'array', items: ref(thing) },
      { enum: ['unknown', false, 'none'], description: 'None, or none known.', 'x-reads-as': [] },
    ],
  };
}

export const date = ref('partial_date');
export const country = ref('country');
export const duration: JsonSchema = { type: 'string', format: 'iso_duration' };
export const address: JsonSchema = { type: 'string', format: 'web_address' };
export const reference: JsonSchema = { type: 'string', pattern: '\\S', 'x-expected': 'a name' };

const unknown = ref('unknown');

/** What the words of every field rest on. */
export const basicForms: { readonly [name: string]: JsonSchema } = {
  unknown: { const: 'unknown', description: 'Asked, and nobody could say.' },
  no: { enum: [false, 'none'], description: 'There is none.', 'x-reads-as': false },
  partial_date: {
    description: 'A date: 2016, 2018-09 or 2018-09-26.',
    anyOf: [
      { type: 'string', format: 'partial_date' },
      { type: 'integer', minimum: 1000, maximum: 9999, 'x-reads-as': 'text', 'x-expected': 'a year' },
    ],
    'x-expected': 'a real date (2016, 2018-09 or 2018-09-26)',
  },
};

/** Forms that many fields share: named, so that each is compiled once. */
export const sharedForms: { readonly [name: string]: JsonSchema } = {
  maybe_flag: { anyOf: [bool, unknown] },
  maybe_text: { anyOf: [words, unknown] },
  maybe_text_or_none: { anyOf: [words, no, unknown] },
  maybe_name: { anyOf: [reference, unknown] },
  maybe_name_or_none: { anyOf: [reference, no, unknown] },
  maybe_date: { anyOf: [date, unknown] },
  maybe_date_or_none: { anyOf: [date, no, unknown] },
};

const nameOfForm = new Map(
  Object.entries(sharedForms).map(([name, schema]) => [JSON.stringify(schema['anyOf']), name]),
);

/** A value that may also be the word `unknown`: asked, and nobody could say. */
export function maybe(description: string, ...forms: readonly JsonSchema[]): JsonSchema {
  const all = [...forms, unknown];
  const name = nameOfForm.get(JSON.stringify(all));
  return name === undefined ? { description, anyOf: all } : { description, ...ref(name) };
}
