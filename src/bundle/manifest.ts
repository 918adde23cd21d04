import { createHash } from 'node:crypto';
import type { Entries } from '../io/zip.ts';

export const manifestName = 'manifest.json';
export const signatureName = 'manifest.jws';
/** A time-stamp token (RFC 3161), and its hash in the form that `sha256sum -c` reads: a slip in either is told. */
export const timestampName = 'manifest.tst';
export const timestampHashName = 'manifest.tst.sha256';

/** Files that are made after the manifest, over it. */
const after: ReadonlySet<string> = new Set([manifestName, signatureName, timestampName, timestampHashName]);

interface FileNote {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Every other file with its hash, and a hash over the list: what a signature signs. */
interface HashManifest {
  readonly schema: 'bercail/bundle/v1';
  readonly files: readonly FileNote[];
  /** Of the list: a slip in it is told from a slip in a file. */
  readonly sha256: string;
}

/** The manifest's bytes: one form only, so that no byte of it can change unseen. */
export function writeManifest(entries: Entries): Uint8Array {
  const files = [...entries]
    .filter(([name]) => !after.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]): FileNote => ({ name, bytes: bytes.length, sha256: sha256(bytes) }));
  return bytesOf({ schema: 'bercail/bundle/v1', files, sha256: sha256(JSON.stringify(files)) });
}

/** Names of the files that are not as the manifest says, each with what is wrong. Empty when all are. */
export function checkManifest(entries: Entries): readonly string[] {
  const written = entries.get(manifestName);
  if (!written) return [`${manifestName} is missing`];
  const manifest = readManifest(written);
  if (manifest === null) return [`${manifestName} was altered`];
  const listed = new Map(manifest.files.map((file) => [file.name, file]));
  const problems = [...entries]
    .filter(([name]) => !after.has(name))
    .flatMap(([name, bytes]) => {
      const note = listed.get(name);
      if (!note) return [`${name} is not in the manifest`];
      return sha256(bytes) === note.sha256 && bytes.length === note.bytes ? [] : [`${name} was altered`];
    });
  const missing = manifest.files
    .filter(({ name }) => !entries.has(name))
    .map(({ name }) => `${name} is missing`);
  return [...problems, ...missing];
}

function readManifest(bytes: Uint8Array): HashManifest | null {
  try {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as HashManifest;
    const isRight =
      value.schema === 'bercail/bundle/v1' &&
      value.files.every(({ name }) => typeof name === 'string') &&
      value.sha256 === sha256(JSON.stringify(value.files)) &&
      Buffer.compare(bytesOf(value), bytes) === 0;
    return isRight ? value : null;
  } catch {
    return null;
  }
}

function bytesOf(manifest: HashManifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** What a token's hash file holds. */
export function timestampHash(token: Uint8Array): Uint8Array {
  return Buffer.from(`${sha256(token)}  ${timestampName}\n`);
}

export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
