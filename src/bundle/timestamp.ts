import { createHash, X509Certificate } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  type Certificate,
  Certificate as CertificateClass,
  ContentInfo,
  ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { BercailError } from '../error.ts';

const sha256Id = '2.16.840.1.101.3.4.2.1';
const timeStamping = '1.3.6.1.5.5.7.3.8';
const extendedKeyUsage = '2.5.29.37';
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';
const signingCertificate = '1.2.840.113549.1.9.16.2.12';

/** A request for a token over these bytes (RFC 3161, 2.4.1): SHA-256, with the authority's certificates. */
export function timestampRequest(bytes: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Id, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: exact(createHash('sha256').update(bytes).digest()) }),
    }),
    nonce: new Integer({ valueHex: exact(nonce) }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER(false));
}

/**
 * The token in an answer, checked: granted, over these bytes, with this nonce, and signed.
 * @throws BercailError `input` for anything else
 */
export async function tokenOf(answer: Uint8Array, bytes: Uint8Array, nonce: Uint8Array): Promise<Uint8Array> {
  let response: TimeStampResp;
  try {
    response = TimeStampResp.fromBER(exact(answer));
  } catch (cause) {
    throw refused('what it answered is no time-stamp response', cause);
  }
  const { timeStampToken } = response;
  const status: number = response.status.status;
  if (status > 1 || !timeStampToken) throw refused(`it refused (status ${status})`);
  const token = new Uint8Array(timeStampToken.toSchema().toBER(false));
  const check = await checkTimestamp(token, bytes, null);
  if (check.state === 'invalid') throw refused(check.why);
  const given = infoOf(token)?.info.nonce?.valueBlock.valueHexView;
  if (!given || Buffer.compare(unsigned(given), unsigned(nonce)) !== 0)
    throw refused('it answered another request');
  return token;
}

export type TimestampCheck =
  | {
      readonly state: 'valid';
      /** RFC 3339, UTC. */
      readonly at: string;
      readonly authority: string;
      /** SHA-256 of the certificate that signed. */
      readonly certificate: string;
      /** The certificate leads to an authority that the reader trusts. */
      readonly isTrusted: boolean;
    }
  | { readonly state: 'invalid'; readonly why: string };

/**
 * Whether a token says that exactly these bytes were there at a time, and was signed by the certificate that it brings,
 * which has to be one for time-stamping alone. Who that is only `authorities` can tell (PEM).
 */
export async function checkTimestamp(
  token: Uint8Array,
  bytes: Uint8Array,
  authorities: { readonly text: string; readonly file: string } | null,
): Promise<TimestampCheck> {
  const trusted = authorities === null ? [] : certificatesOf(authorities);
  const invalid = (why: string): TimestampCheck => ({ state: 'invalid', why });
  try {
    const read = infoOf(token);
    if (!read) return invalid('it is no time-stamp token');
    const { signed, info } = read;
    const { hashAlgorithm, hashedMessage } = info.messageImprint;
    if (hashAlgorithm.algorithmId !== sha256Id) return invalid('it is not over SHA-256');
    const hash = createHash('sha256').update(bytes).digest();
    if (Buffer.compare(Buffer.from(hashedMessage.valueBlock.valueHexView), hash) !== 0)
      return invalid('it is over something else');
    const signer = await signerOf(signed, bytes);
    if (typeof signer === 'string') return invalid(signer);
    const at = info.genTime;
    if (at < signer.notBefore.value || at > signer.notAfter.value)
      return invalid('its certificate did not hold then');
    if (trusted.length > 0 && !(await leadsTo(signed, bytes, trusted, at)))
      return invalid('its certificate does not lead to an authority that was given');
    const x509 = new X509Certificate(Buffer.from(signer.toSchema().toBER(false)));
    return {
      state: 'valid',
      at: at.toISOString(),
      authority: x509.subject.replaceAll('\n', ', '),
      certificate: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
      isTrusted: trusted.length > 0,
    };
  } catch (error) {
    if (error instanceof BercailError) throw error;
    return invalid('it cannot be read');
  }
}

function infoOf(token: Uint8Array): { readonly signed: SignedData; readonly info: TSTInfo } | null {
  const content = ContentInfo.fromBER(exact(token));
  if (content.contentType !== ContentInfo.SIGNED_DATA) return null;
  const signed = new SignedData({ schema: content.content });
  const inner = signed.encapContentInfo.eContent?.getValue();
  return inner ? { signed, info: TSTInfo.fromBER(inner) } : null;
}

/** The certificate that signed, or what is wrong with the signature. */
async function signerOf(signed: SignedData, bytes: Uint8Array): Promise<Certificate | string> {
  if (signed.signerInfos.length !== 1) return 'it has not exactly one signature';
  const verified = await signed
    .verify({ signer: 0, data: exact(bytes), checkChain: false, extendedMode: true })
    .catch(() => null);
  const certificate = verified?.signerCertificate;
  if (!verified?.signatureVerified || !certificate) return 'its signature does not hold';
  const usage = certificate.extensions?.find(({ extnID }) => extnID === extendedKeyUsage);
  const purposes: unknown = usage?.parsedValue;
  if (
    !usage?.critical ||
    !(purposes instanceof ExtKeyUsage) ||
    purposes.keyPurposes.length !== 1 ||
    purposes.keyPurposes[0] !== timeStamping
  )
    return 'its certificate is not for time-stamping alone';
  return namesCertificate(signed, certificate) ? certificate : 'it was signed for another certificate';
}

/** RFC 3161 and 5816: the signature covers the hash of the certificate, so that none can be put in its place. */
function namesCertificate(signed: SignedData, certificate: Certificate): boolean {
  const der = Buffer.from(certificate.toSchema().toBER(false));
  const attributes = signed.signerInfos[0]?.signedAttrs?.attributes ?? [];
  return attributes.some(({ type, values }) => {
    const algorithm = type === signingCertificateV2 ? null : type === signingCertificate ? 'sha1' : undefined;
    if (algorithm === undefined) return false;
    const [value] = values as readonly { readonly toBER: () => ArrayBuffer }[];
    const text = value ? Buffer.from(value.toBER()) : Buffer.alloc(0);
    const hashes = algorithm === null ? ['sha256', 'sha384', 'sha512'] : [algorithm];
    return hashes.some((name) => text.includes(createHash(name).update(der).digest()));
  });
}

async function leadsTo(
  signed: SignedData,
  bytes: Uint8Array,
  trustedCerts: Certificate[],
  checkDate: Date,
): Promise<boolean> {
  return signed
    .verify({ signer: 0, data: exact(bytes), checkChain: true, trustedCerts, checkDate })
    .catch(() => false);
}

function certificatesOf({ text, file }: { readonly text: string; readonly file: string }): Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length === 0) throw new Error('none');
    return blocks.map((block) => CertificateClass.fromBER(exact(new X509Certificate(block).raw)));
  } catch (cause) {
    throw new BercailError(
      'input',
      { message: `${file} holds no certificate that can be read`, hint: 'expected PEM' },
      { cause },
    );
  }
}

function refused(why: string, cause?: unknown): BercailError {
  return new BercailError('input', { message: `no timestamp from the authority: ${why}` }, { cause });
}

/** A leading zero keeps a DER integer from being negative. */
function unsigned(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  return bytes.subarray(start);
}

/** The library reads whole buffers; a view of Node's may lie in a larger one. */
function exact(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
