import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BercailError } from '../error.ts';

/** Inputs that people write are small; a larger one is a mistake or an attack. */
const DEFAULT_LIMIT = 10 * 1024 * 1024;

/**
 * Reads a whole file. Throws `not_found` where there is none and `input` where it is a folder, cannot be read,
 * or holds more than `limit` bytes.
 */
export async function readBytes(path: string, limit = DEFAULT_LIMIT): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > limit) {
      throw new BercailError('input', {
        message: `${path} holds ${size} bytes`,
        hint: `at most ${limit} are read`,
      });
    }
    return await readFile(path);
  } catch (error) {
    throw explain(path, error);
  }
}

/** Reads a whole file and its SHA-256. Bytes that are not UTF-8 are an `input` error, never replaced in silence. */
export async function readText(path: string, limit?: number): Promise<{ text: string; sha256: string }> {
  const bytes = await readBytes(path, limit);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, sha256: createHash('sha256').update(bytes).digest('hex') };
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
  const given = await stat(path).catch(() => null);
  const whole = async (file: FileHandle): Promise<void> => {
    // Of the draft: a mode at opening would lose what the umask takes.
    if (given?.isFile()) await file.chmod(given.mode & 0o777);
    await write(file);
  };
  await writeDraft(path, whole, (draft) => rename(draft, path), mode);
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

/** The same for what people write and share, such as a manifest. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeAtomic(path, (file) => file.writeFile(text, 'utf8'), 0o666);
}

/**
 * Writes a file that is not there yet, and the folders above it. What is there is never touched, even when it appears
 * meanwhile: that is an `input` error. `mode` is that of the file, from its first byte on.
 */
export async function writeNew(path: string, text: string, mode?: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw explain(dirname(path), error);
  });
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
