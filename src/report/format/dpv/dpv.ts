import { BercailError } from '../../../error.ts';
import type { CategoryNote, OrganisationNote, ResultContext } from '../../../result/context.ts';
import type { Reporter } from '../../reporter.ts';
import { declarationsOf } from '../../story/declared.ts';
import { prose, writeJson } from '../../visible.ts';
import { activityNode } from './activity.ts';
import {
  country,
  idOf,
  label,
  type Node,
  prefixes,
  refTo,
  silences,
  some,
  type Terms,
  term,
  text,
  word,
} from './node.ts';
import type { Source } from './source.ts';
import { flowNode, storeNode } from './store.ts';

/**
 * What the manifests declare, in terms of the W3C Data Privacy Vocabulary 2, as JSON-LD: no finding, and nothing that
 * nobody declared or observed. A category or purpose that the vocabulary has no word for is a node of its own, matched
 * with the next broader term.
 */
export const render: Reporter = ({ context, run }, { template }) => {
  if (!template) throw new BercailError('internal', { message: 'the DPV output needs its table of terms' });
  const terms = JSON.parse(template('dpv.json')) as Terms;
  const source = context && { context, terms, read: declarationsOf(context) };
  return writeJson({
    '@context': prefixes,
    '@id': `urn:bercail:run:${encodeURIComponent(run.id.toWellFormed())}`,
    'dct:created': { '@value': prose(run.finished_at), '@type': 'xsd:dateTime' },
    'dct:conformsTo': { '@id': 'https://w3id.org/dpv' },
    '@graph': source ? nodesOf(source) : [],
  });
};

function nodesOf(source: Source): readonly Node[] {
  const { activities, datasets, organisations, stores, flows, categories, purposes = [] } = source.context;
  return [
    ...activities.map((activity) => activityNode(source, activity)),
    ...datasets.map((dataset) => datasetNode(source, dataset)),
    ...organisations.map((note) => organisationNode(source, note)),
    ...stores.map((store) => storeNode(source, store)),
    ...flows.map((flow) => flowNode(source, flow)),
    ...endNodes(source.context),
    ...categories.map((note) => listedNode('category', 'dpv:PersonalData', note)),
    ...purposes.map((note) => listedNode('purpose', 'dpv:Purpose', note)),
  ];
}

function datasetNode(
  { terms, read }: Source,
  { id, title, categories, subjects, population, unclassified }: ResultContext['datasets'][number],
): Node {
  const own = read('dataset', id);
  const identifiability = own('identifiability');
  const kinds = [
    ...(identifiability.state === 'said' ? word(terms, 'identifiability', identifiability.value) : []),
    ...(own('secrecy').state === 'said' ? word(terms, 'secrecy', text(own('secrecy'))) : []),
  ];
  return {
    '@id': idOf('dataset', id),
    '@type': ['dpv:Data', ...kinds],
    'rdfs:label': label(title, id),
    'dpv:hasPersonalData': some(categories.map((one) => refTo('category', one))),
    'dpv:hasDataSubject': some(
      subjects.flatMap((one) => word(terms, 'subjects', one)).map((one) => ({ '@id': one })),
    ),
    'dpv:hasDataSubjectScale':
      population === null ? undefined : { '@type': ['dpv:DataSubjectScale'], 'rdf:value': population },
    ...silences(own, ['identifiability', 'secrecy', 'art9_exception']),
    ...(unclassified ? { 'bercail:notKnown': ['classification'] } : {}),
  };
}

function organisationNode({ terms, read }: Source, note: OrganisationNote): Node {
  const { id, name, role, kind, seat, engaged_by: by, owners, declared } = note;
  const own = read('organisation', id);
  const tool = own('transfer.tool');
  return {
    '@id': idOf('organisation', id),
    '@type': [...word(terms, 'role', role), ...word(terms, 'kind', kind), 'dpv:LegalEntity'],
    'dpv:hasName': prose(name),
    'dpv:hasCountry': some(seat === null ? [] : country(seat)),
    'dpv:hasAddress': text(own('address')),
    'dpv:hasDataProtectionOfficer':
      text(own('dpo.contact')) === undefined
        ? undefined
        : { '@type': ['dpv:DataProtectionOfficer'], 'dpv:hasContact': text(own('dpo.contact')) },
    'dpv:isSubsidiaryOf': some(
      (owners ?? []).map((owner) => ({
        '@type': ['dpv:ParentLegalEntity'],
        'dpv:hasName': prose(owner.name),
        'dpv:hasCountry': some(owner.country === null ? [] : country(owner.country)),
      })),
    ),
    'dpv:hasLegalMeasure': some(
      (tool.state === 'said' ? word(terms, 'tool', tool.value) : []).map((one) => ({ '@id': one })),
    ),
    'bercail:engagedBy': by === null ? undefined : refTo('organisation', by),
    'bercail:declared': declared,
    ...silences(own, ['address', 'dpo.contact', 'contract', 'transfer.tool', 'authorised']),
  };
}

function listedNode(
  kind: 'category' | 'purpose',
  type: string,
  { id, label: name, dpv }: CategoryNote,
): Node {
  return {
    '@id': idOf(kind, id),
    '@type': [type],
    'rdfs:label': label(name, id),
    'skos:broadMatch': some(term(dpv).map((one) => ({ '@id': one }))),
  };
}

/** Where flows begin or end outside of what is examined. */
function endNodes({ flows, stores }: ResultContext): readonly Node[] {
  const known = new Set(stores.map(({ id }) => id));
  const ends = new Set(flows.flatMap(({ from, to }) => [from, to]).filter((id) => !known.has(id)));
  return [...ends].map((id) => ({
    '@id': idOf('end', id),
    '@type': ['dpv:DataSource'],
    'rdfs:label': prose(id),
  }));
}
