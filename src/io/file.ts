import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, readFileSync, rmSync, type Stats, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, lstat, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BercailError } from '../error.ts';
import { makeFolder } from './folder.ts';

/** Inputs that people write are small; a larger one is a mistake or an attack. */
const DEFAULT_LIMIT = 10 * 1024 * 1024;

/** What a shell hands over, as `/dev/stdin` or for `<(…)`: a pipe, and somebody writes to it. */
const handedOver = /^\/(?:dev|proc\/self)\/(?:stdin|fd\/\d+)$/;

/**
 * Throws for what is no file: a folder, a device, a pipe that nobody may ever write to. Reading it might not come back,
 * and a process that waits in the system for a pipe cannot even be told to end.
 */
export function checkFile(path: string): Stats {
  const stats = statOf(path);
  if (stats.isFile()) return stats;
  throw new BercailError(
    'input',
    stats.isDirectory()
      ? { message: `${path} is a folder, not a file` }
      : { message: `${path} is a pipe or a device, not a file`, hint: 'write what it gives to a file first' },
  );
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw explain(path, error);
  }
}

/**
 * Reads a whole file. Throws `not_found` where there is none and `input` where it is no file, cannot be read, or holds
 * more than `limit` bytes.
 */
export async function readBytes(path: string, limit = DEFAULT_LIMIT): Promise<Buffer> {
  try {
    if (handedOver.test(path)) return await readStream(path, limit);
    const { size } = checkFile(path);
    if (size > limit) throw tooLarge(path, size, limit);
    return await readFile(path);
  } catch (error) {
    throw explain(path, error);
  }
}

/** The first bytes of a file of any length. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  try {
    checkFile(path);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explain(path, error);
  }
}

async function readStream(path: string, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(path, size, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(path: string, size: number, limit: number): BercailError {
  return new BercailError('input', {
    message: `${path} holds ${size} bytes`,
    hint: `at most ${limit} are read`,
  });
}

/** Reads a whole file and its SHA-256. Bytes that are not UTF-8 are an `input` error, never replaced in silence. */
export async function readText(path: string, limit?: number): Promise<{ text: string; sha256: string }> {
  const bytes = await readBytes(path, limit);
  return { text: decode(bytes, path), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The text of a file, for who reads many small ones at once. */
export function readTextSync(path: string, limit = DEFAULT_LIMIT): string {
  const { size } = checkFile(path);
  if (size > limit) throw tooLarge(path, size, limit);
  try {
    return decode(readFileSync(path), path);
  } catch (error) {
    throw explain(path, error);
  }
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new BercailError(
      'input',
      { message: `${path} is not UTF-8 text`, hint: 'save it as UTF-8' },
      { cause },
    );
  }
}

/**
 * Lets `write` fill a file beside `path`, then renames it: a reader, or a run that was killed, sees the old file or
 * the whole new one, never a half. What runs write tells of accounts: a new file is its owner's alone, one that is there
 * keeps the permissions that somebody gave it.
 */
export async function writeAtomic(
  path: string,
  write: (file: FileHandle) => Promise<void>,
  mode = 0o600,
): Promise<void> {
  // Of a link, what it leads to is left alone: the link gives way to the file.
  const given = await lstat(path).catch(() => null);
  await checkTarget(path);
  const whole = async (file: FileHandle): Promise<void> => {
    // Of the draft: a mode at opening would lose what the umask takes.
    if (given?.isFile()) await file.chmod(given.mode & 0o777);
    await write(file);
  };
  await writeDraft(path, whole, (draft) => rename(draft, path), mode);
}

/** A file is put in the place of what is there: never of a device, such as `/dev/null`, nor of a pipe. */
async function checkTarget(path: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there !== null && !there.isFile()) checkFile(path);
}

/** Drafts being written: a process that is told to stop in the middle removes them. */
const drafts = new Set<string>();
const removeDrafts = (): void => {
  for (const draft of drafts) rmSync(draft, { force: true });
};

async function writeDraft(
  path: string,
  write: (file: FileHandle) => Promise<void>,
  keep: (draft: string) => Promise<void>,
  mode?: number,
): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  if (drafts.size === 0) process.on('exit', removeDrafts);
  drafts.add(draft);
  try {
    const file = await open(draft, 'wx', mode);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await keep(draft);
  } catch (error) {
    await rm(draft, { force: true });
    throw explain(path, error);
  } finally {
    drafts.delete(draft);
    if (drafts.size === 0) process.off('exit', removeDrafts);
  }
}

/** The same for what people write and share, such as a manifest: where it is a link, what that leads to. */
export async function writeText(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  await writeAtomic(target, (file) => file.writeFile(text, 'utf8'), 0o666);
}

/**
 * Writes a file that is not there yet, and the folders above it. What is there is never touched, even when it appears
 * meanwhile: that is an `input` error. `mode` is that of the file, from its first byte on.
 */
export async function writeNew(path: string, text: string, mode?: number): Promise<void> {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw explain(dirname(path), error);
  }
  // A second name for the draft, unlike a renaming, fails where there is a file.
  await writeDraft(
    path,
    (file) => file.writeFile(text, 'utf8'),
    async (draft) => {
      await link(draft, path);
      await rm(draft);
    },
    mode,
  );
}

/** Writes files that are not there yet: all of them, or, where one fails, none. */
export async function writeAllNew(
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      await writeNew(path, text);
      written.push(path);
    }
  } catch (error) {
    await Promise.all(written.map((path) => rm(path, { force: true })));
    throw error;
  }
}

const REASONS = new Map([
  ['EEXIST', 'is already there'],
  ['EISDIR', 'is a folder, not a file'],
  ['EACCES', 'may not be read or written by this user'],
  ['EPERM', 'may not be read or written by this user'],
  ['ENOTDIR', 'leads through something that is not a folder'],
  ['ENOSPC', 'cannot be written: the disk is full'],
  ['EDQUOT', 'cannot be written: the disk is full'],
  ['EFBIG', 'cannot be written: it is larger than the limit for files'],
  ['EROFS', 'is on a read-only disk'],
  ['ELOOP', 'is a link that leads back to itself'],
  ['ENAMETOOLONG', 'is too long a name'],
  ['ENXIO', 'is a pipe or a device, not a file'],
  ['EMFILE', 'cannot be opened: too many files are open'],
  ['ERR_FS_FILE_TOO_LARGE', 'is larger than what is read at once'],
  ['EIO', 'cannot be read or written: the disk reports an error'],
]);

/** Turns the system's errors into ours; what is not the user's to mend is passed on as it is. */
export function explain(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT') {
    return new BercailError(
      'not_found',
      { message: `${path} does not exist`, hint: 'check the path, and the folder that you are in' },
      { cause: error },
    );
  }
  const reason = code === null ? undefined : REASONS.get(code);
  return reason === undefined
    ? error
    : new BercailError('input', { message: `${path} ${reason}` }, { cause: error });
}

/** `ENOENT` and the like; null for what is not an error of the system. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
