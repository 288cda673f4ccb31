import { BitString, OctetString } from 'asn1js';
import type { OfficerCertificate } from './certificate';
import { elements, octetString, raw, sequence, small, value, type Octets } from './der';
import { algorithmOf } from './scheme';

/**
 * Takes a private key in so that it signs and can't be read any more.
 *
 * @param pkcs8 PrivateKeyInfo (RFC 5958), DER
 * @returns undefined if the key isn't that certificate's
 */
export async function signingKey(pkcs8: ArrayBuffer, certificate: OfficerCertificate): Promise<CryptoKey | undefined> {
  const info = rebuilt(new Uint8Array(pkcs8), certificate);
  if (info === undefined) {
    return undefined;
  }
  const key = await crypto.subtle
    .importKey('pkcs8', info, certificate.scheme.key, false, ['sign'])
    .catch(() => undefined) // Some browsers find out by themselves that the two halves don't fit.
    .finally(() => info.fill(0));
  return key !== undefined && (await belongs(key, certificate)) ? key : undefined;
}

/** Shows by a signature that the private key is the one of the certificate's public key. */
async function belongs(key: CryptoKey, { publicKey, scheme }: OfficerCertificate): Promise<boolean> {
  const other = await crypto.subtle.importKey('spki', publicKey, scheme.key, false, ['verify']);
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const signature = await crypto.subtle.sign(scheme.signing, key, challenge);
  return crypto.subtle.verify(scheme.signing, other, signature, challenge);
}

/**
 * The same key as every browser takes it: with the public key inside. Java leaves that out of an ECPrivateKey
 * (RFC 5915 §3), and not all browsers work it out.
 */
function rebuilt(pkcs8: Octets, { publicKey, scheme }: OfficerCertificate): Octets | undefined {
  const [, algorithm, content] = elements(pkcs8);
  const wanted = algorithmOf(publicKey);
  if (!(content instanceof OctetString) || !same(raw(algorithm), wanted)) {
    return undefined;
  }
  const secret = new Uint8Array(content.getValue());
  if (scheme.coordinate === 0) {
    return sequence(small(0), wanted, octetString(secret));
  }
  const [, scalar] = elements(secret);
  const point = elements(publicKey)[1];
  if (!(scalar instanceof OctetString) || !(point instanceof BitString)) {
    return undefined;
  }
  const given = new Uint8Array(scalar.getValue());
  if (given.length > scheme.coordinate) {
    return undefined;
  }
  const padded = new Uint8Array(scheme.coordinate);
  padded.set(given, scheme.coordinate - given.length);
  const key = sequence(small(1), octetString(padded), value(0xa1, raw(point)));
  const info = sequence(small(0), wanted, octetString(key));
  for (const part of [secret, given, padded, key]) {
    part.fill(0);
  }
  return info;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
