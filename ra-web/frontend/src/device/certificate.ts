import { Certificate } from 'pkijs';
import { fromBase64, toHex } from '../encoding';
import type { Trust } from './service';

const COMMON_NAME = '2.5.4.3';
const RSA = '1.2.840.113549.1.1.1';
const CURVES: Record<string, string> = { '1.2.840.10045.3.1.7': 'ECDSA256', '1.3.132.0.34': 'ECDSA384' };

/** The certificates of a base64 list, DER. */
export function octets(certificates: readonly string[]): ArrayBuffer[] {
  return certificates.map(fromBase64);
}

/** All certificates of a trust, each once. */
export function all(...trusts: readonly Trust[]): ArrayBuffer[] {
  const found = new Map<string, ArrayBuffer>();
  for (const der of trusts.flatMap((trust) => octets([...trust.issuers, ...trust.above]))) {
    found.set(toHex(der), der);
  }
  return [...found.values()];
}

/**
 * The one certificate where only one can be named: the newest root. strongSwan believes nothing that doesn't end in
 * a root, and gets what lies between from the gateway.
 */
export function anchor({ issuers, above }: Trust): string {
  return above.at(-1) ?? issuers.at(-1) ?? '';
}

export function isRoot(der: ArrayBuffer): boolean {
  const certificate = Certificate.fromBER(der);
  return certificate.subject.isEqual(certificate.issuer);
}

export function commonName(der: ArrayBuffer): string {
  const names = Certificate.fromBER(der).subject.typesAndValues.filter(({ type }) => type === COMMON_NAME);
  return names.length === 0 ? '' : String(names[0]!.value.valueBlock.value);
}

/** What Apple's IKEv2 payload calls the kind of a certificate's key. */
export function appleKeyType(der: ArrayBuffer): string {
  const { algorithm } = Certificate.fromBER(der).subjectPublicKeyInfo;
  if (algorithm.algorithmId === RSA) {
    return 'RSA';
  }
  const curve: string = algorithm.algorithmParams?.valueBlock?.toString() ?? '';
  const type = CURVES[curve];
  if (type === undefined) {
    throw new Error('no kind of key that the device knows');
  }
  return type;
}
