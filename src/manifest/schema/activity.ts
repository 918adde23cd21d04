import { type JsonSchema, record } from '../../yaml/schema.ts';
import { address, bool, date, duration, listOf, maybe, no, none, reference, words } from './form.ts';
import { dateOrDocument } from './organisation.ts';

const bases = {
  a: 'Consent',
  b: 'Contract',
  c: 'Legal obligation',
  d: 'Vital interests',
  e: 'Public interest or official authority',
  f: 'Legitimate interests',
};

export const activity: JsonSchema = record(
  'A processing activity (GDPR 30). DPV: dpv:Process.',
  {
    title: maybe('What people call it.', { $ref: '#/$defs/title' }),
    controller: maybe('The organisation that decides. DPV: dpv:hasDataController.', reference),
    joint_controllers: listOf(
      'Organisations that decide with it (GDPR 26). DPV: dpv:JointDataControllers.',
      reference,
    ),
    joint_arrangement: maybe(
      'The day or the document of their arrangement; false: none.',
      dateOrDocument(),
      no,
    ),
    started: maybe('When it began; false: not yet.', date, no),
    purposes: listOf(
      'Purposes of the catalog, as dotted paths (education.assessment). DPV: dpv:Purpose.',
      reference,
    ),
    legal_basis: {
      description: 'Its basis in GDPR 6(1); none: no basis. DPV: dpv:LegalBasis.',
      oneOf: [
        none('none', 'No basis.'),
        ...Object.entries(bases).map(([letter, meaning]) => ({
          const: `gdpr.6.1.${letter}`,
          description: `${meaning}. DPV: eu-gdpr:A6-1-${letter}.`,
        })),
        { const: 'unknown', description: 'Asked, and nobody could say.' },
      ],
    },
    legal_text: maybe('The national text that it rests on. DPV: dpv:Law.', words, no),
    datasets: listOf('The datasets that it uses.', reference),
    retention: maybe(
      'How long the data is declared to be kept; false: no limit.',
      record('Retention.', { period: maybe('The period. DPV: dpv:StorageDuration.', duration, no) }),
      none({ period: false }, 'No limit.'),
    ),
    notice: maybe(
      'What people were told; false: nothing. DPV: dpv:PrivacyNotice.',
      record('The notice.', {
        guardians: maybe(
          'Whether parents were told, or the day they were.',
          bool,
          date,
          none(false, 'They were not.'),
        ),
        url: maybe('Where it is published.', address, no),
        lists_recipients: maybe('Whether it names who receives the data.', bool),
        lists_transfers: maybe('Whether it names transfers to third countries.', bool),
      }),
      none({ guardians: false, url: false, lists_recipients: false, lists_transfers: false }, 'Nothing.'),
    ),
    rights: maybe(
      'Whether people can use their rights; false: they cannot. DPV: dpv:DataSubjectRight.',
      record('The rights.', {
        access: maybe('Whether there is a way to see the data. DPV: eu-gdpr:A15.', bool),
        rectification: maybe('Whether there is a way to correct it. DPV: eu-gdpr:A16.', bool),
        guardians: maybe('Whether parents can use them for a child.', bool),
      }),
      no,
    ),
    objection_route: maybe(
      'How to object: an address, a form; false: there is no way. DPV: eu-gdpr:A21.',
      words,
      bool,
      none(false, 'There is no way.'),
    ),
    dpia: maybe(
      'The data protection impact assessment; false: none was made. DPV: dpv:DPIA.',
      record('The assessment.', {
        dated: maybe('When.', date, no),
        covers_hosting: maybe('Whether it covers this hosting.', bool),
        alternatives: maybe('Whether it weighs other hosts.', bool),
        exemption: maybe('Why none is needed: a text, a list of the authority; false: no reason.', words, no),
      }),
      no,
    ),
    sren31: maybe(
      'Classification under article 31 of the French law 2024-449.',
      record('The classification.', {
        classified: maybe(
          'Whether a signed classification says that the data is particularly sensitive.',
          bool,
        ),
        derogation: maybe('Last day of a signed derogation; false: there is none.', date, no),
      }),
      none({ classified: false }, 'Not classified.'),
    ),
    reversibility: maybe(
      'Getting the data back and deleted at the end; false: not planned.',
      record('Reversibility.', {
        planned: maybe('Whether it is planned.', bool),
        tested: maybe('Whether it was tried.', bool),
      }),
      none({ planned: false, tested: false }, 'Not planned.'),
    ),
    automated_decisions: maybe(
      'Decisions or scores that a machine makes; false: none. DPV: dpv:AutomatedDecisionMaking.',
      record('How.', {
        used: maybe('Whether there are any.', bool),
        declared: maybe('Whether people are told.', bool),
        explained: maybe('Whether it is said how they are made.', bool),
        human_review: maybe(
          'Whether a person can change them. DPV: dpv:HumanInvolvementForVerification.',
          bool,
        ),
        emotion_recognition: maybe('Whether emotions are inferred.', bool),
      }),
      none({ used: false, emotion_recognition: false }, 'None.'),
    ),
    consent: maybe(
      'Where it rests on consent: what for; false: it does not. DPV: dpv:Consent.',
      record('Consent.', {
        online_service: maybe('Whether it is for an online service offered to a child.', bool),
        joint_under_15: maybe('Whether below 15 the child and a parent consent together.', bool),
      }),
      no,
    ),
    decision_maker_joined_provider: maybe('Whether someone who decided has since joined a provider.', bool),
    in_register: maybe('Whether it is in the register of GDPR 30. DPV: dpv:DataProcessingRecord.', bool),
  },
  ['controller', 'datasets'],
);
