import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BercailError } from '../../../error.ts';
import { checkFile, explain } from '../../../io/file.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Format = 'csv' | 'json_lines' | 'json' | 'parquet';

/** What a file is, found from its bytes. */
export interface Survey {
  /** What people call it: the path, or the address that it was copied from. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Of the file as it lies there. */
  readonly sha256: string;
  readonly format: Format;
  readonly gzip: boolean;
  readonly encoding: Encoding;
  /** Whether UTF-8 starts with a byte order mark. */
  readonly hasMark: boolean;
  /** The start of the text. */
  readonly head: string;
  /** Whether the head is all of it. */
  readonly whole: boolean;
  /** For CSV: lines outside quotes that are not blank, the header among them. Null when lines end in more than one way. */
  readonly records: number | null;
}

const HEAD = 1 << 18;

/** Reads a file once, whole: its hash, its form, its encoding and how many records it has. */
export async function survey(path: string, name: string): Promise<Survey> {
  try {
    checkFile(path);
    const start = await readStart(path);
    const { format: binary } = formatOf(start, name);
    const gzip = start[0] === 0x1f && start[1] === 0x8b;
    const hash = createHash('sha256');
    let bytes = 0;
    const file = createReadStream(path, { highWaterMark: 1 << 20 });
    const counted = hashing(file, (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
    });
    const looked =
      binary === 'parquet' ? await drain(counted) : await look(gzip ? unzipped(counted) : counted);
    const sha256 = hash.digest('hex');
    if (looked === null)
      return {
        name,
        path,
        bytes,
        sha256,
        format: 'parquet',
        gzip: false,
        encoding: 'utf-8',
        hasMark: false,
        head: '',
        whole: false,
        records: null,
      };
    const { encoding, start: text, isWhole, records } = looked;
    const head = new TextDecoder(encoding).decode(text);
    return {
      name,
      path,
      bytes,
      sha256,
      format: formatOf(text, name, head).format,
      gzip,
      encoding,
      hasMark: text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf,
      head,
      whole: isWhole,
      records,
    };
  } catch (error) {
    throw explain(name, error) === error && !(error instanceof BercailError)
      ? unreadable(name, error)
      : explain(name, error);
  }
}

function unreadable(path: string, error: unknown): BercailError {
  const isCut =
    typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
  return new BercailError('input', {
    message: isCut ? `${path} is compressed with gzip, and cut or damaged` : `${path} cannot be read`,
    hint: isCut ? 'copy it again' : 'expected CSV, JSON lines or Parquet, plain or compressed with gzip',
  });
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function formatOf(start: Buffer, path: string, head = ''): { readonly format: Format } {
  if (start.toString('latin1', 0, 4) === 'PAR1') return { format: 'parquet' };
  if (start.toString('latin1', 0, 4) === 'PK\x03\x04')
    throw new BercailError('input', {
      message: `${path} is a spreadsheet or an archive`,
      hint: 'save the sheet as CSV',
    });
  const first = head.trimStart()[0];
  return { format: first === '{' ? 'json_lines' : first === '[' ? 'json' : 'csv' };
}

async function* hashing(file: Readable, see: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of file) {
    see(chunk as Buffer);
    yield chunk as Buffer;
  }
}

async function* unzipped(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Readable } = await import('node:stream');
  const gunzip = createGunzip();
  const input = Readable.from(source);
  input.on('error', (error) => gunzip.destroy(error));
  for await (const chunk of input.pipe(gunzip)) yield chunk as Buffer;
}

async function drain(source: AsyncIterable<Buffer>): Promise<null> {
  for await (const _ of source);
  return null;
}

interface Looked {
  readonly encoding: Encoding;
  readonly start: Buffer;
  readonly isWhole: boolean;
  readonly records: number | null;
}

async function look(source: AsyncIterable<Buffer>): Promise<Looked> {
  let [start, carry] = [Buffer.alloc(0), Buffer.alloc(0)];
  let [size, valid, wide] = [0, true, null as Encoding | null];
  const lines = createLineCounter();
  for await (const chunk of source) {
    if (size === 0) wide = wideEncoding(chunk);
    if (start.length < HEAD) start = Buffer.concat([start, chunk.subarray(0, HEAD - start.length)]);
    size += chunk.length;
    if (wide !== null) continue;
    lines.add(chunk);
    if (!valid) continue;
    const joined = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const cut = joined.length - tailOf(joined);
    valid = isUtf8(joined.subarray(0, cut));
    carry = Buffer.from(joined.subarray(cut));
  }
  if (carry.length > 0) valid = false;
  return {
    encoding: wide ?? (valid ? 'utf-8' : 'windows-1252'),
    start,
    isWhole: size <= HEAD,
    records: wide === null ? lines.records() : null,
  };
}

/** UTF-16 says so in its first bytes, or shows it: plain letters have a zero in every other byte. */
function wideEncoding(chunk: Buffer): Encoding | null {
  const [a, b] = chunk;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (chunk.length < 4) return null;
  if (a === 0 && b !== 0 && chunk[2] === 0) return 'utf-16be';
  return a !== 0 && b === 0 && chunk[3] === 0 ? 'utf-16le' : null;
}

/** Bytes at the end that may be the start of a character. */
function tailOf(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Counts lines outside quotes that are not blank. */
function createLineCounter(): {
  readonly add: (chunk: Buffer) => void;
  readonly records: () => number | null;
} {
  let [records, quoted, filled, returned] = [0, false, false, false];
  let [withReturn, without, odd] = [0, 0, false];
  return {
    add: (chunk) => {
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at];
        if (byte === 0x22) quoted = !quoted;
        if (quoted) {
          filled = true;
          continue;
        }
        if (byte === 0x0a) {
          if (filled) records++;
          if (returned) withReturn++;
          else without++;
          filled = false;
        } else {
          if (returned) odd = true;
          if (byte !== 0x0d) filled = true;
          if (byte === 0) odd = true;
        }
        returned = byte === 0x0d;
      }
    },
    records: () =>
      odd || quoted || returned || (withReturn > 0 && without > 0) ? null : records + (filled ? 1 : 0),
  };
}
