import type { FlowNote, StoreNote } from '../../../result/context.ts';
import { prose } from '../../visible.ts';
import {
  country,
  idOf,
  label,
  type Node,
  refs,
  refTo,
  said,
  silences,
  some,
  term,
  text,
  word,
} from './node.ts';
import type { Source } from './source.ts';

export function storeNode({ context, terms, read }: Source, store: StoreNote): Node {
  const { id, title, label: name, kind, operator, run_by: by, datasets, assets, declared } = store;
  const own = read('asset', id);
  const place = context.places[store.place];
  const measures = [
    ...(said(own('encryption.at_rest')) === true ? ['dpv:EncryptionAtRest'] : []),
    ...(said(own('encryption.in_transit')) === true ? ['dpv:EncryptionInTransfer'] : []),
    ...(said(own('encryption.client_side')) === true ? ['dpv:EndToEndEncryption'] : []),
    ...(said(own('access_log')) === true ? ['dpv:LoggingPolicy'] : []),
    ...word(terms, 'provider_access', said(own('provider_access'))),
  ];
  const located = place !== undefined && place.countries.length > 0;
  return {
    '@id': idOf('asset', id),
    '@type': word(terms, 'asset', kind).length > 0 ? word(terms, 'asset', kind) : term('dpv:Technology'),
    'rdfs:label': label(title, name),
    'dpv:hasData': refs('dataset', datasets),
    'dpv:hasLocation': located
      ? {
          '@type': ['dpv:StorageLocation'],
          'rdfs:label': place.city === null ? undefined : prose(place.city),
          'dpv:hasCountry': some(place.countries.flatMap(country)),
        }
      : undefined,
    'tech:hasProvider': operator === null ? undefined : refTo('organisation', operator),
    'tech:hasDeployer': by === null ? undefined : refTo('organisation', by),
    'dpv:hasTechnicalMeasure': some(measures.map((one) => ({ '@id': one }))),
    'dpv:hasStorageCondition': durationOf(text(own('retention'))),
    'bercail:assets': assets,
    'bercail:declared': declared,
    ...silences(own, ['encryption', 'access_log', 'provider_access', 'retention']),
    ...(located && place.complete ? {} : { 'bercail:placeNotKnown': true }),
  };
}

export function flowNode({ context }: Source, { id, kind, from, to, datasets, recipient }: FlowNote): Node {
  const known = new Set(context.stores.map((store) => store.id));
  const end = (one: string): Node => refTo(known.has(one) ? 'asset' : 'end', one);
  return {
    '@id': idOf('flow', id),
    '@type': ['dpv:Transfer'],
    'rdfs:label': prose(kind),
    'dpv:hasData': refs('dataset', datasets),
    'dpv:hasDataSource': end(from),
    'bercail:to': end(to),
    'dpv:hasRecipient': recipient === null ? undefined : refTo('organisation', recipient),
  };
}

export function durationOf(period: string | undefined): Node | undefined {
  if (period === undefined) return undefined;
  return {
    '@type': ['dpv:StorageCondition'],
    'dpv:hasDuration': {
      '@type': ['dpv:StorageDuration'],
      'rdf:value': { '@value': period, '@type': 'xsd:duration' },
    },
  };
}
