import { toHex } from '../encoding';
import { elements, raw, type Octets } from './der';
import { algorithmOf, schemeOf, type Scheme } from './scheme';

/** An officer's certificate (RFC 5280 §4.1), as far as signing needs it; every part as it came, in DER. */
export interface OfficerCertificate {
  readonly encoded: Octets;
  readonly serial: Octets;
  readonly issuer: Octets;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Octets;
  /** SHA-256 of that, in hexadecimal: how this browser names the key. */
  readonly keyHash: string;
  readonly scheme: Scheme;
}

/**
 * Reads one. Nothing is verified: it comes from the server, and goes back there.
 *
 * @throws Error if it can't be read, or its key is of a kind that doesn't sign here
 */
export async function readCertificate(der: ArrayBuffer): Promise<OfficerCertificate> {
  const encoded = new Uint8Array(der.slice(0));
  const tbs = elements(raw(elements(encoded)[0]));
  // version [0], serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
  const publicKey = raw(tbs[6]);
  const scheme = schemeOf(algorithmOf(publicKey));
  if (tbs[0]?.idBlock.tagClass !== 3 || scheme === undefined) {
    throw new Error('no certificate of version 3 with a key that signs');
  }
  return {
    encoded,
    serial: raw(tbs[1]),
    issuer: raw(tbs[3]),
    publicKey,
    keyHash: toHex(await crypto.subtle.digest('SHA-256', publicKey)),
    scheme,
  };
}
