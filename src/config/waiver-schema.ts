import { type JsonSchema, record, text } from '../yaml/schema.ts';

const waiver = record(
  'An accepted failure.',
  {
    rule: text('Id of the rule.'),
    subject: text('Id of the subject, exact or with * and ?.'),
    reason: text('Why it is accepted.'),
    approved_by: text('Who accepted it.'),
    approved_on: { description: 'When, YYYY-MM-DD.', type: 'string', format: 'day' },
    expires: { description: 'Last day, YYYY-MM-DD. A malformed date counts as expired.' },
    link: text('Where it was discussed.'),
  },
  ['rule', 'subject', 'reason', 'approved_by', 'expires'],
);

const all: JsonSchema = { description: 'The waivers.', type: 'array', items: waiver };

/** JSON Schema 2020-12 of a file of waivers: a list, or a map with `waivers`. */
export const waiversSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:bercail:waivers:v1',
  title: 'Waivers',
  description: 'Accepted failures (waivers/v1), each with a reason, an approver and a last day.',
  anyOf: [
    all,
    record(
      'Waivers, with the version of the format.',
      { bercail: { description: 'The format of this file.', const: 'waivers/v1' }, waivers: all },
      ['waivers'],
    ),
  ],
  'x-expected': 'a list of waivers, or a map with the key waivers',
};
