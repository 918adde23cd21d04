import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  exportJWK,
  importJWK,
} from 'jose';
import { BercailError } from '../error.ts';

/** Ed25519 (RFC 8037). One algorithm: none to choose, none to be talked down to. */
const algorithm = 'EdDSA';

/** A compact JWS (RFC 7515) whose payload is these bytes and whose header holds the public key. */
export async function signBytes(bytes: Uint8Array, privatePem: string, file: string): Promise<string> {
  const key = ed25519(
    () => createPrivateKey(privatePem),
    file,
    'a private key in PEM, as `bercail keygen` writes it',
  );
  const jwk = await exportJWK(createPublicKey(key));
  const kid = await calculateJwkThumbprint(jwk);
  return new CompactSign(bytes).setProtectedHeader({ alg: algorithm, kid, jwk }).sign(key);
}

export type SignatureCheck =
  | { readonly state: 'valid'; readonly thumbprint: string; readonly isExpected: boolean }
  | { readonly state: 'invalid'; readonly why: string };

/**
 * Whether a JWS signs exactly these bytes: with the key given, else with the one that it brings, which says that
 * whoever holds that key signed and not who that is.
 */
export async function checkSignature(
  jws: string,
  bytes: Uint8Array,
  publicPem: { readonly text: string; readonly file: string } | null,
): Promise<SignatureCheck> {
  const given =
    publicPem === null
      ? null
      : ed25519(() => createPublicKey(publicPem.text), publicPem.file, 'an Ed25519 public key in PEM');
  try {
    // The last character of a Base64 text holds bits that nobody reads: only one writing of it is taken.
    if (jws.split('.').some((part) => Buffer.from(part, 'base64url').toString('base64url') !== part))
      return { state: 'invalid', why: 'it is not written as a signature is' };
    const { jwk } = decodeProtectedHeader(jws);
    if (jwk === undefined) return { state: 'invalid', why: 'it does not say with which key' };
    const key = given ?? (await importJWK({ ...jwk }, algorithm));
    const { payload } = await compactVerify(jws, key, { algorithms: [algorithm] });
    if (Buffer.compare(payload, bytes) !== 0) return { state: 'invalid', why: 'it signs another manifest' };
    const thumbprint = await calculateJwkThumbprint(given === null ? jwk : await exportJWK(given));
    return { state: 'valid', thumbprint, isExpected: given !== null };
  } catch {
    return {
      state: 'invalid',
      why: given === null ? 'it does not match its key' : 'it was not made with the key given',
    };
  }
}

function ed25519(read: () => KeyObject, file: string, expected: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new BercailError(
      'input',
      { message: `${file} is no key that can be read`, hint: `expected ${expected}` },
      { cause },
    );
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new BercailError('input', {
      message: `${file} is a key of type ${key.asymmetricKeyType ?? 'none'}`,
      hint: `expected ${expected}`,
    });
  return key;
}
