import { checkHost } from '../../collect/s3/endpoint/address.ts';
import { BercailError } from '../../error.ts';

const limit = 1024 * 1024;
const patience = 30_000;

/**
 * What a time-stamping authority answers to a request (RFC 3161, 3.4, over HTTP). The authority sees a hash and no data.
 * @throws BercailError `input` when it cannot be reached or answers something else
 */
export async function askAuthority(
  url: string,
  request: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const told = (why: string, cause?: unknown): BercailError =>
    new BercailError(
      'input',
      {
        message: `${url}: ${why}`,
        hint: 'the bundle was not written; without --timestamp it needs no authority',
      },
      { cause },
    );
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: Uint8Array.from(request),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
  } catch (cause) {
    throw told('the authority cannot be reached', cause);
  }
  if (!response.ok) throw told(`the authority answered ${response.status}`);
  if (!(response.headers.get('content-type') ?? '').startsWith('application/timestamp-reply'))
    throw told('what answered is no time-stamping authority');
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > limit) throw told(`the answer is longer than ${limit} bytes`);
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof BercailError ? error : told('the answer broke off', error);
  }
  return Buffer.concat(parts);
}

/** An address that a request may go to. */
export function authorityUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new BercailError('usage', {
      message: `${text} is no address of a time-stamping authority`,
      hint: 'expected http://… or https://…, without a password',
    });
  checkHost(text);
  return url.href;
}
