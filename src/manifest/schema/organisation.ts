import { type JsonSchema, record } from '../../yaml/schema.ts';
import { address, bool, country, date, listOf, maybe, no, none, oneOf, reference, words } from './form.ts';

const clause = (letter: string, what: string): JsonSchema => maybe(`GDPR 28(3)(${letter}): ${what}`, bool);

const clauses = record('The clauses that GDPR 28(3)(a)-(h) asks for.', {
  instructions: clause('a', 'processing only on documented instructions.'),
  confidentiality: clause('b', 'persons bound to confidentiality.'),
  security: clause('c', 'the measures of article 32.'),
  sub_processing: clause('d', 'conditions for engaging another processor.'),
  rights_assistance: clause('e', 'help to answer requests from data subjects.'),
  compliance_assistance: clause('f', 'help with security, breaches and impact assessments.'),
  return_or_deletion: clause('g', 'return or deletion at the end.'),
  audit: clause('h', 'information and audits.'),
});

const tender = record('How the contract was awarded.', {
  held: maybe('Whether there was a tender.', bool),
  sovereignty_criterion: maybe('Whether sovereignty or place was weighed.', bool),
  reversibility_criterion: maybe('Whether getting the data back was weighed.', bool),
});

const contract = record('The processing contract. DPV: dpv:DataProcessingAgreement.', {
  reference: maybe('Its number or title.', words, no),
  signed: maybe('When it was signed; false: it is not.', date, no),
  governing_law: maybe('The country whose law governs it.', country, no),
  courts: maybe('The country whose courts decide.', country, no),
  tender: maybe('How it was awarded; false: there was no tender.', tender, no),
  published: maybe(
    'Address of the award notice or essential data; false: not published.',
    address,
    words,
    no,
  ),
  clauses: maybe('The clauses of GDPR 28(3); false: none of them.', clauses, no),
  own_use_prohibited: maybe('No use for its own purposes, product or model training.', bool),
  challenge_foreign_orders: maybe('It must challenge orders from third countries (GDPR 48).', bool),
});

const grounds: { readonly [ground: string]: string } = {
  a: 'Explicit consent. DPV: eu-gdpr:A49-1-a.',
  b: 'A contract with the person. DPV: eu-gdpr:A49-1-b.',
  c: 'A contract in their interest. DPV: eu-gdpr:A49-1-c.',
  d: 'Important reasons of public interest. DPV: eu-gdpr:A49-1-d.',
  e: 'Legal claims. DPV: eu-gdpr:A49-1-e.',
  f: 'Vital interests. DPV: eu-gdpr:A49-1-f.',
  g: 'A public register. DPV: eu-gdpr:A49-1-g.',
  compelling: 'Compelling legitimate interests, once (second subparagraph). DPV: eu-gdpr:A49-2.',
};

export const transfer = record('What a transfer to a third country rests on (GDPR chapter V).', {
  tool: oneOf('The tool.', {
    none: 'No tool.',
    scc: 'Standard contractual clauses. DPV: eu-gdpr:StandardContractualClauses.',
    bcr: 'Binding corporate rules. DPV: eu-gdpr:BindingCorporateRules.',
    derogation: 'A derogation of article 49. DPV: eu-gdpr:A49-1-a and following.',
  }),
  tia: maybe(
    'When the transfer impact assessment was made. DPV: dpv:DataTransferImpactAssessment.',
    date,
    none('none', 'None was made.'),
  ),
  measures: listOf('Supplementary measures. DPV: eu-gdpr:SupplementaryMeasure.', words),
  ground: {
    description: 'For a derogation: the ground of article 49.',
    oneOf: [
      none('none', 'No ground.'),
      ...Object.entries(grounds).map(([letter, meaning]) => ({
        const: `gdpr.49.1.${letter}`,
        description: meaning,
      })),
      { const: 'unknown', description: 'Asked, and nobody could say.' },
    ],
  },
});

export const qualification = record(
  'A qualification or certification and its days.',
  {
    scheme: maybe('Its scheme: dpf, privacy_shield, safe_harbour, pipeda, appi, secnumcloud, hds…', {
      type: 'string',
      pattern: '^[a-z0-9][a-z0-9_.-]*$',
      'x-expected':
        'the name of a scheme in small letters (dpf, privacy_shield, safe_harbour, pipeda, appi, secnumcloud, hds)',
    }),
    from: maybe('First day.', date),
    to: maybe('Last day; null: no end is set.', date, { type: 'null' }),
  },
  ['scheme'],
);

