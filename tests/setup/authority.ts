import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const config = `
[tsa]
default_tsa = own
[own]
dir = .
serial = ./serial
crypto_device = builtin
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[v3_tsa]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[v3_web]
extendedKeyUsage = serverAuth
[req]
distinguished_name = dn
[dn]
[v3_ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
`;

export interface Authority {
  readonly url: string;
  /** Its root, in PEM. */
  readonly ca: string;
  readonly folder: string;
  /** Requests that came. */
  readonly asked: readonly Buffer[];
  /** What it does instead of answering. */
  answer: ((request: Buffer) => Promise<Buffer>) | null;
  /** The answer of the authority itself. */
  readonly stamp: (request: Buffer) => Promise<Buffer>;
  readonly close: () => Promise<void>;
}

/** A time-stamping authority on the loopback: `openssl ts` behind HTTP. `usage` is the section of its certificate. */
export async function startAuthority(openssl: string, usage = 'v3_tsa'): Promise<Authority> {
  const folder = mkdtempSync(join(tmpdir(), 'bercail-tsa-'));
  const ssl = (...args: readonly string[]) => run(openssl, args, { cwd: folder });
  writeFileSync(join(folder, 'tsa.cnf'), config);
  writeFileSync(join(folder, 'serial'), '01\n');
  const request = ['req', '-config', 'tsa.cnf', '-newkey', 'rsa:2048', '-nodes', '-sha256'];
  await ssl(
    ...request,
    '-x509',
    '-days',
    '30',
    '-subj',
    '/CN=Test root',
    '-extensions',
    'v3_ca',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  await ssl(...request, '-subj', '/CN=Test authority', '-keyout', 'tsa.key', '-out', 'tsa.csr');
  await ssl(
    'x509',
    '-req',
    '-in',
    'tsa.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '20',
    '-sha256',
    '-extfile',
    'tsa.cnf',
    '-extensions',
    usage,
    '-out',
    'tsa.pem',
  );
  const stamp = async (query: Buffer): Promise<Buffer> => {
    writeFileSync(join(folder, 'query.tsq'), query);
    await ssl(
      'ts',
      '-reply',
      '-config',
      'tsa.cnf',
      '-section',
      'own',
      '-queryfile',
      'query.tsq',
      '-out',
      'reply.tsr',
    );
    return readFileSync(join(folder, 'reply.tsr'));
  };
  const asked: Buffer[] = [];
  const authority: Authority = {
    url: '',
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    folder,
    asked,
    answer: null,
    stamp,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        rmSync(folder, { recursive: true, force: true });
      }),
  };
  const server: Server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const query = Buffer.concat(parts);
      asked.push(query);
      (authority.answer ?? stamp)(query).then(
        (reply) => response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(reply),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(authority, { url: `http://127.0.0.1:${port}/` });
}
