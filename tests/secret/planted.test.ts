import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Folder, scratchFolder } from '../setup/command-line.ts';

/** Credentials where people keep them; none may come out anywhere. */
const planted = {
  id: 'AKIAPLANTED000000001',
  key: 'plantedSecretKeyOfTheEnvironment/1234567',
  session: 'plantedSessionTokenOfTheEnvironment==',
  profileId: 'AKIAPLANTED000000002',
  profileKey: 'plantedSecretKeyOfTheProfile/12345678901',
  azure: 'planted~AzureClientSecret.0123456789',
  dotenv: 'plantedPasswordOfDotEnv',
  address: 'plantedPasswordOfAnAddress',
} as const;

let server: Server;
let origin: string;
let folder: Folder;
const asked: string[] = [];

/** Refuses everything, and repeats in its answer whatever it was sent: what no server should do and some do. */
function parrot(request: IncomingMessage): string {
  const heard = JSON.stringify([request.url, request.headers, Object.values(planted)]).replaceAll(
    /[<>&]/g,
    '',
  );
  return `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${heard}</Message><RequestId>1</RequestId></Error>`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(String(request.headers.authorization));
    request.resume().on('end', () => {
      response.writeHead(403, { 'content-type': 'application/xml' }).end(parrot(request));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await scratchFolder();
  await folder.write('.env', `DATABASE_PASSWORD=${planted.dotenv}\nAWS_SECRET_ACCESS_KEY=${planted.key}\n`);
  await folder.write(
    'home/.aws/credentials',
    `[planted]\naws_access_key_id = ${planted.profileId}\naws_secret_access_key = ${planted.profileKey}\n`,
  );
  await folder.write('home/.aws/config', '[profile planted]\nregion = eu-west-3\n');
  await folder.write(
    'bercail.yaml',
    [
      'bercail: config/v1',
      'sources:',
      `  - s3: {endpoint: '${origin}', provider: ovhcloud, region: gra, profile: planted}`,
      `  - aws: {endpoint: '${origin}', region: eu-west-3, regions: [eu-west-3], services: [s3]}`,
      '',
    ].join('\n'),
  );
  await mkdir(folder.path('tmp'));
});
afterAll(async () => {
  server.close();
  await folder.remove();
});

async function run(
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly said: string }> {
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  const child = spawn(process.execPath, ['--no-warnings', cli, ...words], {
    cwd: folder.path(),
    env: {
      PATH: process.env['PATH'],
      HOME: folder.path('home'),
      TMPDIR: folder.path('tmp'),
      BERCAIL_CACHE: folder.path('cache'),
      LANG: 'en',
      AWS_ACCESS_KEY_ID: planted.id,
      AWS_SECRET_ACCESS_KEY: planted.key,
      AWS_SESSION_TOKEN: planted.session,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
      NODE_DISABLE_COMPILE_CACHE: '1',
      AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000002',
      AZURE_TENANT_ID: '00000000-0000-0000-0000-000000000001',
      AZURE_CLIENT_SECRET: planted.azure,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString('utf8')));
  child.stderr.on('data', (text: Buffer) => (said += text.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

/** Every file that runs left in the folder but those that were planted, as text; archives are not compressed. */
async function written(): Promise<
  readonly { readonly name: string; readonly text: string; readonly mode: string }[]
> {
  const names = await readdir(folder.path(), { recursive: true, withFileTypes: true });
  const inputs = /^(?:home\/\.aws\/\w+|\.env|bercail\.yaml)$/;
  const files = names
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter((path) => !inputs.test(path.slice(folder.path().length).replace(/^\//, '')));
  return Promise.all(
    files.map(async (path) => {
      const bytes = await readFile(path);
      const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      return {
        name: path,
        text: text.toString('latin1'),
        mode: ((await stat(path)).mode & 0o777).toString(8),
      };
    }),
  );
}

/** Also as an address or Base64 would hold them. */
function leaks(text: string): readonly string[] {
  return Object.entries(planted).flatMap(([name, value]) =>
    [value, encodeURIComponent(value), Buffer.from(value).toString('base64').slice(0, -4)].some((form) =>
      text.includes(form),
    )
      ? [name]
      : [],
  );
}

test.each([
  ['collect', ['collect', '--out', 'snapshots']],
  [
    'audit, with a bundle and every word that it can say',
    [
      'audit',
      '--out',
      'reports',
      '--format',
      'json,html,text',
      '--bundle',
      'proof.zip',
      '--include-inventory',
      '--verbose',
    ],
  ],
  [
    'audit --debug of an address with a password',
    ['audit', '--debug', '--s3-endpoint', `https://u:${planted.address}@s3.example.org`],
  ],
  [
    'a policy that is not there, by its address',
    ['check', '.', '--debug', '--policy', `https://u:${planted.address}@example.org/p.yaml`],
  ],
  ['a file of secrets as an input', ['check', '--debug', '.env']],
  ['doctor', ['doctor']],
  ['what would be allowed', ['audit', '--print-permissions', 'aws']],
])(
  '%s: no credential in what it says or writes',
  async (_, words) => {
    const { code, said } = await run(words);
    expect([0, 1, 2, 3]).toContain(code);
    expect(said).not.toBe('');
    expect(leaks(said)).toEqual([]);
    for (const { name, text, mode } of await written()) {
      expect([name, leaks(text)]).toEqual([name, []]);
      expect([name, mode]).toEqual([name, '600']);
    }
    expect(await readdir(folder.path('tmp'))).toEqual([]);
  },
  120_000,
);

test('the credentials were in use: requests were signed with them, and files were written', async () => {
  expect(asked.some((header) => header.includes(planted.id))).toBe(true);
  expect(asked.some((header) => header.includes(planted.profileId))).toBe(true);
  const names = (await written()).map(({ name }) => name);
  for (const wanted of ['.inventory.ndjson.gz', 'bercail.json.json', 'proof.zip'])
    expect(names.some((name) => name.endsWith(wanted))).toBe(true);
});
