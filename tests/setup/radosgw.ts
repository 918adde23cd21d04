import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './moto.ts';

const run = promisify(execFile);

/** What Debian's packages ceph-mon, ceph-osd and radosgw bring; `setpriv` ends a daemon whose test was killed. */
export const radosPrograms = ['ceph', 'ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'setpriv'] as const;

export interface RadosGateway {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly stop: () => Promise<void>;
}

/**
 * Ceph on the loopback, in a private folder that is gone when it stops: a monitor, an OSD that keeps everything in
 * memory, and the gateway that speaks S3. `zoneGroup` is the name that GetBucketLocation then tells.
 */
export async function startRadosGateway(zoneGroup: string): Promise<RadosGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'bercail-rados-'));
  const daemons: ChildProcess[] = [];
  const start = (program: string, ...args: readonly string[]): void => {
    const command = ['--pdeathsig', 'KILL', program, '-c', join(folder, 'ceph.conf'), '-f', ...args];
    daemons.push(spawn('setpriv', command, { stdio: 'ignore', cwd: folder }));
  };
  const stop = async (): Promise<void> => {
    await Promise.all(daemons.map(end));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [monitor, port] = [await freePort(), await freePort()];
    const tool = async (program: string, ...args: readonly string[]): Promise<string> =>
      (
        await run(program, args, {
          cwd: folder,
          env: { ...process.env, CEPH_CONF: 'ceph.conf' },
          timeout: 60_000,
        })
      ).stdout;
    const address = `[v2:127.0.0.1:${monitor}/0]`;
    const id = randomUUID();
    await Promise.all(['mon', 'osd', 'rgw'].map((name) => mkdir(join(folder, name))));
    await writeFile(join(folder, 'ceph.conf'), configuration(folder, id, address, port));
    await makeKeys(tool);
    await tool('monmaptool', '--create', '--fsid', id, '--addv', 'a', address, 'monmap');
    await tool('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'monmap', '--keyring', 'keyring');
    start('ceph-mon', '-i', 'a');
    const disk = randomUUID();
    await tool('ceph', 'osd', 'new', disk, '0');
    await tool('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', disk);
    start('ceph-osd', '-i', '0');
    const credentials = {
      accessKeyId: randomBytes(10).toString('hex'),
      secretAccessKey: randomBytes(20).toString('hex'),
    };
    const keys = ['--access-key', credentials.accessKeyId, '--secret', credentials.secretAccessKey];
    const user = ['--uid', 'editeur-ent', '--display-name', 'Éditeur de l’ENT', '--max-buckets', '5000'];
    await tool('radosgw-admin', 'user', 'create', ...user, ...keys);
    // The zone group is there once something was made in it.
    await nameZoneGroup(tool, folder, zoneGroup);
    start('radosgw', '-n', 'client.admin');
    const endpoint = `http://127.0.0.1:${port}`;
    await untilAnswered(endpoint, daemons);
    return { endpoint, credentials, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Tool = (program: string, ...args: readonly string[]) => Promise<string>;

/** Ceph's own keys: its gateway does not start without them. */
async function makeKeys(tool: Tool): Promise<void> {
  const key = (...args: readonly string[]) => tool('ceph-authtool', 'keyring', '--gen-key', ...args);
  await key('--create-keyring', '-n', 'mon.', '--cap', 'mon', 'allow *');
  await key('-n', 'client.admin', ...['mon', 'osd', 'mgr'].flatMap((part) => ['--cap', part, 'allow *']));
  await key('-n', 'osd.0', '--cap', 'mon', 'allow profile osd', '--cap', 'osd', 'allow *');
}

async function nameZoneGroup(tool: Tool, folder: string, name: string): Promise<void> {
  const group: unknown = JSON.parse(
    await tool('radosgw-admin', 'zonegroup', 'get', '--rgw-zonegroup', 'default'),
  );
  await writeFile(join(folder, 'zonegroup.json'), JSON.stringify({ ...Object(group), api_name: name }));
  await tool('radosgw-admin', 'zonegroup', 'set', '--rgw-zonegroup', 'default', '--infile', 'zonegroup.json');
}

function configuration(folder: string, id: string, address: string, port: number): string {
  return `[global]
fsid = ${id}
mon host = ${address}
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = ${folder}/keyring
mon data = ${folder}/mon
osd data = ${folder}/osd
rgw data = ${folder}/rgw
osd objectstore = memstore
memstore device bytes = 268435456
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail crit = 0
paxos propose interval = 0.1
run dir = ${folder}
admin socket =
log file = ${folder}/$name.log
log to stderr = false
ms bind msgr1 = false
rgw frontends = beast endpoint=127.0.0.1:${port}
`;
}

async function untilAnswered(endpoint: string, daemons: readonly ChildProcess[]): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (daemons.some(({ exitCode }) => exitCode !== null))
      throw new Error('a daemon of Ceph ended too early');
    if ((await fetch(endpoint).catch(() => null))?.ok === true) return;
    await sleep(100);
  }
  throw new Error('radosgw did not answer within 60 s');
}

async function end(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    daemon.once('exit', () => resolve()).once('error', () => resolve());
    daemon.kill('SIGKILL');
  });
}
