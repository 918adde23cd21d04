import { isTree, type Tree } from '../inventory/fact.ts';
import type { Result } from '../result/result.ts';
import { foldersOf, resourceNames } from './address.ts';
import type { Audience } from './audience.ts';
import type { Kind, Pseudonym } from './replace.ts';

/** What this result names, by what it becomes. */
export function namesOf(
  result: Result,
  audience: Audience,
  pseudonym: Pseudonym,
): ReadonlyMap<string, string> {
  const { findings, unknowns, coverage, context, run } = result;
  const kept = keptNames(result);
  const names = new Map<string, string>();
  const add = (name: string, to: string): void => void (name === '' || kept.has(name) || names.set(name, to));
  for (const { waiver } of findings)
    if (waiver) add(waiver.approved_by, pseudonym('person', waiver.approved_by));
  for (const { id, name, kind } of context?.organisations ?? [])
    if (kind === 'individual') for (const one of [name, id]) add(one, pseudonym('person', name));
  for (const author of unpublishedAuthors(result)) add(author, pseudonym('person', author));
  for (const { fields } of context?.declared ?? [])
    for (const [kind, text] of contactsOf(fields)) add(text, pseudonym(kind, text));
  if (audience !== 'public') return names;
  const subjects = [...findings, ...unknowns].map(({ subject }) => subject);
  const texts = [
    ...subjects.flatMap(({ id, label }) => [id, label]),
    ...findings.flatMap(({ path }) => path.flatMap(({ from, to }) => [from, to])),
    ...coverage.gaps.map(({ subject }) => subject),
    ...(context?.stores ?? []).flatMap(({ id, label, members }) => [id, label, ...members]),
    ...(context?.flows ?? []).flatMap(({ from, to }) => [from, to]),
  ];
  // An observed asset is labelled `NAME (KEY)`.
  for (const { type, id, label } of subjects)
    if (type === 'asset' && label.endsWith(` (${id})`))
      add(label.slice(0, -id.length - 3), pseudonym('resource', label.slice(0, -id.length - 3)));
  for (const text of texts) for (const name of resourceNames(text)) add(name, pseudonym('resource', name));
  for (const { subject, source } of coverage.gaps)
    if (source !== 'manifest' && /^[\w.-]+$/.test(subject)) add(subject, pseudonym('resource', subject));
  for (const folder of foldersOf([
    ...run.sources.map(({ id }) => id),
    ...findings.flatMap(({ evidence }) => evidence.flatMap(({ ref }) => ref ?? [])),
  ]))
    add(folder, '');
  return names;
}

/** Places, rules and the like are what is judged: a resource that is named after one does not take it away. */
function keptNames({ findings, context }: Result): ReadonlySet<string> {
  const places = [...findings.map(({ place }) => place), ...(context?.places ?? [])];
  const names = [
    ...places.flatMap((place) => [place?.provider, place?.region, place?.city]),
    ...findings.map(({ rule }) => rule),
    ...(context?.datasets ?? []).map(({ id }) => id),
  ];
  return new Set(names.filter((name) => typeof name === 'string'));
}

/** Who claims something in public is named with the claim; who says it to the auditor alone may be anybody. */
function unpublishedAuthors({ context }: Result): readonly string[] {
  const known = new Set(
    context?.organisations.flatMap(({ name, id, kind }) => (kind === 'individual' ? [] : [name, id])),
  );
  const published = new Set(context?.claims.filter(({ source }) => source !== null).map(({ by }) => by));
  return (context?.claims ?? []).map(({ by }) => by).filter((by) => !known.has(by) && !published.has(by));
}

/** Postal and other addresses, and documents that a manifest names by title: a title may name people. */
function contactsOf({ address, dpo, authorised }: Tree): readonly (readonly [Kind, string])[] {
  const isTold = (value: unknown): value is string =>
    typeof value === 'string' &&
    value !== 'unknown' &&
    value !== 'none' &&
    !/^\d{4}(-\d{2}){0,2}$/.test(value);
  const contact = isTree(dpo) ? dpo['contact'] : undefined;
  return [
    ...[address, contact].filter(isTold).map((text) => ['address', text] as const),
    ...[authorised].filter(isTold).map((text) => ['document', text] as const),
  ];
}
