import type { Text } from '../../../inventory/noun.ts';
import type { Declaration } from '../../story/declared.ts';
import { prose } from '../../visible.ts';

/** A node of a JSON-LD graph. What is undefined is not written. */
export interface Node {
  readonly '@id'?: string;
  readonly '@type'?: readonly string[];
  readonly [property: string]: unknown;
}

/** Vocabularies, version 2 of each where it has one. `bercail` holds what none of them has a word for. */
export const prefixes = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  tech: 'https://w3id.org/dpv/tech#',
  loc: 'https://w3id.org/dpv/loc#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  bercail: 'urn:bercail:vocabulary:',
} as const;

/** Words of manifests → terms, by list: `reports/templates/dpv.json`. */
export interface Terms {
  readonly [list: string]: { readonly [word: string]: string };
}

export type Kind =
  | 'activity'
  | 'dataset'
  | 'organisation'
  | 'asset'
  | 'flow'
  | 'category'
  | 'purpose'
  | 'end';

export function idOf(kind: Kind, id: string): string {
  return `urn:bercail:${kind}:${encodeURIComponent(id.toWellFormed())}`;
}

export function refTo(kind: Kind, id: string): Node {
  return { '@id': idOf(kind, id) };
}

export function refs(kind: Kind, ids: readonly string[]): readonly Node[] | undefined {
  return some(ids.map((id) => refTo(kind, id)));
}

/** Nothing rather than an empty list. */
export function some<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** A term of the vocabularies; a result is data, and what is no term in it is left out. */
export function term(name: string | undefined): readonly string[] {
  const found = name?.replace(/^dpv-pd:/, 'pd:') ?? '';
  return /^(dpv|pd|eu-gdpr|tech):[A-Za-z][\w-]*$/.test(found) ? [found] : [];
}

export function word(terms: Terms, list: string, value: unknown): readonly string[] {
  const words = terms[list];
  return typeof value === 'string' && words && Object.hasOwn(words, value) ? term(words[value]) : [];
}

export function country(code: string): readonly Node[] {
  return /^[A-Z]{2}$/.test(code) && code !== 'ZZ' ? [{ '@id': `loc:${code}` }] : [];
}

export function label(text: Text, fallback: string): unknown {
  const said = Object.entries(text).map(([language, value]) => ({
    '@value': prose(value),
    '@language': language,
  }));
  return said.length === 0 ? prose(fallback) : said;
}

/** The value of a declaration, or undefined: what nobody says is no statement. */
export function said(declaration: Declaration): unknown {
  return declaration.state === 'said' ? declaration.value : undefined;
}

export function text(declaration: Declaration): string | undefined {
  const value = said(declaration);
  return typeof value === 'string' ? prose(value) : undefined;
}

/** Which of these fields were asked and not known, and which are declared to be none. */
export function silences(
  read: (path: string) => Declaration,
  paths: readonly string[],
): {
  readonly 'bercail:notKnown': readonly string[] | undefined;
  readonly 'bercail:none': readonly string[] | undefined;
} {
  const at = (state: Declaration['state']): readonly string[] =>
    paths.filter((path) => read(path).state === state);
  return { 'bercail:notKnown': some([...at('asked')]), 'bercail:none': some([...at('none')]) };
}
