import { createGunzip, type Gunzip } from 'node:zlib';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { BercailError } from '../error.ts';

/** Files of an archive by name. */
export type Entries = ReadonlyMap<string, Uint8Array>;

const maxEntries = 20_000;
/** What a bundle may hold: it is read whole. */
export const maxZipBytes = 1024 * 1024 * 1024;

/**
 * A ZIP in its one canonical form: names sorted, nothing compressed, every time 1980-01-01. The bytes depend on the
 * entries alone, on no compressor, time zone or system; what is large in it is compressed already.
 */
export function writeZip(entries: Entries): Uint8Array {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  // The day that a ZIP counts from, in local time, as the format has it: the same bytes in every zone.
  const mtime = new Date(1980, 0, 1);
  const files: Zippable = Object.fromEntries(
    sorted.map(([name, bytes]) => [name, [bytes, { level: 0, mtime }]]),
  );
  return zipSync(files, { level: 0, mtime });
}

/** What is in a ZIP, and where it is not in its canonical form. */
export interface ReadZip {
  readonly entries: Entries;
  readonly problems: readonly string[];
}

/**
 * Reads what `writeZip` wrote, and only that. Nothing is inflated (no bomb), no name leads out of a folder, no byte is
 * left that the entries do not account for.
 * @throws BercailError `input` for bytes that are no such ZIP
 */
export function readZip(bytes: Uint8Array): ReadZip {
  const entries = new Map<string, Uint8Array>();
  const problems: string[] = [];
  const folded = new Set<string>();
  let count = 0;
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, size, originalSize, compression }) => {
        count += 1;
        total += size;
        if (count > maxEntries) throw refused(`more than ${maxEntries} entries`);
        if (compression !== 0 || size !== originalSize)
          throw refused(`the entry ${shown(name)} is compressed`);
        if (total > bytes.length) throw refused('entries lie over one another');
        if (!isEntryName(name)) throw refused(`an entry has a name that is not allowed: ${shown(name)}`);
        if (folded.has(name.toLowerCase())) throw refused(`two entries are named ${shown(name)}`);
        folded.add(name.toLowerCase());
        return true;
      },
    });
    for (const name of Object.keys(files).sort()) entries.set(name, files[name] ?? new Uint8Array());
  } catch (error) {
    if (error instanceof BercailError) throw error;
    throw new BercailError('input', { message: 'not a ZIP that can be read' }, { cause: error });
  }
  const canonical = writeZip(entries);
  const at = firstDifference(bytes, canonical);
  if (at !== null) problems.push(`the ZIP itself was altered: byte ${at} is not what its entries give`);
  return { entries, problems };
}

/** Relative, of plain characters: safe to unpack on any system. */
export function isEntryName(name: string): boolean {
  return (
    name.length <= 200 &&
    /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/.test(name) &&
    !/(^|\/)__proto__(\/|$)/.test(name)
  );
}

/** Refuses gzip data that holds more than `limit` bytes, without keeping them. */
export async function checkInflated(bytes: Uint8Array, name: string, limit: number): Promise<void> {
  const gunzip: Gunzip = createGunzip();
  gunzip.end(bytes);
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) throw refused(`${name} inflates to more than ${limit} bytes`);
    }
  } catch (cause) {
    if (cause instanceof BercailError) throw cause;
    throw new BercailError('input', { message: `${name} is not whole` }, { cause });
  }
}

function refused(message: string): BercailError {
  return new BercailError('input', { message });
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}

function firstDifference(a: Uint8Array, b: Uint8Array): number | null {
  const length = Math.min(a.length, b.length);
  if (Buffer.compare(a, b) === 0) return null;
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return length;
}
