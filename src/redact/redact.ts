import { createHmac } from 'node:crypto';
import type { Result } from '../result/result.ts';
import { createPseudonym, createReplacer, type Pseudonym } from './replace.ts';

export const audiences = ['public', 'partner', 'internal'] as const;
export type Audience = (typeof audiences)[number];

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. */
const arn = /\barn:[\w-]+:[\w-]*:[\w-]*:\d*:[^\s,;"'«»()[\]{}]+/g;
const azure = /\/subscriptions\/[^\s,;"'«»()]+/gi;
const bucket = /\bs3:\/\/[^\s,;"'«»()]+/g;
const account = /(?<!\d)\d{12}(?!\d)/g;
const guid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const mail = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/**
 * The result for readers outside: people's names and account numbers become keyed pseudonyms for `partner`, and for
 * `public` also the names and addresses of resources and the folders of files. Findings, counts, places, texts and
 * hashes stay. Two results redacted with one key agree. Pure.
 */
export function redactResult(result: Result, audience: Audience, key: Uint8Array): Result {
  if (audience === 'internal') return result;
  const pseudonym = createPseudonym(key);
  const replace = createReplacer(namesOf(result, audience, pseudonym));
  const isPublic = audience === 'public';
  // The same sentences stand in many findings.
  const written = new Map<string, string>();
  const write = (text: string): string => {
    const known = written.get(text) ?? rewrite(text);
    written.set(text, known);
    return known;
  };
  const rewrite = (text: string): string => {
    const named = replace(text);
    const located = isPublic ? locate(named, pseudonym) : named;
    return located
      .replaceAll(mail, (found) =>
        /@[\w-]+(\.[\w-]+)*$/.test(found) && found.includes('.') ? pseudonym('address', found) : found,
      )
      .replaceAll(account, (found) => pseudonym('account', found))
      .replaceAll(guid, (found) => pseudonym('account', found));
  };
  const { inventory: _left, ...rest } = result;
  const redacted = mapTexts(rest, write) as Result;
  return {
    ...redacted,
    // A fingerprint could be found again from a guess at the name.
    findings: redacted.findings.map((finding, index) => ({
      ...finding,
      id: sealed(key, result.findings[index]?.id ?? ''),
    })),
    run: {
      ...redacted.run,
      id: result.run.id,
      policy: { ...redacted.run.policy, sha256: result.run.policy.sha256 },
    },
  };
}

function sealed(key: Uint8Array, id: string): string {
  return createHmac('sha256', key).update(`finding\0${id}`).digest('hex').slice(0, 32);
}

function locate(text: string, pseudonym: Pseudonym): string {
  const stand = (found: string): string => pseudonym('resource', found);
  return text.replaceAll(arn, stand).replaceAll(azure, stand).replaceAll(bucket, stand);
}

/** What this result names, by what it becomes. */
function namesOf(result: Result, audience: Audience, pseudonym: Pseudonym): ReadonlyMap<string, string> {
  const { findings, unknowns, coverage, context, run } = result;
  const kept = keptNames(result);
  const names = new Map<string, string>();
  const add = (name: string, to: string): void => void (name === '' || kept.has(name) || names.set(name, to));
  for (const { waiver } of findings)
    if (waiver) add(waiver.approved_by, pseudonym('person', waiver.approved_by));
  for (const { id, name, kind } of context?.organisations ?? [])
    if (kind === 'individual') for (const one of [name, id]) add(one, pseudonym('person', name));
  if (audience !== 'public') return names;
  const subjects = [...findings, ...unknowns].map(({ subject }) => subject);
  const texts = [
    ...subjects.flatMap(({ id, label }) => [id, label]),
    ...findings.flatMap(({ path }) => path.flatMap(({ from, to }) => [from, to])),
    ...coverage.gaps.map(({ subject }) => subject),
    ...(context?.stores ?? []).flatMap(({ id, label, members }) => [id, label, ...members]),
    ...(context?.flows ?? []).flatMap(({ from, to }) => [from, to]),
  ];
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

/** The names inside an address, and the name after the key in `DATASET@KEY/NAME`. */
function resourceNames(text: string): readonly string[] {
  const addresses = [...text.matchAll(arn), ...text.matchAll(azure), ...text.matchAll(bucket)].map(
    ([found]) => found,
  );
  if (addresses.length > 0) return addresses.flatMap(partsOf);
  const at = text.slice(text.indexOf('@') + 1);
  const slash = at.indexOf('/');
  return slash > 0 && !/\/(access-log|listing|event)\b/.test(at)
    ? [at.slice(slash + 1)].filter((name) => /^[\w.-]+$/.test(name))
    : [];
}

/** The last parts name the thing; what is before says of which kind it is. */
function partsOf(address: string): readonly string[] {
  const resource = address.startsWith('arn:')
    ? address.split(':').slice(5).join(':')
    : address.replace(/^s3:\/\//, '');
  const parts = resource.split(/[/:]/).filter((part) => part !== '');
  const names = parts.length > 1 && address.startsWith('arn:') ? parts.slice(1) : parts;
  return [...(names.length > 0 ? names : parts)].filter((part) => part.length > 2 && !/^\d+$/.test(part));
}

function foldersOf(refs: readonly string[]): ReadonlySet<string> {
  const folders = refs.flatMap((ref) =>
    /^[a-z0-9+.-]+:\/\//i.test(ref) || ref.startsWith('arn:') ? [] : (/^.*[/\\](?=[^/\\]+$)/.exec(ref) ?? []),
  );
  return new Set(folders);
}

/** Every text of a JSON value, hashes left as they are. */
function mapTexts(value: unknown, write: (text: string) => string): unknown {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? value : write(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, write));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, write)]));
}
