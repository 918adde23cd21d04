import { describe, expect, test } from '@jest/globals';
import { manifestSchema } from '../../../src/manifest/schema/manifest.ts';
import type { ResultContext } from '../../../src/result/context.ts';
import type { Result } from '../../../src/result/result.ts';
import { context2018, hostileTold, toldResult } from '../../fixtures/report/context-2018.ts';
import { declared2018 } from '../../fixtures/report/declared-2018.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { readRepository, render } from '../rendering.ts';

type Vocabulary = {
  readonly [prefix: string]:
    | {
        readonly namespace: string;
        readonly concepts: readonly string[];
        readonly properties: readonly string[];
      }
    | undefined;
};

/** Every name that the vocabularies of DPV 2.2 define. */
const vocabulary = JSON.parse(
  readRepository('tests/fixtures/report/schema/dpv-2.2-terms.json'),
) as Vocabulary;
/** Vocabularies that are not DPV’s: what is used of them. */
const others = new Set([
  'rdf:value',
  'rdfs:label',
  'xsd:duration',
  'xsd:dateTime',
  'dct:created',
  'dct:conformsTo',
  'dct:source',
  'skos:broadMatch',
]);

interface Document {
  readonly '@context': { readonly [prefix: string]: string };
  readonly '@graph': readonly Node[];
}

type Node = { readonly [property: string]: unknown };

async function graph(result: Result): Promise<readonly Node[]> {
  const document = JSON.parse(await render('dpv', result)) as Document;
  for (const [prefix, { namespace } = { namespace: '' }] of Object.entries(vocabulary))
    expect(document['@context'][prefix]).toBe(namespace);
  expect(problemsOf(document['@graph'], document['@context'])).toEqual([]);
  return document['@graph'];
}

/** What is no statement in terms of the vocabularies, or points at nothing. */
function problemsOf(nodes: readonly Node[], prefixes: Document['@context']): readonly string[] {
  const ids = new Set(nodes.map((node) => node['@id']));
  const isTerm = (name: string, kind: 'concepts' | 'properties'): boolean => {
    const [prefix = '', local = ''] = name.split(':');
    if (prefix === 'bercail' || others.has(name)) return prefix in prefixes;
    return vocabulary[prefix]?.[kind].includes(local) ?? false;
  };
  const check = (value: unknown, isTop: boolean): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap((item) => check(item, false));
    if (typeof value !== 'object' || value === null) return [];
    const found: string[] = [];
    for (const [key, inner] of Object.entries(value)) {
      if (key === '@type') {
        for (const type of [inner].flat())
          if (!isTerm(String(type), 'concepts')) found.push(`type ${String(type)}`);
      } else if (key === '@id') {
        const id = String(inner);
        const isOurs = id.startsWith('urn:bercail:');
        if (!isTop && (isOurs ? !ids.has(id) : !isTerm(id, 'concepts'))) found.push(`id ${id}`);
      } else if (!key.startsWith('@')) {
        if (!isTerm(key, 'properties')) found.push(`property ${key}`);
        found.push(...check(inner, false));
      }
    }
    return found;
  };
  return nodes.flatMap((node) => check(node, true));
}

const told: Result = { ...toldResult('fr'), context: { ...context2018, ...declared2018 } };

describe('the manifest in terms of DPV', () => {
  test('is made of terms that the vocabularies define, and points at nothing that is not there', async () => {
    const nodes = await graph(told);
    expect(nodes.length).toBeGreaterThan(15);
    const ids = nodes.map((node) => node['@id']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says of an activity who decides, why, on which basis, and what nobody knows', async () => {
    const [activity] = await graph(told);
    expect(activity).toMatchObject({
      '@type': ['dpv:Process'],
      'dpv:hasDataController': { '@id': 'urn:bercail:organisation:men' },
      'dpv:hasPurpose': [{ '@id': 'urn:bercail:purpose:education.assessment' }],
      'dpv:hasLegalBasis': { '@id': 'eu-gdpr:A6-1-e' },
      'dpv:hasThirdCountry': [{ '@id': 'loc:US' }],
      'bercail:notKnown': ['legal_text'],
      'bercail:none': ['notice.guardians'],
    });
    expect(activity).not.toHaveProperty('dpv:hasNotice');
  });

  test('states no measure that a store does not declare', async () => {
    const nodes = await graph(told);
    const measures = (id: string): unknown =>
      nodes.find((node) => node['@id'] === `urn:bercail:asset:${id}`)?.['dpv:hasTechnicalMeasure'];
    expect(measures('reperes')).toEqual([{ '@id': 'dpv:EncryptionAtRest' }]);
    expect(measures('ministry-server')).toBeUndefined();
  });

  test('of a result that has no context is an empty graph', async () => {
    const { context: _none, ...rest } = toldResult('en');
    expect(await graph(rest)).toEqual([]);
  });

  test.each(Object.keys(hostile) as (keyof typeof hostile)[])('stays so where names are %s', async (name) => {
    const result = hostileTold(hostile[name]);
    await graph({ ...result, context: { ...(result.context as ResultContext), ...declared2018 } });
  });
});

/** Each word of a list of the manifest, with the term in its description. */
function termsOf(node: unknown, list: string, found: Map<string, string>): void {
  if (typeof node !== 'object' || node === null) return;
  const { oneOf, properties } = node as {
    readonly oneOf?: unknown;
    readonly properties?: { readonly [name: string]: unknown };
  };
  for (const form of Array.isArray(oneOf)
    ? (oneOf as {
        readonly const?: string;
        readonly enum?: readonly unknown[];
        readonly description?: string;
      }[])
    : []) {
    const term = /DPV: ([\w-]+:[\w-]+)\.$/.exec(form.description ?? '')?.[1];
    const word = form.const ?? form.enum?.find((one) => typeof one === 'string');
    if (term && typeof word === 'string') found.set(`${list} ${word}`, term);
  }
  for (const [name, inner] of Object.entries(properties ?? {})) termsOf(inner, name, found);
  for (const inner of Object.values(node)) if (inner !== properties) termsOf(inner, list, found);
}

test('the table of terms says what the manifest’s schema says', () => {
  const table = JSON.parse(readRepository('reports/templates/dpv.json')) as {
    readonly [list: string]: { readonly [word: string]: string };
  };
  const found = new Map<string, string>();
  termsOf((manifestSchema as { readonly $defs?: unknown }).$defs, '', found);
  const named = new Map([...found].map(([key, term]) => [key.split(' ').at(-1) ?? '', term]));
  const words = Object.entries(table).flatMap(([list, terms]) =>
    list === '$comment' ? [] : Object.entries(terms).map(([word, term]) => ({ list, word, term })),
  );
  expect(words.length).toBeGreaterThan(40);
  for (const { list, word, term } of words)
    expect([list, word, found.get(`${list} ${word}`) ?? named.get(word)]).toEqual([list, word, term]);
});

test.each(['categories', 'purposes'])('every term of the catalog’s %s is in the vocabularies', (name) => {
  const terms = [...readRepository(`catalog/${name}.yaml`).matchAll(/dpv: ([\w-]+):([\w-]+)/g)];
  expect(terms.length).toBeGreaterThan(10);
  for (const [whole, prefix = '', local = ''] of terms)
    expect([whole, vocabulary[prefix.replace('dpv-pd', 'pd')]?.concepts.includes(local)]).toEqual([
      whole,
      true,
    ]);
});
