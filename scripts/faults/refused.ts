import { chmodSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, expectRefusal, type Fault } from './fault.ts';
import { type Stage, snapshot } from './stage.ts';

const collect = ['collect', '--out', 'out'];
const slowDown = { status: 503, code: 'SlowDown' };

async function nothingHalf(stage: Stage): Promise<void> {
  const half = stage.left().filter((name) => name.endsWith('.tmp'));
  expect(half.length === 0, `left behind: ${half.join(', ')}`);
}

/** Cuts a file in the middle, and expects a command to refuse it. */
async function halved(stage: Stage, name: string, words: readonly string[], said: RegExp): Promise<string> {
  truncateSync(stage.path(name), Math.floor(readFileSync(stage.path(name)).length / 2));
  return expectRefusal(await stage.run(words), said);
}

export const refused: readonly Fault[] = [
  {
    fault: 'the disk is full while a snapshot is written (`ulimit -f`)',
    promised: 'an error that says so, exit 2; no half file',
    see: async (stage) => {
      const ran = await stage.run(['collect', '--out', 'out', '--quiet'], {
        shell: 'trap "" XFSZ; ulimit -f 1; exec $CMD',
      });
      const seen = expectRefusal(ran, /full|too large|limit/);
      expect(!stage.left().includes(snapshot), 'half a snapshot', ran);
      await nothingHalf(stage);
      return seen;
    },
  },
  {
    fault: 'the disk is full while reports, a bundle, a baseline or a journal are written (`ulimit -f`)',
    promised: 'an error that says so, exit 2; no half file',
    see: async (stage) => {
      for (const words of [
        ...['json', 'html', 'csv', 'xlsx', 'docx', 'sarif'].map((format) => [
          '--format',
          format,
          '--out',
          'out',
        ]),
        ['--format', 'json', '--out', 'out', '--bundle', 'proof.zip'],
        ['--format', 'text', '--write-baseline', 'baseline.json'],
      ]) {
        const ran = await stage.run(['audit', '--quiet', ...words], {
          shell: 'trap "" XFSZ; ulimit -f 1; exec $CMD',
        });
        const isSmall = ran.code !== 2 && words.includes('--write-baseline');
        if (!isSmall) expectRefusal(ran, /full|too large|limit/);
        expect(
          !stage.left().some((name) => /^out\/|proof/.test(name)),
          `left: ${stage.left().join(', ')}`,
          ran,
        );
        await nothingHalf(stage);
      }
      return 'exit 2, says why; nothing half-written';
    },
  },
  {
    fault: 'standard output is on a full disk (`> /dev/full`)',
    promised: 'an error that says so, exit 2',
    see: async (stage) =>
      expectRefusal(await stage.run(['audit', '--format', 'json'], { shell: '$CMD > /dev/full' }), /full/),
  },
  {
    fault: 'the folder for reports cannot be written',
    promised: 'an error that names it, exit 2',
    see: async (stage) => {
      mkdirSync(stage.path('out'));
      chmodSync(stage.path('out'), 0o500);
      // Whoever may write anywhere gives that up first.
      const isRoot = process.getuid?.() === 0;
      const shell = isRoot ? 'chmod 755 . ; setpriv --bounding-set=-all --inh-caps=-all $CMD' : '$CMD';
      const ran = await stage.run(['audit', '--format', 'json', '--out', 'out'], { shell });
      return expectRefusal(ran, /may not be read or written|read-only/);
    },
  },
  {
    fault: 'every call about buckets is denied',
    promised: 'gaps with the permission that each needs; incomplete (exit 3), never a pass',
    server: {
      answer: (operation) =>
        operation.startsWith('s3:GetBucket') ? { status: 403, code: 'AccessDenied' } : undefined,
    },
    see: async (stage) => {
      const ran = await stage.run(['audit', '--format', 'json']);
      expect(ran.code === 3 || ran.code === 1, 'neither incomplete nor failed', ran);
      expect(ran.out.includes('s3:GetBucketTagging'), 'does not name the permission', ran);
      return `exit ${ran.code}; the permissions are named`;
    },
  },
  {
    fault: 'tags are throttled the first two times',
    promised: 'asked again; the same observations as without',
    server: {
      answer: (operation, _bucket, attempt) =>
        operation === 's3:GetBucketTagging' && attempt <= 2 ? slowDown : undefined,
    },
    see: async (stage) => {
      const first = await stage.run(collect);
      const slow = stage.content();
      rmSync(stage.path('out'), { recursive: true });
      const second = await stage.run(collect);
      expect(first.code === second.code, 'another exit code', first);
      expect(stage.content() === slow, 'other observations', first);
      return `the same observations as a second run that was not throttled, exit ${first.code}`;
    },
  },
  {
    fault: 'a snapshot cut in the middle',
    promised: 'refused, with its line; evidence is whole or refused',
    see: async (stage) => {
      await stage.run(collect);
      return halved(stage, snapshot, ['check', snapshot], /cut short|damaged/);
    },
  },
  {
    fault: 'a result cut in the middle',
    promised: 'refused: it is not JSON',
    see: async (stage) => {
      await stage.run(['audit', '--format', 'json', '--out', 'out']);
      return halved(stage, 'out/bercail.json.json', ['report', 'out/bercail.json.json'], /not JSON/);
    },
  },
  {
    fault: 'a bundle cut in the middle',
    promised: 'not verified (exit 1)',
    see: async (stage) => {
      await stage.run(['audit', '--format', 'json', '--out', 'out', '--bundle', 'proof.zip']);
      const whole = await stage.run(['verify', 'proof.zip']);
      expect(whole.code === 0, 'the whole one is not verified', whole);
      truncateSync(stage.path('proof.zip'), 20_000);
      const cut = await stage.run(['verify', 'proof.zip']);
      expect(cut.code === 1 && !/defect/.test(cut.err), 'verified, or a defect', cut);
      return 'exit 1, says why; the whole one exit 0';
    },
  },
  {
    fault: 'a journal cut in the middle of a line',
    promised: 'the line is asked again; the same observations',
    // Slow enough that the kill comes after the first results, and before the last.
    server: { latency: 100 },
    see: async (stage) => {
      await stage.run(['collect', '--out', 'whole']);
      const killed = await stage.run(collect, { kill: { after: 700, signal: 'SIGKILL' } });
      const run = /run (\w+)/.exec(killed.err)?.[1] ?? '';
      const journal = stage.path(`out/.bercail-run-${run}/journal.ndjson`);
      const bytes = readFileSync(journal);
      writeFileSync(journal, bytes.subarray(0, bytes.length - 40));
      const ran = await stage.run([...collect, '--resume', run]);
      expect(ran.code === 0 || ran.code === 3, 'not taken up', ran);
      expect(stage.content() === stage.content('whole/aws.inventory.ndjson.gz'), 'other observations', ran);
      return `taken up, with the same observations`;
    },
  },
];
