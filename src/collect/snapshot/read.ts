import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BercailError } from '../../error.ts';
import type { Observation } from '../../inventory/observation.ts';
import { checkFile, codeOf, explain } from '../../io/file.ts';
import type { SnapshotHeader } from './format.ts';
import { createChain, isGzip } from './format.ts';
import { createIntern } from './intern.ts';
import { findFault, isDigest, isHeader, isObservation } from './validate.ts';

export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly observations: readonly Observation[];
  /** End of the digest chain: what a result says it rests on. */
  readonly sha256: string;
}

/** Longer than any observation: a line that does not end is refused before it fills the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Reads a snapshot, gzipped or plain, and checks its digest chain. Throws `input`, with the line, for one that is
 * truncated, altered, or no snapshot at all: evidence is read whole or not at all.
 */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const chain = createChain();
  const intern = createIntern();
  const observations: Observation[] = [];
  let header: SnapshotHeader | null = null;
  let sha256: string | null = null;
  let line = 0;
  const fail = (message: string, hint: string): never => {
    throw new BercailError('input', {
      message,
      hint,
      where: { file: path, line: Math.max(1, line), column: 1 },
    });
  };
  for await (const text of readLines(path, fail)) {
    line += 1;
    if (sha256 !== null) fail('the snapshot goes on after its digest', 'it was altered: collect again');
    const value = parseLine(text, fail);
    intern(value);
    if (header === null) {
      if (!isHeader(value))
        return fail('not a snapshot', 'its first line should say "bercail": "snapshot/v1"');
      header = value;
    } else if (isDigest(value)) {
      const expected = chain.end();
      const { digest } = value;
      if (digest.lines !== expected.lines || digest.sha256 !== expected.sha256) {
        fail(
          'the snapshot does not match its digest',
          `it says ${digest.lines} lines and holds ${expected.lines}: collect again`,
        );
      }
      sha256 = digest.sha256;
      continue;
    } else if (isObservation(value)) {
      observations.push(value);
    } else {
      fail(findFault(value) ?? 'not an observation', 'an observation, as `bercail collect` writes them');
    }
    chain.add(text);
  }
  if (header === null) return fail('an empty file', 'a snapshot, as `bercail collect` writes it');
  if (sha256 === null) return fail('the snapshot ends before its digest', 'it was cut short: collect again');
  return { header, observations, sha256 };
}

type Fail = (message: string, hint: string) => never;

function parseLine(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail('not JSON', 'one JSON object a line');
  }
}

async function* readLines(path: string, fail: Fail): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  try {
    for await (const chunk of open(path)) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (rest.length > LONGEST_LINE) fail('a line is too long', `at most ${LONGEST_LINE} characters`);
    }
    rest += decoder.decode();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'Z_BUF_ERROR')
      fail('the snapshot is cut short', 'its gzip stream does not end: collect again');
    if (code === 'Z_DATA_ERROR')
      fail('the snapshot is damaged', 'its gzip checksum does not match: collect again');
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') fail('not UTF-8 text', 'the snapshot is damaged');
    throw explain(path, error);
  }
  if (rest !== '') yield rest;
}

/** The bytes of the file, gunzipped where its first ones say so. */
async function* open(path: string): AsyncGenerator<Uint8Array> {
  checkFile(path);
  const head = createReadStream(path, { end: 1 });
  let first = Buffer.alloc(0);
  for await (const chunk of head) first = Buffer.concat([first, Buffer.from(chunk)]);
  const file = createReadStream(path);
  // pipeline, for an error of the file to reach the reader; its callback has nothing to add.
  yield* isGzip(first) ? pipeline(file, createGunzip(), () => undefined) : file;
}
