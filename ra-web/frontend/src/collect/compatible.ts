import { BmpString, Constructed, Integer, Null, ObjectIdentifier, OctetString, Primitive, Sequence, Set as DerSet } from 'asn1js';
import des from 'des.js';
import { toHex } from '../encoding';
import { derive, IV, KEY, mac } from './oldPasswords';
import type { Bundle } from './pkcs12';

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const TRIPLE_DES = '1.2.840.113549.1.12.1.3'; // pbeWithSHAAnd3-KeyTripleDES-CBC
const KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const X509 = '1.2.840.113549.1.9.22.1';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
const SHA1 = '1.3.14.3.2.26';

/** SHA-1 costs an attacker little; the password of 123 bits is what protects the file. */
const ITERATIONS = 10_000;

/**
 * The same file as `pkcs12` makes, in the form of before 2017 that old importers know and no other: triple DES and
 * HMAC-SHA-1, both keyed by PKCS#12's own derivation (RFC 7292 appendices B and C).
 */
export async function compatiblePkcs12(bundle: Bundle): Promise<ArrayBuffer> {
  const keys: Sequence[] = [];
  const certificates: Sequence[] = [];
  const issuers = new Map<string, Sequence>();
  for (const { privateKey, certificates: [own = new ArrayBuffer(0), ...above], name } of bundle.entries) {
    const attributes = [
      attribute(FRIENDLY_NAME, new BmpString({ value: name })),
      attribute(LOCAL_KEY_ID, new OctetString({ valueHex: await crypto.subtle.digest('SHA-256', own) })),
    ];
    keys.push(bag(KEY_BAG, shrouded(privateKey, bundle.password), attributes));
    certificates.push(certificateBag(own, attributes));
    above.forEach((der) => issuers.set(toHex(der), certificateBag(der, [])));
  }
  const safe = der(
    sequence(encrypted(sequence(...certificates, ...issuers.values()), bundle.password), data(sequence(...keys))),
  );
  const salt = crypto.getRandomValues(new Uint8Array(8));
  const stamp = mac(bundle.password, salt, ITERATIONS, safe);
  const digestInfo = sequence(sequence(oid(SHA1), new Null()), octets(stamp));
  const macData = sequence(digestInfo, octets(salt), new Integer({ value: ITERATIONS }));
  const file = sequence(new Integer({ value: 3 }), contentInfo(DATA, octets(safe)), macData);
  return file.toBER(false);
}

function encrypted(contents: Sequence, password: string): Sequence {
  const { algorithm, ciphertext } = encrypt(der(contents), password);
  const info = sequence(
    oid(DATA),
    algorithm,
    new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: ciphertext.buffer } as never),
  );
  return contentInfo(ENCRYPTED_DATA, sequence(new Integer({ value: 0 }), info));
}

function data(contents: Sequence): Sequence {
  return contentInfo(DATA, octets(der(contents)));
}

function contentInfo(type: string, content: Sequence | OctetString): Sequence {
  return sequence(oid(type), explicit(content));
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3). */
function shrouded(privateKey: ArrayBuffer, password: string): Sequence {
  const { algorithm, ciphertext } = encrypt(new Uint8Array(privateKey), password);
  return sequence(algorithm, octets(ciphertext));
}

function certificateBag(certificate: ArrayBuffer, attributes: readonly Sequence[]): Sequence {
  const value = sequence(oid(X509), explicit(new OctetString({ valueHex: certificate })));
  return bag(CERTIFICATE_BAG, value, attributes);
}

function bag(type: string, value: Sequence, attributes: readonly Sequence[]): Sequence {
  const set = attributes.length === 0 ? [] : [new DerSet({ value: [...attributes] })];
  return sequence(oid(type), explicit(value), ...set);
}

function attribute(type: string, value: BmpString | OctetString): Sequence {
  return sequence(oid(type), new DerSet({ value: [value] }));
}

function encrypt(plain: Uint8Array, password: string) {
  const salt = crypto.getRandomValues(new Uint8Array(8));
  const cipher = des.CBC.instantiate(des.EDE).create({
    type: 'encrypt',
    key: derive(password, salt, KEY, ITERATIONS, 24),
    iv: derive(password, salt, IV, ITERATIONS, 8),
  });
  const ciphertext = Uint8Array.from([...cipher.update(plain), ...cipher.final()]);
  const parameters = sequence(octets(salt), new Integer({ value: ITERATIONS }));
  return { algorithm: sequence(oid(TRIPLE_DES), parameters), ciphertext };
}

function sequence(...value: readonly unknown[]): Sequence {
  return new Sequence({ value: [...value] as never });
}

function explicit(value: unknown): Constructed {
  return new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [value] as never });
}

function oid(value: string): ObjectIdentifier {
  return new ObjectIdentifier({ value });
}

function octets(value: Uint8Array): OctetString {
  return new OctetString({ valueHex: new Uint8Array(value).buffer });
}

function der(value: Sequence): Uint8Array<ArrayBuffer> {
  return new Uint8Array(value.toBER(false));
}
