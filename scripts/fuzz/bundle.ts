import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestName, writeManifest } from '../../src/bundle/manifest.ts';
import { verifyBundle } from '../../src/bundle/verify.ts';
import { runAudit } from '../../src/command/audit.ts';
import { renderNamed } from '../../src/command/render.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { root, version } from '../../src/io/root.ts';
import { type Entries, readZip, writeZip } from '../../src/io/zip.ts';
import { outcomeOf } from './machine/outcome.ts';
import { createRandom } from './machine/random.ts';
import type { Seed, Target } from './machine/target.ts';

/** What a bundle brings that is read again, and so could be turned against whoever verifies it. */
const attacked =
  /^(?:run|result)\.json$|^(?:inputs|policies)\/|^packs\/[^/]+\/00[1-4]|^catalog\/[^/]*\/?[^/]*\.yaml$/;

/** Evidence of somebody else’s: contents changed with hashes that fit, or bytes damaged: verified, failed, refused. */
export const target: Target = {
  seeds: async () =>
    [...(await bundle()).entries]
      .filter(([name]) => attacked.test(name))
      .map(([name, bytes]): Seed => {
        const text = Buffer.from(bytes).toString('utf8');
        return { name, form: name.endsWith('.json') ? 'json' : 'text', text };
      }),
  start: async (folder) => {
    await mkdir(folder, { recursive: true });
    const { bytes, entries } = await bundle();
    return ({ name, text }, index) =>
      outcomeOf(async () => {
        const { verdict, replay } = await verifyBundle({
          bundle: index % 4 === 0 ? damaged(bytes, index) : forged(entries, name, text),
          publicKey: null,
          authorities: null,
          original: null,
          folder: {
            write: async (file, content) => {
              if (!/^\d+\.ndjson$/.test(file)) throw new Error(`a bundle chose the name of a file: ${file}`);
              await writeFile(join(folder, file), content);
              return join(folder, file);
            },
          },
          render: renderNamed,
          version: version(),
        });
        return `${verdict}, replay ${replay.state}`;
      });
  },
};

let made: Promise<{ readonly bytes: Uint8Array; readonly entries: Entries }> | undefined;

function bundle(): NonNullable<typeof made> {
  made ??= makeBundle();
  return made;
}

async function makeBundle(): NonNullable<typeof made> {
  const folder = mkdtempSync(join(tmpdir(), 'bercail-fuzz-'));
  const path = join(folder, 'bundle.zip');
  try {
    await runAudit(
      [
        join(root, 'tests/fixtures/in-order/manifest.yaml'),
        join(root, 'tests/fixtures/in-order/store.inventory.ndjson.gz'),
      ],
      { format: ['json'], failOn: 'never', quiet: true, bundle: path, asOf: '2026-11-01' },
      {
        out: async () => undefined,
        err: () => undefined,
        clock: fixedClock('2026-11-01T00:00:00Z'),
        env: { BERCAIL_CACHE: '/dev/null/none', LANG: 'en' },
        terminal: { color: false, width: null, isInteractive: false, hyperlinks: false },
        signal: new AbortController().signal,
      },
      false,
    );
    const bytes = readFileSync(path);
    return { bytes, entries: readZip(bytes).entries };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function forged(entries: Entries, name: string, text: string): Uint8Array {
  const changed = new Map(entries);
  changed.set(name, Buffer.from(text));
  changed.set(manifestName, writeManifest(changed));
  return writeZip(changed);
}

/** A few bytes of the archive changed, mostly where its tables are; or its end cut off. */
function damaged(bytes: Uint8Array, index: number): Uint8Array {
  const random = createRandom(17, index);
  const copy = Uint8Array.from(bytes);
  for (let times = random.below(6); times >= 0; times -= 1) {
    const from = random.below(2) === 0 ? 0 : Math.max(0, copy.length - 20_000);
    copy[from + random.below(copy.length - from)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  }
  return random.below(5) === 0 ? copy.subarray(0, random.below(copy.length)) : copy;
}
