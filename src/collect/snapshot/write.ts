import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Observation } from '../../inventory/observation.ts';
import { writeAtomic } from '../../io/file.ts';
import type { SourceConfig } from '../collector.ts';
import { withoutSecrets } from '../secret.ts';
import type { SnapshotHeader } from './format.ts';
import { createChain, FORMAT, GZIP_HEADER } from './format.ts';

export interface SnapshotInfo {
  readonly version: string;
  /** RFC 3339 UTC. */
  readonly created: string;
  readonly source: SourceConfig;
}

/**
 * Writes observations, in the order given, as `NAME.inventory.ndjson.gz`: whole or not at all, and the same bytes for
 * the same observations.
 */
export async function writeSnapshot(
  path: string,
  { version, created, source }: SnapshotInfo,
  observations: Iterable<Observation> | AsyncIterable<Observation>,
): Promise<void> {
  const header: SnapshotHeader = {
    bercail: FORMAT,
    tool: { name: 'bercail', version },
    created,
    source: { kind: source.kind, options: withoutSecrets(source.options) },
  };
  await writeAtomic(path, async (file) => {
    await pipeline(
      Readable.from(chunks(header, observations)),
      createGzip({ level: 9 }),
      sameHeader,
      async (compressed) => {
        for await (const chunk of compressed) await file.writeFile(chunk);
      },
    );
  });
}

/** Lines are handed over in bundles: one write a line would cost more than its compression. */
async function* chunks(
  header: SnapshotHeader,
  observations: Iterable<Observation> | AsyncIterable<Observation>,
): AsyncGenerator<Buffer> {
  const chain = createChain();
  let text = '';
  for await (const item of (async function* () {
    yield header;
    yield* observations;
  })()) {
    const line = JSON.stringify(item);
    chain.add(line);
    text += `${line}\n`;
    if (text.length > 65_536) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}${JSON.stringify({ digest: chain.end() })}\n`);
}

/** zlib writes the operating system into the header; a snapshot does not depend on it. */
async function* sameHeader(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let position = 0;
  for await (const chunk of compressed) {
    const missing = GZIP_HEADER.subarray(position, position + chunk.length);
    yield missing.length === 0 ? chunk : Buffer.concat([missing, chunk.subarray(missing.length)]);
    position += chunk.length;
  }
}
