import { type JsonSchema, record } from '../../yaml/schema.ts';
import { identifiability } from './dataset.ts';
import { bool, date, maybe, no, reference, words } from './form.ts';

export const claim: JsonSchema = record(
  'A statement about the data by a named party, with its source.',
  {
    about: maybe('A dataset, an asset, an organisation or an activity.', reference),
    says: maybe(
      'What it says.',
      record(
        'What it says.',
        {
          identifiability,
          contains: maybe('Categories that it says are in the data.', reference, {
            type: 'array',
            items: reference,
            minItems: 1,
          }),
          access_to_identities: maybe('Whether it can reach names.', bool),
          place: maybe('Where the data is.', { $ref: '#/$defs/place' }, { $ref: '#/$defs/country' }),
          own_use: maybe('Whether it uses the data for itself.', bool),
          informed: maybe('Whether people were told.', bool),
        },
        [],
        { minProperties: 1 },
      ),
    ),
    by: maybe('Who says so.', words),
    on: maybe('When.', date),
    source: maybe('Where: press, leaflet, letter, hearing…', words),
    ref: maybe('Title, address or file.', words),
  },
  ['about', 'says', 'by'],
);

export const attestation: JsonSchema = record(
  'A signed, dated, expiring answer to what no machine can see.',
  {
    rule: {
      description: 'The rule that it answers.',
      type: 'string',
      pattern: '\\S',
      'x-expected': 'the id of a rule such as GOV-07',
    },
    subject: {
      ...reference,
      description:
        'What it is about: a name of this manifest, DATASET@ASSET, or the id of something observed.',
    },
    answer: {
      description: 'The answer.',
      oneOf: [
        { enum: ['yes', true], description: 'What the rule asks for holds.', 'x-reads-as': 'yes' },
        { enum: ['no', false], description: 'It does not.', 'x-reads-as': 'no' },
        { const: 'unknown', description: 'Asked, and nobody could say.' },
      ],
    },
    signed_by: maybe('Who signed. Unsigned, it counts for nothing.', words, no),
    signed_on: maybe('When. Undated, it counts for nothing.', date, no),
    expires: maybe('Its last day. Expired, it counts for nothing.', date, no),
    evidence: maybe(
      'What it rests on.',
      record('A file.', {
        file: maybe('Its name.', words),
        sha256: maybe(
          'Its SHA-256.',
          {
            type: 'string',
            pattern: '^[0-9a-fA-F]{64}$',
            'x-expected': 'the 64 hexadecimal digits of a SHA-256',
          },
          words,
        ),
      }),
      words,
      no,
    ),
  },
  ['rule', 'subject'],
);
