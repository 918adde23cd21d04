import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { writeNew } from '../../io/file.ts';
import { newKeyPair } from '../../io/key.ts';
import type { Language } from '../../result/result.ts';
import type { CommandContext } from '../context.ts';
import { sayIn } from '../say.ts';

/** Makes a key that signs bundles: FILE for its owner alone, FILE.pub to give away. What is there is never replaced. */
export async function runKeygen(
  { out, lang }: { readonly out: string; readonly lang?: Language },
  context: CommandContext,
): Promise<number> {
  const { privatePem, publicPem } = newKeyPair();
  await writeNew(out, privatePem, 0o600);
  await writeNew(`${out}.pub`, publicPem);
  const thumbprint = await calculateJwkThumbprint(await exportJWK(createPublicKey(publicPem)));
  await context.out(`${sayIn(lang, context)('keygen.done', { file: out })}\n${thumbprint}\n`);
  return 0;
}
