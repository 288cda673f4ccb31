import { ObjectIdentifier } from 'asn1js';
import { elements, identifier, integer, NULL, raw, sequence, small, value, type Octets } from './der';

const RSA = '1.2.840.113549.1.1.1';
const RSASSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';
const EC = '1.2.840.10045.2.1';

/** How keys of one kind sign (TR-02102-1 §5), for WebCrypto and in a message. */
export interface Scheme {
  readonly key: EcKeyImportParams | RsaHashedImportParams;
  readonly signing: EcdsaParams | RsaPssParams;
  /** WebCrypto's name of the hash, of the content as of the signed attributes (RFC 5652 §5.4). */
  readonly hash: string;
  /** AlgorithmIdentifier of that hash, without parameters (RFC 5754 §2). */
  readonly digest: Octets;
  /** AlgorithmIdentifier of the signature. */
  readonly signature: Octets;
  /** Octets of a coordinate; 0 for keys that are on no curve. */
  readonly coordinate: number;
  /** What WebCrypto made, as it stands in a message. */
  encoded(signature: Uint8Array): Octets;
}

/**
 * The scheme for a key's AlgorithmIdentifier: ECDSA on P-256, P-384 and P-521 with the curve's own hash, or
 * RSASSA-PSS with SHA-256. Undefined for keys that no officer signs with.
 */
export function schemeOf(algorithm: Uint8Array): Scheme | undefined {
  const [kind, parameters] = elements(algorithm);
  if (!(kind instanceof ObjectIdentifier)) {
    return undefined;
  }
  if (kind.getValue() === RSA) {
    return PSS;
  }
  return kind.getValue() === EC && parameters instanceof ObjectIdentifier ? CURVES[parameters.getValue()] : undefined;
}

const SHA_256 = sequence(identifier('2.16.840.1.101.3.4.2.1'));

const CURVES: Readonly<Record<string, Scheme>> = {
  '1.2.840.10045.3.1.7': onCurve('P-256', 32, 'SHA-256', SHA_256, '1.2.840.10045.4.3.2'),
  '1.3.132.0.34': onCurve('P-384', 48, 'SHA-384', sequence(identifier('2.16.840.1.101.3.4.2.2')), '1.2.840.10045.4.3.3'),
  '1.3.132.0.35': onCurve('P-521', 66, 'SHA-512', sequence(identifier('2.16.840.1.101.3.4.2.3')), '1.2.840.10045.4.3.4'),
};

// RSASSA-PSS-params (RFC 4055 §3.1): hash, mask by the same hash, salt as long; the trailer is the usual one.
const PSS_HASH = sequence(identifier('2.16.840.1.101.3.4.2.1'), NULL);
const PSS: Scheme = {
  key: { name: 'RSA-PSS', hash: 'SHA-256' },
  signing: { name: 'RSA-PSS', saltLength: 32 },
  hash: 'SHA-256',
  digest: SHA_256,
  signature: sequence(
    identifier(RSASSA_PSS),
    sequence(
      value(0xa0, PSS_HASH),
      value(0xa1, sequence(identifier(MGF1), PSS_HASH)),
      value(0xa2, small(32)),
    ),
  ),
  coordinate: 0,
  encoded: (signature) => signature.slice(),
};

function onCurve(namedCurve: string, coordinate: number, hash: string, digest: Octets, signature: string): Scheme {
  return {
    key: { name: 'ECDSA', namedCurve },
    signing: { name: 'ECDSA', hash },
    hash,
    digest,
    signature: sequence(identifier(signature)),
    coordinate,
    // WebCrypto gives r and s side by side; in a message they are an ECDSA-Sig-Value (RFC 3279 §2.2.3).
    encoded: (both) => sequence(integer(both.slice(0, coordinate)), integer(both.slice(coordinate))),
  };
}

/** The AlgorithmIdentifier with which a SubjectPublicKeyInfo begins. */
export function algorithmOf(publicKey: Uint8Array): Octets {
  return raw(elements(publicKey)[0]);
}
