import { BercailError } from '../error.ts';
import type { Deadline } from '../evaluate/deadline.ts';
import { parseResult } from '../io/result.ts';
import { type Entries, readZip } from '../io/zip.ts';
import type { Result } from '../result/result.ts';
import { compareResults, type Difference } from './compare.ts';
import {
  checkManifest,
  manifestName,
  signatureName,
  timestampHash,
  timestampHashName,
  timestampName,
} from './manifest.ts';
import { commitmentOf, contradictions, publicName, readPublic } from './public.ts';
import { replay } from './replay.ts';
import type { RunFile } from './run.ts';
import { checkSignature, type SignatureCheck } from './sign.ts';
import type { TimestampCheck } from './timestamp.ts';

export interface VerifyRequest {
  readonly bundle: Uint8Array;
  readonly publicKey: { readonly text: string; readonly file: string } | null;
  /** Certificates of time-stamping authorities that the reader trusts, in PEM. */
  readonly authorities: { readonly text: string; readonly file: string } | null;
  /** For a bundle for readers outside: the result that it was made from, and the key of its pseudonyms. */
  readonly original: { readonly result: Uint8Array; readonly key: Uint8Array } | null;
  readonly folder: { readonly write: (name: string, bytes: Uint8Array) => Promise<string> };
  /** Renders a report again. */
  readonly render: (result: Result, name: string) => Promise<Uint8Array>;
  readonly version: string;
  /** Ends a replay that takes too long: its rules are whoever's wrote the bundle. */
  readonly deadline?: Deadline;
}

export interface Verification {
  readonly verdict: 'verified' | 'failed';
  readonly files: number;
  /** Files that are not what was bundled, and what else is wrong with the container. */
  readonly problems: readonly string[];
  readonly signature: SignatureCheck | { readonly state: 'none' };
  readonly timestamp: TimestampCheck | { readonly state: 'none' };
  readonly replay:
    | { readonly state: 'same'; readonly findings: number; readonly unknowns: number }
    | { readonly state: 'different'; readonly differences: readonly Difference[] }
    /** A bundle for readers outside: its sums, rules, catalog and reports agree; there is nothing to evaluate. */
    | { readonly state: 'consistent'; readonly findings: number; readonly unknowns: number }
    | { readonly state: 'failed'; readonly why: string }
    | { readonly state: 'not_done' };
  /** Set when another version wrote the bundle: a difference may come from it. */
  readonly otherVersion: string | null;
  readonly run: { readonly id: string; readonly finished_at: string; readonly as_of: string } | null;
}

/** Checks a bundle from the outside in: the container, every hash, the signature; then evaluates again. */
export async function verifyBundle(request: VerifyRequest): Promise<Verification> {
  const { bundle, publicKey, authorities } = request;
  const opened = open(bundle);
  if ('failure' in opened) return failed([opened.failure]);
  const { entries } = opened;
  const altered = checkManifest(entries);
  // What was altered is named; that the container differs for it goes without saying.
  const problems = altered.length > 0 ? altered : opened.problems;
  const signature = await signatureOf(entries, publicKey);
  const timestamp = await timestampOf(entries, authorities);
  const told = [
    ...problems,
    ...(signature.state === 'none' && publicKey !== null ? ['the bundle is not signed'] : []),
    ...(signature.state === 'invalid' ? [`${signatureName}: ${signature.why}`] : []),
    ...(timestamp.state === 'none' && authorities !== null ? ['the bundle has no timestamp'] : []),
    ...(timestamp.state === 'invalid' ? [`${timestampName}: ${timestamp.why}`] : []),
  ];
  const base: Verification = { ...failed(told), files: entries.size, signature, timestamp };
  // Nothing is evaluated that is not what was bundled.
  if (told.length > 0) return base;
  return entries.has(publicName) ? checkPublic(entries, base, request) : replayed(entries, base, request);
}

function open(bundle: Uint8Array): ReturnType<typeof readZip> | { readonly failure: string } {
  try {
    return readZip(bundle);
  } catch (error) {
    if (error instanceof BercailError) return { failure: error.message };
    throw error;
  }
}

