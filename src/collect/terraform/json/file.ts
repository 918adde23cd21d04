import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { BercailError } from '../../../error.ts';
import { checkFile, explain } from '../../../io/file.ts';
import { holdYoungGeneration } from '../../../io/heap.ts';
import type { Choice, Found, Path } from './found.ts';
import { createScanner } from './scan.ts';

const CHUNK = 1 << 20;

/** What other tools leave where JSON is expected, told by its first bytes. */
const NOT_JSON: readonly (readonly [start: string, message: string, hint: string])[] = [
  [
    '504b0304',
    'a plan in Terraform’s own format',
    '`terraform show -json FILE > plan.json` writes the one that is read',
  ],
  ['fffe', 'UTF-16 text', 'save it as UTF-8 (PowerShell: `| Out-File -Encoding utf8`)'],
  ['feff', 'UTF-16 text', 'save it as UTF-8 (PowerShell: `| Out-File -Encoding utf8`)'],
];

interface ScanOptions {
  /** Gets the SHA-256 of the bytes. */
  readonly onEnd?: (sha256: string) => void;
  /** Whether a value is to be read after all, by how its text begins. */
  readonly isWanted?: (path: Path, bytes: Buffer) => boolean;
}

/**
 * The values of a JSON file that `choose` takes, in the order of the file, in bounded memory. Throws `input` with file, line and column for what is not JSON, `not_found` where there is no file.
 */
export async function* scanFile(
  path: string,
  choose: (path: Path) => Choice,
  { onEnd, isWanted }: ScanOptions = {},
): AsyncGenerator<Found> {
  const hash = onEnd ? createHash('sha256') : null;
  try {
    yield* scan(path, choose, isWanted, (chunk) => hash?.update(chunk));
  } catch (error) {
    // Once more, looking at everything: the first fault is told where it is, whatever was to be passed over.
    if (error instanceof BercailError && error.code === 'input')
      for await (const _ of scan(path, () => 'enter'));
    throw error;
  }
  if (hash) onEnd?.(hash.digest('hex'));
}

async function* scan(
  path: string,
  choose: (path: Path) => Choice,
  isWanted?: ScanOptions['isWanted'],
  onChunk?: (chunk: Buffer) => void,
): AsyncGenerator<Found> {
  const scanner = createScanner(path, choose, isWanted);
  let isFirst = true;
  for await (const chunk of chunksOf(path)) {
    onChunk?.(chunk);
    yield* scanner.write(isFirst ? start(path, chunk) : chunk);
    isFirst = false;
  }
  yield* scanner.end();
}

/** One buffer, filled again and again: what is taken from it is copied. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    checkFile(path);
    const file = await open(path);
    try {
      const buffer = Buffer.allocUnsafe(CHUNK);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK);
        if (bytesRead === 0) return;
        if (bytesRead === CHUNK) holdYoungGeneration();
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explain(path, error);
  }
}

function start(path: string, chunk: Buffer): Buffer {
  const head = chunk.subarray(0, 4).toString('hex');
  const other = NOT_JSON.find(([begin]) => head.startsWith(begin));
  if (other)
    throw new BercailError('input', {
      message: other[1],
      hint: other[2],
      where: { file: path, line: 1, column: 1 },
    });
  return head.startsWith('efbbbf') ? chunk.subarray(3) : chunk;
}
