import type { ActivityNote } from '../../../result/context.ts';
import { reachOf } from '../../story/activity/reach.ts';
import type { Declaration } from '../../story/declared.ts';
import { country, idOf, label, type Node, refs, refTo, said, silences, some, text } from './node.ts';
import type { Source } from './source.ts';
import { durationOf } from './store.ts';

const fields = [
  'started',
  'purposes',
  'legal_basis',
  'legal_text',
  'retention.period',
  'notice.guardians',
  'rights.access',
  'rights.rectification',
  'objection_route',
  'dpia.dated',
  'consent',
  'automated_decisions.used',
  'in_register',
];

export function activityNode(source: Source, activity: ActivityNote): Node {
  const { context } = source;
  const own = source.read('activity', activity.id);
  const reach = reachOf(context, activity);
  const of = (...roles: readonly string[]): readonly string[] =>
    reach.organisations.filter(({ role }) => role !== null && roles.includes(role)).map(({ id }) => id);
  const outside = new Set(context.countries.filter(({ in_eea }) => in_eea === false).map(({ id }) => id));
  const third = new Set(
    reach.places.flatMap(({ countries }) => countries).filter((code) => outside.has(code)),
  );
  const rights = [
    ...(isGiven(own('rights.access')) ? ['eu-gdpr:A15'] : []),
    ...(isGiven(own('rights.rectification')) ? ['eu-gdpr:A16'] : []),
    ...(isGiven(own('objection_route')) ? ['eu-gdpr:A21'] : []),
  ];
  const dpia = text(own('dpia.dated'));
  return {
    '@id': idOf('activity', activity.id),
    '@type': ['dpv:Process'],
    'rdfs:label': label(activity.title, activity.id),
    'dpv:hasDataController':
      activity.controller === null ? undefined : refTo('organisation', activity.controller),
    'dpv:hasJointDataControllers': refs('organisation', strings(said(own('joint_controllers')))),
    'dpv:hasDataProcessor': refs('organisation', of('processor', 'sub_processor')),
    'dpv:hasRecipient': refs('organisation', of('recipient')),
    'dpv:hasPurpose': refs('purpose', strings(said(own('purposes')))),
    'dpv:hasLegalBasis': legalBasis(own('legal_basis')),
    'dpv:hasApplicableLaw':
      text(own('legal_text')) === undefined
        ? undefined
        : { '@type': ['dpv:Law'], 'rdfs:label': text(own('legal_text')) },
    'dpv:hasPersonalData': refs('dataset', activity.datasets),
    'dpv:isImplementedUsingTechnology': refs(
      'asset',
      reach.stores.map(({ id }) => id),
    ),
    'dpv:hasProcessing': refs(
      'flow',
      reach.flows.map(({ id }) => id),
    ),
    'dpv:hasThirdCountry': some([...third].flatMap(country)),
    'dpv:hasStorageCondition': durationOf(text(own('retention.period'))),
    'dpv:hasNotice': isGiven(own('notice.guardians'))
      ? { '@type': ['dpv:PrivacyNotice'], 'dct:source': text(own('notice.url')) }
      : undefined,
    'dpv:hasRight': some(rights.map((one) => ({ '@id': one }))),
    'dpv:hasImpactAssessment':
      dpia === undefined ? undefined : { '@type': ['dpv:DPIA'], 'dct:created': dpia },
    'dct:created': text(own('started')),
    ...silences(own, fields),
  };
}

function isGiven(declaration: Declaration): boolean {
  return declaration.state === 'said';
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** `gdpr.6.1.e` is `eu-gdpr:A6-1-e`. */
function legalBasis(declaration: Declaration): Node | undefined {
  const [, letter] = /^gdpr\.6\.1\.([a-f])$/.exec(text(declaration) ?? '') ?? [];
  return letter === undefined ? undefined : { '@id': `eu-gdpr:A6-1-${letter}` };
}
