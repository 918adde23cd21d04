import { createHmac } from 'node:crypto';
import type { Result } from '../result/result.ts';
import { arn, azure, bucket } from './address.ts';
import type { Audience } from './audience.ts';
import { hideHosts, publicHosts } from './host.ts';
import { namesOf } from './name.ts';
import { createPseudonym, createReplacer, type Pseudonym } from './replace.ts';

const account = /(?<!\d)\d{12}(?!\d)/g;
const guid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const mail = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

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
  const hosts = publicHosts(result);
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
    return (isPublic ? hideHosts(located, hosts, pseudonym) : located)
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

/** Every text of a JSON value, hashes left as they are. */
function mapTexts(value: unknown, write: (text: string) => string): unknown {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? value : write(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, write));
  if (typeof value !== 'object' || value === null) return value;
  // What puts itself in words when it is read, as findings of a run do.
  if ('toJSON' in value && typeof value.toJSON === 'function') return mapTexts(value.toJSON(), write);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, write)]));
}
