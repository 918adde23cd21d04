import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createRandom } from '../fuzz/machine/random.ts';
import { expect, type Fault } from './fault.ts';
import { type Stage, snapshot } from './stage.ts';

const collect = ['collect', '--out', 'out'];

/** A whole collection beside which others are held. */
async function whole(stage: Stage): Promise<string> {
  const ran = await stage.run(['collect', '--out', 'whole']);
  expect(ran.code === 0 || ran.code === 3, 'an undisturbed run fails', ran);
  return stage.content('whole/aws.inventory.ndjson.gz');
}

const isDraft = (name: string): boolean => name.endsWith('.tmp');

const all: readonly Fault[] = [
  {
    fault: 'kill -9 during `collect`, at five random moments, each then taken up with `--resume last`',
    promised:
      'no half snapshot under its name (a hidden draft, private, may stay: nothing can be done at such a kill); the run that was taken up gives what an undisturbed one gives',
    see: async (stage) => {
      const expected = await whole(stage);
      const random = createRandom(7, 0);
      let killed = 0;
      for (let time = 0; time < 5; time += 1) {
        const first = await stage.run(collect, { kill: { after: random.below(500), signal: 'SIGKILL' } });
        if (first.signal !== 'SIGKILL') continue;
        killed += 1;
        // The kill may come after the snapshot was written: then it is whole.
        if (stage.left().includes(snapshot))
          expect(stage.content() === expected, 'half a snapshot of a run that was killed', first);
        const second = await stage.run([...collect, '--resume', 'last']);
        expect(stage.content() === expected, 'the run taken up differs', second);
        const verified = await stage.run(['collect', '--verify', snapshot]);
        expect(verified.code === 0, 'the snapshot is not whole', verified);
        rmSync(stage.path(snapshot));
      }
      expect(killed > 0, 'no run was killed in time');
      const drafts = stage.left().filter(isDraft);
      for (const draft of drafts) {
        expect((statSync(stage.path(draft)).mode & 0o777) === 0o600, `${draft} is not private`);
        rmSync(stage.path(draft));
      }
      return `${killed} of 5 were killed before their end; each was taken up, with the same observations; hidden drafts left: ${drafts.length}`;
    },
  },
  {
    fault: 'Ctrl-C during `collect`',
    promised: 'what was read is written and says what is missing; the run can be taken up',
    see: async (stage) => {
      const expected = await whole(stage);
      const first = await stage.run(collect, { kill: { after: 150, signal: 'SIGINT' } });
      expect(first.code === 130, 'not 130', first);
      expect(/--resume/.test(first.err), 'does not say how to go on', first);
      const second = await stage.run([...collect, '--resume', 'last']);
      expect(stage.content() === expected, 'the run taken up differs', second);
      return 'exit 130, says `--resume`; taken up, it gives the same observations';
    },
  },
  {
    fault: 'SIGTERM, then SIGHUP, during `collect`',
    promised: 'it ends at once with the code of the signal; no half file; the run can be taken up',
    see: async (stage) => {
      const expected = await whole(stage);
      const codes: (number | null)[] = [];
      for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
        const first = await stage.run(collect, { kill: { after: 150, signal } });
        codes.push(first.code);
        expect(!stage.left().includes(snapshot), 'a snapshot of a run that was ended', first);
        const second = await stage.run([...collect, '--resume', 'last']);
        expect(stage.content() === expected, 'the run taken up differs', second);
        rmSync(stage.path(snapshot));
      }
      expect(codes.join() === '143,129', `exit ${codes.join(' and ')}`);
      return 'exit 143 and 129; taken up, each gives the same observations';
    },
  },
  {
    fault: 'a snapshot is replaced again and again while it is read',
    promised: 'what was read is one or the other, whole, or it is refused; never a mixture',
    see: async (stage) => {
      await stage.run(collect);
      const one = readFileSync(stage.path(snapshot));
      const other = gzipSync(gunzipSync(one), { level: 1 });
      const replace = setInterval(() => {
        stage.write('next', Math.random() < 0.5 ? one : other);
        renameSync(stage.path('next'), stage.path(snapshot));
      }, 2);
      const codes = new Set<number | null>();
      try {
        for (let time = 0; time < 5; time += 1) {
          const ran = await stage.run(['check', snapshot, '--format', 'json']);
          expect(ran.code === 2 ? /damaged|cut short/.test(ran.err) : ran.code !== null, 'neither', ran);
          codes.add(ran.code);
        }
      } finally {
        clearInterval(replace);
        rmSync(stage.path('next'), { force: true });
      }
      return `read five times: exit ${[...codes].join(', ')}`;
    },
  },
  {
    fault: 'two runs at once into one folder',
    promised: 'each has its own journal; the snapshot that stays is one of the two, whole',
    see: async (stage) => {
      const expected = await whole(stage);
      const both = await Promise.all([stage.run(collect), stage.run(collect)]);
      for (const ran of both) expect(ran.code === 0 || ran.code === 3, 'one of two fails', ran);
      expect(stage.content() === expected, 'the snapshot is neither’s');
      const left = readdirSync(stage.path('out'));
      expect(left.length === 1, `left behind: ${left.join(', ')}`);
      return 'both end as one alone; one whole snapshot, nothing left behind';
    },
  },
  {
    fault: 'the clock goes back an hour at every look',
    promised: 'the same observations; times are only told',
    see: async (stage) => {
      const expected = await whole(stage);
      const jump =
        'const now = Date.now.bind(Date); let back = 0; Date.now = () => now() - (back += 3600000) % 86400000;' +
        'const D = Date; globalThis.Date = class extends D { constructor(...a) { a.length ? super(...a) : super(D.now()); } };';
      const ran = await stage.run(collect, {
        node: ['--import', `data:text/javascript,${encodeURIComponent(jump)}`],
      });
      expect(ran.code === 0 || ran.code === 3, 'fails', ran);
      expect(stage.content() === expected, 'other observations', ran);
      return 'the same observations, byte for byte but for their times';
    },
  },
  {
    fault: 'the reader of standard output goes away (`| head -1`)',
    promised: 'the exit code is the run’s own; no error is told',
    see: async (stage) => {
      const whole = await stage.run(['audit', '--format', 'json', '--all', '--include-inventory']);
      const cut = await stage.run(['audit', '--format', 'json', '--all', '--include-inventory'], {
        shell: '$CMD | head -1 > /dev/null; exit ${PIPESTATUS[0]}',
      });
      expect(cut.code === whole.code, `not ${whole.code}`, cut);
      expect(!/EPIPE|defect/.test(cut.err), 'tells of it', cut);
      return `exit ${cut.code}, as without`;
    },
  },
];

/** The same, and no draft is left. */
export const interrupted = all.map(
  (fault): Fault => ({
    ...fault,
    see: async (stage: Stage) => {
      const seen = await fault.see(stage);
      expect(!stage.left().some(isDraft), `drafts left behind: ${stage.left().join(', ')}`);
      return seen;
    },
  }),
);
