import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verification } from '../../src/bundle/verify.ts';
import { type AuditOptions, runAudit } from '../../src/command/audit.ts';
import { runVerify, type VerifyOptions } from '../../src/command/evidence/verify.ts';
import { newKeyPair } from '../../src/io/key.ts';
import { testContext } from '../setup/command.ts';

export const folder = mkdtempSync(join(tmpdir(), 'bercail-test-'));
const pair = newKeyPair();
export const key = write('key.pem', pair.privatePem);
export const publicKey = write('key.pem.pub', pair.publicPem);

export function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The bytes of a bundle of these paths. */
export async function bundleOf(
  name: string,
  paths: readonly string[],
  options: AuditOptions = {},
  at?: string,
  network = false,
): Promise<Uint8Array> {
  const bundle = join(folder, name);
  const { context } = testContext(at);
  await runAudit(
    paths,
    { format: ['json'], failOn: 'never', quiet: true, ...options, bundle },
    context,
    network,
  );
  return readFileSync(bundle);
}

export async function verify(
  bytes: Uint8Array,
  options: Omit<VerifyOptions, 'lang' | 'format'> = {},
): Promise<Verification & { readonly code: number }> {
  const path = write('verified.zip', bytes);
  const { context, out } = testContext();
  const code = await runVerify(path, { ...options, format: 'json' }, context);
  return { ...(JSON.parse(out()) as Verification), code };
}
