import { type JsonSchema, record } from '../../yaml/schema.ts';
import { bool, listOf, maybe, no, none, oneOf, reference, words } from './form.ts';

export const flow: JsonSchema = record(
  'A dataset moving from one asset to another. DPV: dpv:Transfer.',
  {
    id: {
      description: 'Its name, unique in the manifest.',
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
      'x-expected': 'a name of letters, digits, dots, dashes and underscores',
    },
    from: maybe('An asset, or schools, families or internet. DPV: dpv:DataSource.', reference),
    to: maybe('An asset, or schools, families or internet.', reference),
    datasets: listOf('What moves.', reference, { minItems: 1 }),
    recipient: maybe(
      'The organisation that receives it; false: nobody new. DPV: dpv:Recipient.',
      reference,
      no,
    ),
    kind: oneOf('How the data gets there.', {
      copy: 'It is sent. DPV: dpv:Transfer.',
      remote_access: 'It is seen from there. DPV: dpv:Access.',
      support: 'It is seen from there, to mend something. DPV: dpv:Access.',
      administration: 'It is seen from there, to run the service. DPV: dpv:Access.',
    }),
    directory: maybe(
      'Whether it feeds a directory: a roster, accounts. DPV: dpv:IdentityManagementMethod.',
      bool,
    ),
    frequency: maybe('How often: systematic, occasional… DPV: dpv:Frequency.', words),
    transfer: maybe(
      'What this flow rests on when it leaves the EEA: wins over the organisation’s.',
      { $ref: '#/$defs/transfer' },
      none({ tool: 'none' }, 'Nothing.'),
    ),
  },
  ['id', 'from', 'to', 'datasets'],
);
