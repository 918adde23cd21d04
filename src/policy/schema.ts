import { basisWords, severityWords } from '../rule/schema.ts';
import { anyOf, choice, flag, type JsonSchema, list, mapOf, record, text } from '../yaml/schema.ts';

const anyText = (description: string): JsonSchema =>
  anyOf(
    description,
    text('The same in every language.'),
    record('In each language.', { fr: text('In French.'), en: text('In English.') }, [], {
      minProperties: 1,
    }),
  );
const params = (description: string): JsonSchema => ({ description, type: 'object' });
const categories = list(
  'Categories of the catalog, as dotted paths (education.results).',
  text('A category.'),
);

export const unknownGateWords = {
  observed: 'A fact that a source of the run should have given and did not makes the run incomplete.',
  all: 'Every unknown makes the run incomplete, those that only a manifest or a person can lift too.',
  none: 'No unknown does.',
} as const;
export const failOnWords = { ...severityWords, never: 'No failure fails the gate.' } as const;
export const untaggedWords = {
  unknown: 'It holds data of which nothing is known: what depends on it is unknown.',
  pupil_data: 'It is taken to hold data about pupils.',
  none: 'It is taken to hold no personal data.',
} as const;

const pack = record('A pack and how it is taken.', {
  params: params('Values for the parameters that rules of this pack declare, by name.'),
  path: text('The folder of a pack of your own, relative to this file.'),
  sha256: {
    description: 'Its digest: a pack that changed is refused.',
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    'x-expected': 'the 64 hexadecimal digits of a SHA-256',
  },
});

const select = record('Which rules of `packs` of this file are taken; all, when left out.', {
  basis: list('Rules of these kinds of duty only.', choice('A kind of duty.', basisWords), { minItems: 1 }),
  contested: flag('true: contested rules only; false: none of them.'),
});

const setting = record('What changes for this rule.', {
  enabled: flag(
    'false turns the rule off: say why, and until when. true brings in a rule that no pack of the policy does.',
  ),
  reason: anyText('Why it is off. Reports show it.'),
  expires: {
    description: 'The last day it is off, YYYY-MM-DD.',
    type: 'string',
    format: 'day',
  },
  severity: choice(
    'How grave a failure is for this organisation, instead of what the rule says.',
    severityWords,
  ),
  params: params('Values for the parameters of this rule, by name. They win over those of its pack.'),
});

const tagClass = anyOf(
  'What a store with this tag holds. A list is short for data about pupils under discretion.',
  categories,
  record(
    'What it holds.',
    {
      categories,
      subjects: list('Whom it is about: pupil, guardian, teacher, staff.', text('A kind of person.')),
      secrecy: choice('Which secrecy covers it.', {
        none: 'None.',
        discretion: 'Professional discretion of public servants.',
        secret: 'Professional secrecy of health and social staff.',
      }),
    },
    ['categories'],
  ),
);

/** Schema of a policy file, for the reader and for editors. */
export const policySchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:bercail:policy:v1',
  title: 'Policy',
  ...record(
    'A policy of Bercail (policy/v1): what one organisation enforces.',
    {
      bercail: { description: 'The format of this file.', const: 'policy/v1' },
      name: {
        description: 'Its name.',
        type: 'string',
        pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
        'x-expected': 'words of small letters and digits, joined by dashes',
      },
      title: anyText('What people call it.'),
      description: anyText('Whom it is for and what it decides.'),
      extends: list(
        'Policies that this one starts from: names of built-in ones, or paths.',
        text('A name or a path.'),
      ),
      packs: mapOf('The packs that it enforces, by name.', pack),
      select,
      rules: mapOf('What changes for single rules, by code.', setting),
      classification: record('Which datasets observed stores hold, when no manifest names them.', {
        tags: mapOf(
          'By key of a tag, then by its value. Case does not matter.',
          mapOf('By value of the tag.', tagClass),
        ),
        untagged: choice('What a store is taken to hold that is neither declared nor tagged.', untaggedWords),
      }),
      gate: record('What makes a run fail.', {
        fail_on: choice('The lowest severity of a failure that fails the gate. Default: high.', failOnWords),
        unknown: choice('Which unknowns make the run incomplete. Default: observed.', unknownGateWords),
      }),
    },
    ['bercail', 'name'],
  ),
};
