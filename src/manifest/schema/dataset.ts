import { type JsonSchema, record } from '../../yaml/schema.ts';
import { bool, listOf, maybe, no, none, oneOf, reference, words } from './form.ts';

const category = reference;

const field = record(
  'A column or a field.',
  {
    name: maybe('Its name.', words),
    role: oneOf('What it does to identify.', {
      identifier: 'It identifies by itself. DPV: dpv:IdentifyingPersonalData.',
      pseudonym: 'It stands for a person. DPV: dpv:PseudonymisedData.',
      quasi_identifier: 'It helps to single out, with others. DPV: dpv:PersonalData.',
      sensitive: 'It is what one would learn. DPV: dpv:SensitivePersonalData.',
      other: 'None of these. DPV: dpv:Data.',
    }),
    category: maybe('A category of the catalog.', category),
    distinct: maybe('How many values it takes.', { type: 'integer', minimum: 1 }),
    derived_from: maybe(
      'For a pseudonym: what it is computed from (an identifier, a name); none: it is random. DPV: dpv:FullyRandomisedPseudonymisation.',
      words,
      none('none', 'It is random.'),
    ),
    key_held_by: maybe('For a pseudonym: the organisation that can undo it; false: nobody.', reference, no),
    reused_across_years: maybe('For a pseudonym: whether a person keeps it from year to year.', bool),
  },
  ['name'],
);

export const identifiability = oneOf('How far persons can be told apart.', {
  identified: 'Names or identifiers are in it. DPV: dpv:IdentifyingPersonalData.',
  pseudonymised: 'A pseudonym stands for each person. DPV: dpv:PseudonymisedData.',
  anonymised: 'Nobody can be singled out, linked or inferred. DPV: dpv:AnonymisedData.',
  aggregated: 'Counts and averages only. DPV: dpv:StatisticallyConfidentialData.',
});

export const dataset: JsonSchema = record(
  'Data with its subjects, categories and secrecy.',
  {
    title: maybe('What people call it.', { $ref: '#/$defs/title' }),
    subjects: listOf('Whom it is about. DPV: dpv:DataSubject.', oneOfSubjects(), {
      minItems: 1,
      uniqueItems: true,
    }),
    categories: listOf(
      'Categories of the catalog, as dotted paths (education.results). DPV: dpv:PersonalData.',
      category,
      { minItems: 1 },
    ),
    secrecy: oneOf('Which secrecy covers it. DPV: dpv:ProfessionalConfidentialData.', {
      none: 'None.',
      discretion: 'Professional discretion of public servants. DPV: dpv:ConfidentialData.',
      secret: 'Professional secrecy of health and social staff. DPV: dpv:ProfessionalConfidentialData.',
    }),
    population: maybe('How many persons. DPV: dpv:DataSubjectScale.', { type: 'integer', minimum: 0 }),
    fields: listOf('Its columns, as far as they matter to identify.', field),
    identifiability,
    pseudonym_table: maybe(
      'The dataset that re-identifies this one, wherever it is held; false: none exists.',
      reference,
      no,
    ),
    art9_exception: maybe(
      'For special categories: the exception of GDPR 9(2) (gdpr.9.2.g); none: no exception. DPV: dpv:SpecialCategoryPersonalData.',
      { type: 'string', pattern: '^gdpr\\.9\\.2\\.[a-j]$', 'x-expected': 'gdpr.9.2.a to gdpr.9.2.j' },
      none('none', 'No exception.'),
    ),
    nir_text: maybe('For the NIR: the text that allows it here; false: none does. DPV: dpv:Law.', words, no),
    ranking: maybe('Whether it ranks pupils or classes.', bool),
    public_archive: maybe('Whether it is a public archive.', bool),
    published: maybe(
      'Aggregates: published to whom; false: not published.',
      words,
      { type: 'array', items: words },
      bool,
      none(false, 'Not published.'),
    ),
  },
  ['subjects', 'categories'],
);

function oneOfSubjects(): JsonSchema {
  const subjects = oneOf('A kind of person.', {
    pupil: 'A pupil. DPV: dpv:Student.',
    guardian: 'A parent or guardian. DPV: dpv:GuardianOfDataSubject.',
    teacher: 'A teacher. DPV: dpv:Employee.',
    staff: 'Other staff. DPV: dpv:Employee.',
  });
  const consts = subjects['oneOf'] as readonly JsonSchema[];
  return { ...subjects, oneOf: consts.filter((one) => one['const'] !== 'unknown') };
}
