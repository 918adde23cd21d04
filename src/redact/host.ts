import type { Result } from '../result/result.ts';
import type { Pseudonym } from './replace.ts';

/**
 * Names of hosts end in a domain of the Internet or of a private network. A few domains of countries are taken for what
 * their letters mean far more often here: endings of files.
 */
const ending =
  /\.(?!(?:tf|md|py|sh|rs|pl|ts|js|gz)\b)(?:[a-z]{2}|com|org|net|int|eu|gov|edu|info|biz|dev|app|cloud|tech|online|site|example|test|internal|intranet|local|localdomain|lan|home|corp|private|arpa)$/i;
const host = /(?<![\w.@-])(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w-]|\.\w|\[)/gi;

/**
 * Hosts that readers outside may see: those of the law and sources that are cited, of published claims, and those that
 * a manifest gives as the title of a thing. Dotted names of facts look like hosts and are none.
 */
export function publicHosts({ findings, unknowns, context }: Result): ReadonlySet<string> {
  const texts = [
    ...findings.flatMap(({ law }) => law.flatMap(({ url }) => url ?? [])),
    ...findings.flatMap(({ missing }) => missing.map(({ fact }) => fact)),
    ...unknowns.flatMap(({ missing }) => missing),
    ...(context?.organisations ?? []).flatMap(({ source, owners, name, kind }) => [
      source ?? '',
      // A firm may be named after its site.
      kind === 'individual' ? '' : name,
      ...(owners ?? []).map((owner) => owner.name),
    ]),
    ...(context?.claims ?? []).flatMap(({ source, ref }) => (source === null ? [] : (ref ?? []))),
    ...[...(context?.activities ?? []), ...(context?.datasets ?? [])].flatMap(({ title }) =>
      Object.values(title),
    ),
    ...(context?.stores ?? [])
      .filter(({ declared }) => declared)
      .flatMap(({ title }) => Object.values(title)),
    ...[...(context?.categories ?? []), ...(context?.purposes ?? [])].map(({ id }) => id),
  ];
  return new Set(texts.flatMap((text) => text.toLowerCase().match(host) ?? []));
}

export function hideHosts(text: string, known: ReadonlySet<string>, pseudonym: Pseudonym): string {
  return text.replaceAll(host, (found) =>
    !ending.test(found) || known.has(found.toLowerCase()) ? found : pseudonym('host', found),
  );
}
