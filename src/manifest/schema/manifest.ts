import { type JsonSchema, record } from '../../yaml/schema.ts';
import { activity } from './activity.ts';
import { asset } from './asset.ts';
import { attestation, claim } from './claim.ts';
import { dataset } from './dataset.ts';
import { flow } from './flow.ts';
import {
  basicForms,
  bool,
  country,
  date,
  entries,
  maybe,
  reference,
  section,
  sharedForms,
  words,
} from './form.ts';
import { organisation, transfer } from './organisation.ts';

const places = [
  record(
    'A region of a provider.',
    {
      provider: maybe('A provider of the catalog.', reference),
      region: maybe('Its region code.', reference),
    },
    ['provider'],
  ),
  record('A country.', { country: maybe('The country.', country) }, ['country']),
  record(
    'Several countries.',
    {
      countries: maybe('The countries.', {
        type: 'array',
        items: { anyOf: [country, { $ref: '#/$defs/unknown' }] },
        minItems: 1,
      }),
      complete: maybe('False when there may be others.', bool),
    },
    ['countries'],
  ),
];

const definitions = {
  ...basicForms,
  country: { description: 'A country: ISO 3166-1, two capital letters.', type: 'string', format: 'country' },
  title: {
    description: 'A text, or one in each language.',
    anyOf: [words, record('In each language.', { fr: words, en: words }, [], { minProperties: 1 })],
  },
  place: {
    description: 'Where something is declared to be.',
    anyOf: places,
    'x-expected': '{provider, region}, {country} or {countries, complete}',
  },
  ...sharedForms,
  transfer,
  organisation,
  dataset,
  asset,
  flow,
  activity,
  claim,
  attestation,
} satisfies { readonly [name: string]: JsonSchema };

/** JSON Schema 2020-12 of `bercail: manifest/v1`: what is validated, what is published, where types come from. */
export const manifestSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:bercail:manifest:v1',
  title: 'Manifest',
  ...record(
    'Data-flow manifest of Bercail (manifest/v1): who holds which data about pupils and staff, where, for what. Any value may be the word unknown: asked, and nobody could say.',
    {
      bercail: { description: 'The format of this file.', const: 'manifest/v1' },
      id: {
        description: 'Name of this manifest, unique in a run.',
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
        'x-expected': 'a name of letters, digits, dots, dashes and underscores',
      },
      title: maybe('What people call it.', { $ref: '#/$defs/title' }),
      as_of: maybe('The day that this describes. It does not set the day of an audit.', date),
      organisations: section('Legal entities, by name. DPV: dpv:LegalEntity.', 'organisation', [
        'name',
        'role',
      ]),
      datasets: section('Data, by name. DPV: dpv:Data.', 'dataset', ['subjects', 'categories']),
      assets: section('What holds or works on data, by name. DPV: dpv:Technology.', 'asset', [
        'kind',
        'operator',
      ]),
      flows: entries('Data that moves.', 'flow'),
      activities: section('Processing activities, by name.', 'activity', ['controller', 'datasets']),
      claims: entries('What people say about the data.', 'claim'),
      attestations: entries('Signed answers to what no machine can see.', 'attestation'),
    },
    ['bercail', 'id'],
  ),
  $defs: definitions,
};