export const organisation: JsonSchema = {
  ...record(
    'A legal entity: controller, processor, sub-processor, recipient.',
    {
      name: maybe('Its legal name. Required, unless `provider` names a provider of the catalog.', words),
      provider: maybe(
        'Key of a provider of the catalog: its name, seat, owners, exposure and offers come from there.',
        reference,
      ),
      role: oneOf('Its part in the processing.', {
        controller: 'Decides why and how. DPV: dpv:DataController.',
        joint_controller: 'Decides with others (GDPR 26). DPV: dpv:JointDataControllers.',
        processor: 'Works for the controller (GDPR 28). DPV: dpv:DataProcessor.',
        sub_processor: 'Works for a processor (GDPR 28(2)). DPV: dpv:DataSubProcessor.',
        recipient: 'Receives the data. DPV: dpv:Recipient.',
        authority: 'A public authority. DPV: dpv:Authority.',
      }),
      engaged_by: maybe('The organisation that engaged it; false: nobody did.', reference, no),
      kind: oneOf('What it is.', {
        public_body: 'A public body. DPV: dpv:PublicSectorBody.',
        company: 'A company. DPV: dpv:ForProfitOrganisation.',
        association: 'An association. DPV: dpv:NonProfitOrganisation.',
        individual: 'A person. DPV: dpv:NaturalPerson.',
      }),
      public_level: oneOf('For a public body: its level.', {
        state: 'The State. DPV: dpv:NationalAuthority.',
        operator: 'An operator of the State. DPV: dpv:GovernmentalOrganisation.',
        local: 'A region, a department, a town. DPV: dpv:RegionalAuthority.',
        school: 'A school. DPV: dpv:EducationalOrganisation.',
      }),
      seat: maybe('The country of its seat.', country),
      dpo: maybe(
        'Its data protection officer; false: none. DPV: dpv:DataProtectionOfficer.',
        record('The officer.', { contact: maybe('How to reach them.', words, no) }),
        no,
      ),
      owner: maybe(
        'Its ultimate parent; false: none. For a provider of the catalog it comes from there.',
        record('The ultimate parent. DPV: dpv:ParentLegalEntity.', {
          name: maybe('Its name.', words),
          country: maybe('The country of its seat.', country),
        }),
        no,
      ),
      address: maybe('Its postal address. DPV: dpv:hasAddress.', words, no),
      authorised: maybe(
        'GDPR 28(2): the date or the document that authorised this sub-processor; false: none did.',
        dateOrDocument(),
        no,
      ),
      contract: maybe('The processing contract; false: there is none.', contract, no),
      due_diligence: maybe(
        'What was checked before engaging it; false: nothing.',
        record('The check.', {
          dated: maybe('When.', date, no),
          adverse_events: listOf('Breaches, fines, judgments that are known.', words),
        }),
        no,
      ),
      breach_procedure: maybe(
        'What it does when data leaks; false: nothing is written. DPV: dpv:DataBreachNotice.',
        record('The procedure.', {
          notifies_controller: maybe('For a processor: it warns the controller without undue delay.', bool),
          within_72h: maybe('For a controller: it notifies the authority within 72 hours.', bool),
        }),
        no,
      ),
      transfer: maybe(
        'What transfers to it rest on; false: nothing.',
        transfer,
        none({ tool: 'none' }, 'Nothing.'),
      ),
      certifications: listOf('Certifications of the organisation itself.', qualification),
      offers: maybe(
        'Its offers: qualifications belong to an offer, not to a company.',
        {
          type: 'object',
          additionalProperties: {
            anyOf: [
              record('An offer.', { qualifications: listOf('Its qualifications.', qualification) }),
              { $ref: '#/$defs/unknown' },
            ],
          },
        },
        none({}, 'None.'),
      ),
    },
    ['role'],
  ),
  anyOf: [{ required: ['name'] }, { required: ['provider'] }],
  'x-expected': 'a map with a name (or a provider of the catalog) and a role',
};

/** A day, or the name of a document. */
export function dateOrDocument(): JsonSchema {
  return {
    anyOf: [
      { type: 'string', format: 'date_or_text' },
      { type: 'integer', minimum: 1000, maximum: 9999, 'x-reads-as': 'text', 'x-expected': 'a year' },
    ],
  };
}
