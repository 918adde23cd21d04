import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, expectRefusal, type Fault } from './fault.ts';
import type { Stage } from './stage.ts';

const rule = `id: HNG-01
name: it-ends
severity: high
basis: {type: demand, law: [gdpr.44], mark: verified, checked_on: 2026-11-22}
title: {fr: Fin, en: End}
target: dataset
from: [manifest]
assert: "'a'.startsWith('HANG') || dataset.title != null"
message: {fr: a, en: a}
why: {fr: a, en: a}
fix: {fr: a, en: a}
tests: [{name: none, given: {}, expect: pass}]
`;
const pack = 'name: hanging\nversion: 1.0.0\ntitle: {fr: A, en: A}\ndescription: {fr: A, en: A}\n';

/** A defect of the evaluator: what a condition calls never comes back. */
const endless =
  'const as = String.prototype.startsWith;' +
  'String.prototype.startsWith = function (part, at) { if (part === "HANG") for (;;); return as.call(this, part, at); };';

function writePack(stage: Stage): void {
  mkdirSync(stage.path('own'));
  stage.write('own/pack.yaml', pack);
  stage.write('own/rule.yaml', rule);
  stage.write(
    'manifest.yaml',
    'bercail: manifest/v1\nid: m\ndatasets:\n  results: {subjects: [pupil], categories: [education.results]}\n',
  );
}

function configure(stage: Stage, port: number | undefined): void {
  const source = `{endpoint: 'http://127.0.0.1:${port}', region: eu-west-3, services: [s3], timeout: 2}`;
  stage.write('bercail.yaml', `bercail: config/v1\nsources:\n  - aws: ${source}\n`);
}

/** A port whose queue of connections is full. Node takes every connection at once, so this is Python's. */
function deaf(): Promise<{ readonly port: number; readonly stop: () => void }> {
  const program =
    'import socket,time\ns=socket.socket();s.bind(("127.0.0.1",0));s.listen(0);a=s.getsockname();w=[]\n' +
    'for _ in range(4):\n c=socket.socket();c.setblocking(False);c.connect_ex(a);w.append(c)\n' +
    'print(a[1],flush=True);time.sleep(120)';
  const child = spawn('python3', ['-c', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new Error('needs python3')));
    child.stdout.once('data', (text: Buffer) =>
      resolve({ port: Number(text.toString('utf8')), stop: () => void child.kill('SIGKILL') }),
    );
  });
}

/** A service that accepts connections and does as told with them, in the place of the one that the stage has. */
async function instead<T>(stage: Stage, answer: string, work: () => Promise<T>): Promise<T> {
  const server = createServer((socket) =>
    socket.on('error', () => undefined).once('data', () => socket.write(answer)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  configure(stage, port);
  try {
    return await work();
  } finally {
    server.close();
  }
}

async function seeGap(stage: Stage): Promise<string> {
  const ran = await stage.run(['audit', '--format', 'json']);
  expect(ran.code === 3, 'not incomplete', ran);
  expect(ran.out.includes('TimedOut') || /"reason": "error"/.test(ran.out), 'no gap is told', ran);
  return 'exit 3; a gap';
}

/** What never comes back by itself. */
export const hanging: readonly Fault[] = [
  {
    fault: 'a rule of a pack from outside hangs inside one evaluation (`--deadline 2`)',
    promised: 'ended; the rule and its pack are named, exit 2; nothing is written',
    see: async (stage) => {
      writePack(stage);
      const words = [
        'check',
        'manifest.yaml',
        '--pack',
        './own',
        '--deadline',
        '2',
        '--format',
        'json',
        '--out',
        'out',
      ];
      const ran = await stage.run(words, {
        node: ['--import', `data:text/javascript,${encodeURIComponent(endless)}`],
      });
      const seen = expectRefusal(ran, /the rule HNG-01 of the pack hanging/);
      expect(!stage.left().some((name) => /out\/|\.tmp$/.test(name)), `written: ${stage.left().join(', ')}`);
      return `${seen}; the rule is named`;
    },
  },
  {
    fault: 'a service answers the head of its answer, and no more',
    promised: 'a gap after `timeout`; incomplete (exit 3), never a pass',
    see: (stage) => instead(stage, 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<', () => seeGap(stage)),
  },
  {
    fault: 'a service accepts the connection, and never answers',
    promised: 'a gap after `timeout`; incomplete (exit 3), never a pass',
    see: (stage) => instead(stage, '', () => seeGap(stage)),
  },
  {
    fault: 'a service cannot be connected to: it never takes the connection',
    promised: 'a gap after `timeout`; incomplete (exit 3), never a pass',
    see: async (stage) => {
      const { port, stop } = await deaf();
      try {
        configure(stage, port);
        return await seeGap(stage);
      } finally {
        stop();
      }
    },
  },
  {
    fault: 'a pipe that nobody writes to, and a device without end, in the place of files',
    promised: 'refused in words, at once',
    see: async (stage) => {
      spawnSync('mkfifo', [stage.path('pipe.yaml')]);
      symlinkSync('/dev/zero', stage.path('zero.yaml'));
      for (const words of [
        ['check', 'pipe.yaml'],
        ['check', 'zero.yaml'],
        ['report', 'pipe.yaml'],
        ['collect', '--verify', 'zero.yaml'],
      ])
        expectRefusal(await stage.run(words), /is a pipe or a device/);
      return 'exit 2, says why';
    },
  },
];
