import { choice, flag, type JsonSchema, list, mapOf, record, type Shape, text } from '../../yaml/schema.ts';

/** The kinds of catalog file, by the one key that holds their entries. */
export const kinds = [
  'regions',
  'providers',
  'countries',
  'cities',
  'laws',
  'categories',
  'purposes',
] as const;
export type Kind = (typeof kinds)[number];

const day = (description: string): JsonSchema => ({ description, type: 'string', format: 'day' });
const country = (description: string): JsonSchema => ({ description, type: 'string', format: 'country' });
const optional = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const bilingual = (description: string): JsonSchema =>
  record(description, { fr: text('In French.'), en: text('In English.') }, ['fr', 'en']);

const mark = choice('How far the fact is verified.', {
  verified: 'Seen in the official text or list, or in a source that was retrieved.',
  secondary: 'Seen in a secondary source, or confirmed by a second reading without the text.',
  to_verify: 'From knowledge, or not certain.',
});
const sourced: Shape = {
  source: text('Where the fact comes from.'),
  checked_on: day('The day a person last looked.'),
  mark,
};
const interval: Shape = {
  from: optional(day('First day; null when it is not known or has always been so.')),
  to: optional(day('Last day, included; null when it is not known or still holds.')),
};

const qualification: Shape = {
  scheme: text('The scheme, such as secnumcloud or hds.'),
  ...interval,
  seen_on: day('A day on which an official list showed it.'),
  mark,
};
const basis = choice('What kind of duty the text makes.', {
  law: 'A law, a regulation, a judgment.',
  doctrine: 'Guidance of an authority, a circular, a good practice.',
  contract: 'A clause between parties.',
  demand: 'A demand of a stakeholder: on record, not a duty.',
});

const shapes: { readonly [kind in Kind]: { readonly entry: Shape; readonly required: readonly string[] } } = {
  regions: {
    required: ['countries'],
    entry: {
      city: text('The city or area.'),
      countries: list(
        'Every country known to hold the data; ZZ when the provider names none.',
        country('A country.'),
        { minItems: 1 },
      ),
      aliases: list('Other spellings of the code.', text('A spelling.')),
      scope: choice('What the code stands for.', {
        region: 'One place.',
        multi_region: 'Several places.',
        edge: 'Points of presence in many countries.',
        global: 'No place in particular.',
      }),
      complete: flag('False when there may be other countries.'),
      paired_region: text('The region that geo-redundant copies go to.'),
      note: text('What else to know.'),
    },
  },
  providers: {
    required: ['name', 'legal_entity', 'seat', 'kind', 'owners', 'exposures', 'offers'],
    entry: {
      name: text('The name that people use.'),
      legal_entity: text('The company that contracts.'),
      seat: country('The country of its seat.'),
      kind: choice('What it is.', {
        public_body: 'A public body.',
        company: 'A company.',
        association: 'An association.',
      }),
      owners: optional(
        list(
          'From the direct owner to the ultimate parent; null when not known, empty when it owns itself.',
          record('An owner.', { name: text('Its name.'), country: optional(country('Its country.')) }, [
            'name',
            'country',
          ]),
        ),
      ),
      exposures: optional(
        list(
          'Laws from outside the Union that reach it; null when not known, empty for a known none.',
          record(
            'An exposure.',
            {
              law: text('Id in the law index.'),
              reach: choice('Through what.', {
                owner: 'Its owner.',
                subsidiary: 'A subsidiary.',
                order: 'An order to itself.',
              }),
              status: choice('How certain.', {
                in_force: 'In force.',
                contested: 'Contested.',
                under_review: 'Under review.',
              }),
              from: day('First day, when it is later than the law.'),
            },
            ['law', 'reach', 'status'],
          ),
        ),
      ),
      offers: mapOf(
        'Its offers.',
        record(
          'An offer.',
          {
            qualifications: list(
              'Empty when it is known to have none.',
              record('A qualification.', qualification, ['scheme', 'mark']),
            ),
            note: text('What else to know.'),
          },
          ['qualifications'],
        ),
      ),
      complete_for: list('Schemes for which every qualified offer is named here.', text('A scheme.')),
      company_certificates: list(
        'Certificates whose offers are not known.',
        record('A certificate.', { ...qualification, note: text('What else to know.') }, ['scheme', 'mark']),
      ),
      endpoints: list('Host-name suffixes of its S3 endpoints.', {
        description: 'A suffix.',
        type: 'string',
        pattern: '^(\\.[a-z0-9-]+)+$',
        'x-expected': 'a suffix such as .example.org',
      }),
      endpoints_mark: mark,
      note: text('What else to know.'),
    },
  },
  countries: {
    required: ['name'],
    entry: {
      name: bilingual('Its name.'),
      eea: list(
        'When it was in the European Economic Area, or treated so.',
        record('An interval.', { status: text('By what.'), ...interval, ...sourced }, ['status']),
      ),
      france: list(
        'For territories of France.',
        record(
          'An interval.',
          {
            status: choice('Where it stands.', {
              eu_territory: 'In the territory of the Union.',
              outside_eu: 'Outside it.',
            }),
            ...interval,
            ...sourced,
          },
          ['status'],
        ),
      ),
      adequacy: list(
        'Adequacy decisions.',
        record(
          'A decision.',
          {
            decision: text('Its number.'),
            valid_from: day('First day.'),
            valid_to: optional(day('Last day, included.')),
            condition: record(
              'What the recipient must be.',
              { scheme: text('Its short name.'), text: bilingual('In words.') },
              ['scheme', 'text'],
            ),
            scope: bilingual('What it leaves out.'),
            struck_down: day('The day a court ended it.'),
            ...sourced,
          },
          ['decision', 'valid_from'],
        ),
      ),
      disclosure_laws: list(
        'Laws that oblige an owner to have its subsidiaries disclose.',
        text('Id in the law index.'),
      ),
    },
  },
  cities: { required: ['name'], entry: { name: bilingual('Its name.') } },
  laws: {
    required: ['label', 'title'],
    entry: {
      label: bilingual('How to cite it.'),
      title: bilingual('What it is about.'),
      url: optional({ description: 'The official text.', type: 'string', format: 'web_address' }),
      basis,
      ...interval,
      contested: flag('True when its reading or force is contested.'),
      replaced_by: text('Id of the text that replaced it.'),
    },
  },
  categories: { required: ['label'], entry: termShape() },
  purposes: { required: ['label'], entry: termShape() },
};

function termShape(): Shape {
  return {
    label: bilingual('What people call it.'),
    dpv: {
      description: 'The W3C DPV term.',
      type: 'string',
      pattern: '^dpv(-pd)?:[A-Z]\\w+$',
      'x-expected': 'a term such as dpv-pd:Name',
    },
  };
}

/** What the head of a file may say for all its entries, beside source, day and mark. */
const heads: { readonly [kind in Kind]: Shape } = {
  regions: { provider: text('Whose regions these are.') },
  providers: {},
  countries: {},
  cities: {},
  laws: { basis, url: text('The official text.'), ...interval, contested: flag('True when contested.') },
  categories: {},
  purposes: {},
};

/** JSON Schema 2020-12 of one kind of catalog file. */
export function catalogSchema(kind: Kind): JsonSchema {
  const { entry, required } = shapes[kind];
  return record(
    'A file of the catalog.',
    {
      ...sourced,
      ...heads[kind],
      [kind]: mapOf('Entries by their id.', record('An entry.', { ...sourced, ...entry }, required)),
    },
    [kind, ...(kind === 'regions' ? ['provider'] : [])],
  );
}
