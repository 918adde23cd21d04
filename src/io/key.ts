import { generateKeyPairSync } from 'node:crypto';

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
