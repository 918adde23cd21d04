import type { Json } from '../fact.ts';
import type { Dataset, Text } from '../noun.ts';
import type { Trace } from './cargo.ts';

/** Categories of the catalog. Names of objects are technical: what they may tell of a person is for a sample to show. */
const categories: Readonly<Record<Trace, readonly string[]>> = {
  'access-log': ['technical.access_log', 'technical.ip'],
  listing: ['technical'],
  event: ['technical', 'technical.ip'],
};

const titles: Readonly<Record<Trace, { readonly fr: string; readonly en: string }>> = {
  'access-log': { fr: 'Journaux d’accès', en: 'Access logs' },
  listing: { fr: 'Inventaire des objets', en: 'Object inventory' },
  event: { fr: 'Notifications', en: 'Notifications' },
};

/** What a trace tells about the same people, and nothing more than that is taken over. */
const inherited = ['subjects', 'population', 'public_archive'] as const;

export function traceId(dataset: string, trace: Trace): string {
  return `${dataset}/${trace}`;
}

/**
 * The dataset that a trace of another one is. Its subjects are the same, its categories technical; who connected, when
 * and to what is covered by discretion at least, unless what it is about is no secret. See docs/adr/0004.
 */
export function traceOf(parent: Dataset, trace: Trace): Dataset {
  const { declared } = parent;
  const secrecy: Json | undefined = declared['secrecy'] === 'secret' ? 'discretion' : declared['secrecy'];
  const taken = inherited.flatMap((field) => {
    const value = declared[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    ...parent,
    id: traceId(parent.id, trace),
    key: traceId(parent.key, trace),
    title: titled(titles[trace], parent.title),
    declared: {
      ...Object.fromEntries(taken),
      categories: categories[trace],
      identifiability: 'identified',
      ...(secrecy === undefined ? {} : { secrecy }),
    },
    derivedFrom: parent.id,
  };
}

function titled(word: { readonly fr: string; readonly en: string }, { fr, en }: Text): Text {
  return {
    ...(fr === undefined ? {} : { fr: `${word.fr} : ${fr}` }),
    ...(en === undefined ? {} : { en: `${word.en}: ${en}` }),
  };
}
