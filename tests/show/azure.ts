// A tenant of five subscriptions and 5,000 resources, served on the loopback, and what Bercail says of it:
//   node tests/show/azure.ts            audits it, and once more from the snapshot
//   node tests/show/azure.ts --serve    serves it until Ctrl-C, and says how to ask it by hand
// The SDK's own credentials sign in at the fake, over https; nothing leaves the machine.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { schoolManifest, schoolTenant } from '../setup/azure-tenant.ts';
import { certificate, startFakeArm, tenantOfTests } from '../setup/fake-arm.ts';

const fake = await startFakeArm({ estate: schoolTenant(5000) });
const env = {
  NODE_EXTRA_CA_CERTS: certificate,
  AZURE_AUTHORITY_HOST: fake.endpoint,
  AZURE_RESOURCE_MANAGER_URL: fake.endpoint,
  AZURE_ENVIRONMENT: 'AzureCloud',
  AZURE_TENANT_ID: tenantOfTests,
  AZURE_CLIENT_ID: '00000000-0000-4000-8000-00000000c11e',
  AZURE_CLIENT_SECRET: 'secret-of-the-tests',
};
if (process.argv.includes('--serve')) {
  for (const [name, value] of Object.entries(env)) console.log(`export ${name}=${value}`);
  console.log('# then: bercail audit --azure');
  process.once('SIGINT', () => void fake.stop());
} else {
  const folder = await mkdtemp(join(tmpdir(), 'bercail-azure-'));
  try {
    await writeFile(join(folder, 'manifest.yaml'), schoolManifest);
    await writeFile(
      join(folder, 'bercail.yaml'),
      `bercail: config/v1\nmanifests: [manifest.yaml]\nsources:\n  - azure: {tenant: ${tenantOfTests}}\n`,
    );
    const live = await bercail(['audit', folder, '--lang', 'en']);
    const collected = await bercail(['collect', folder, '--out', folder]);
    const again = await bercail([
      'check',
      join(folder, `azure-${tenantOfTests}.inventory.ndjson.gz`),
      '--lang',
      'en',
    ]);
    console.log(live.out);
    console.log(collected.out);
    console.log(`audit: exit ${live.code}; from the snapshot: exit ${again.code}`);
    console.log(`${fake.requests.length} requests, at most ${fake.most()} at a time`);
  } finally {
    await rm(folder, { recursive: true });
    await fake.stop();
  }
}

function bercail(words: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const child = spawn(process.execPath, [join(root, 'src/cli.ts'), ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code: code ?? 1, out: Buffer.concat(chunks).toString('utf8') })),
  );
}
