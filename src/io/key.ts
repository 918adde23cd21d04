import { generateKeyPairSync, randomBytes } from 'node:crypto';

export interface KeyPairText {
  /** PKCS #8 and SPKI, both PEM. */
  readonly privatePem: string;
  readonly publicPem: string;
}

/** A new Ed25519 pair. */
export function newKeyPair(): KeyPairText {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** A number that nobody else asks with; below 2^63, and never zero at its head. */
export function newNonce(): Uint8Array {
  const nonce = randomBytes(8);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}