function failed(problems: readonly string[]): Verification {
  return {
    verdict: 'failed',
    files: 0,
    problems,
    signature: { state: 'none' },
    timestamp: { state: 'none' },
    replay: { state: 'not_done' },
    otherVersion: null,
    run: null,
  };
}

async function signatureOf(
  entries: Entries,
  publicKey: VerifyRequest['publicKey'],
): Promise<Verification['signature']> {
  const jws = entries.get(signatureName);
  const manifest = entries.get(manifestName);
  if (!jws || !manifest) return { state: 'none' };
  return checkSignature(Buffer.from(jws).toString('latin1'), manifest, publicKey);
}

/** The token is over the signature where there is one: that signature is at least that old, and all that it signs. */
async function timestampOf(
  entries: Entries,
  authorities: VerifyRequest['authorities'],
): Promise<Verification['timestamp']> {
  const token = entries.get(timestampName);
  const hash = entries.get(timestampHashName);
  const stamped = entries.get(signatureName) ?? entries.get(manifestName);
  if ((!token && !hash) || !stamped) return { state: 'none' };
  if (!token || !hash || Buffer.compare(timestampHash(token), hash) !== 0)
    return { state: 'invalid', why: `it or ${timestampHashName} was altered` };
  const { checkTimestamp } = await import('./timestamp.ts');
  return checkTimestamp(token, stamped, authorities);
}

async function replayed(entries: Entries, base: Verification, request: VerifyRequest): Promise<Verification> {
  try {
    const kept = parseResult(Buffer.from(entries.get('result.json') ?? []).toString('utf8'), 'result.json');
    const { result, run } = await replay(entries, request.folder, request.deadline);
    const otherVersion = run.tool.version === request.version ? null : run.tool.version;
    const differences = compareResults(kept, result);
    const problems = otherVersion === null ? await reportProblems(entries, kept, run, request.render) : [];
    const { id, finished_at, as_of } = kept.run;
    return {
      ...base,
      verdict: differences.length + problems.length === 0 ? 'verified' : 'failed',
      problems,
      otherVersion,
      run: { id, finished_at, as_of },
      replay:
        differences.length === 0
          ? { state: 'same', findings: kept.findings.length, unknowns: kept.unknowns.length }
          : { state: 'different', differences },
    };
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    return { ...base, replay: { state: 'failed', why: error.message } };
  }
}

/** What can be checked without the inputs: docs/adr/0008 says what that shows and what it does not. */
async function checkPublic(
  entries: Entries,
  base: Verification,
  { render, version, original }: VerifyRequest,
): Promise<Verification> {
  try {
    const file = readPublic(entries);
    const bytes = entries.get('result.json') ?? new Uint8Array();
    const kept = parseResult(Buffer.from(bytes).toString('utf8'), 'result.json');
    const otherVersion = file.tool.version === version ? null : file.tool.version;
    const problems = [
      ...contradictions(entries, kept, file),
      ...(otherVersion === null ? await reportProblems(entries, kept, file, render) : []),
      ...(original === null || commitmentOf(original.result, original.key) === file.commitment
        ? []
        : ['it was not made from the result and with the key given']),
    ];
    const { id, finished_at, as_of } = kept.run;
    return {
      ...base,
      verdict: problems.length === 0 ? 'verified' : 'failed',
      problems,
      otherVersion,
      run: { id, finished_at, as_of },
      replay: { state: 'consistent', findings: kept.findings.length, unknowns: kept.unknowns.length },
    };
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    return { ...base, replay: { state: 'failed', why: error.message } };
  }
}

/** A report that does not say what the result says is no part of the evidence. */
async function reportProblems(
  entries: Entries,
  kept: Result,
  { reports }: Pick<RunFile, 'reports'>,
  render: VerifyRequest['render'],
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { name, entry } of reports) {
    const bytes = entries.get(entry);
    const again = await render(kept, name);
    if (!bytes || Buffer.compare(bytes, again) !== 0)
      problems.push(`${entry} is not the report that result.json gives`);
  }
  return problems;
}
