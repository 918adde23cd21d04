import {
  manifestName,
  signatureName,
  timestampHash,
  timestampHashName,
  timestampName,
} from '../../bundle/manifest.ts';
import { signBytes } from '../../bundle/sign.ts';
import { BercailError } from '../../error.ts';
import { loadMessages } from '../../io/content.ts';
import { readText, writeAtomic } from '../../io/file.ts';
import { newNonce } from '../../io/key.ts';
import { maxZipBytes, writeZip } from '../../io/zip.ts';
import { createMessages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import type { CommandContext } from '../context.ts';
import { askAuthority, authorityUrl } from './authority.ts';

export interface SealOptions {
  readonly bundle: string;
  readonly key?: string;
  readonly timestamp?: string;
}

/** Signs and dates the files of a bundle as asked, and writes it: whole or not at all. Says so when it is not signed. */
export async function sealBundle(
  entries: Map<string, Uint8Array>,
  { bundle, key, timestamp }: SealOptions,
  { err, signal }: CommandContext,
  language: Language,
): Promise<void> {
  const messages = createMessages(language, loadMessages(language));
  const manifest = entries.get(manifestName) ?? new Uint8Array();
  if (key === undefined) err(`bercail: ${messages('bundle.unsigned', { file: bundle })}\n`);
  else {
    const { text } = await readText(key);
    entries.set(signatureName, Buffer.from(await signBytes(manifest, text, key)));
  }
  if (timestamp !== undefined) await addTimestamp(entries, timestamp, signal);
  const zip = writeZip(entries);
  if (zip.length > maxZipBytes)
    throw new BercailError('input', {
      message: `the bundle would hold ${zip.length} bytes`,
      hint: `at most ${maxZipBytes}: audit in parts`,
    });
  await writeAtomic(bundle, (file) => file.writeFile(zip));
}

/** Over the signature where there is one, else over the manifest. */
async function addTimestamp(
  entries: Map<string, Uint8Array>,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const { timestampRequest, tokenOf } = await import('../../bundle/timestamp.ts');
  const stamped = entries.get(signatureName) ?? entries.get(manifestName) ?? new Uint8Array();
  const nonce = newNonce();
  const answer = await askAuthority(authorityUrl(url), timestampRequest(stamped, nonce), signal);
  const token = await tokenOf(answer, stamped, nonce);
  entries.set(timestampName, token);
  entries.set(timestampHashName, timestampHash(token));
}
