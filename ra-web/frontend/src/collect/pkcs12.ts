import { BmpString, OctetString } from 'asn1js';
import { toHex } from '../encoding';
import {
  Attribute,
  AuthenticatedSafe,
  CertBag,
  Certificate,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from 'pkijs';

const ITERATIONS = 200_000;
const KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';

/** pkijs' names for how a part of the file is protected. */
const BY_PASSWORD = 1;
const PLAIN = 0;

/** A key and its certificate. */
export interface Entry {
  /** PKCS#8, DER. */
  readonly privateKey: ArrayBuffer;
  /** DER, the key's own certificate first, then its issuers. */
  readonly certificates: readonly ArrayBuffer[];
  /** What the certificate is called in the lists of phones and mail programs. */
  readonly name: string;
}

export interface Bundle {
  readonly entries: readonly Entry[];
  /** ASCII. */
  readonly password: string;
}

/**
 * A PKCS#12 file (RFC 7292) as Windows, macOS, Android, iOS and OpenSSL 3 read it: key under PBES2 with
 * AES-256-CBC and PBKDF2-HMAC-SHA-256 (RFC 8018), certificates encrypted likewise, MAC with HMAC-SHA-256.
 * Issuers that several certificates share stand there once.
 */
export async function pkcs12(bundle: Bundle): Promise<ArrayBuffer> {
  const password = new TextEncoder().encode(bundle.password).buffer as ArrayBuffer;
  const keys: SafeBag[] = [];
  const certificates: SafeBag[] = [];
  const issuers = new Map<string, SafeBag>();
  for (const { privateKey, certificates: [own = new ArrayBuffer(0), ...above], name } of bundle.entries) {
    const attributes = [named(name), keyed(await crypto.subtle.digest('SHA-256', own))];
    const keyBag = await shrouded(privateKey, password);
    keys.push(new SafeBag({ bagId: KEY_BAG, bagValue: keyBag, bagAttributes: attributes }));
    certificates.push(certificateBag(own, attributes));
    above.forEach((der) => issuers.set(toHex(der), certificateBag(der, [])));
  }
  certificates.push(...issuers.values());

  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        { privacyMode: BY_PASSWORD, value: new SafeContents({ safeBags: certificates }) },
        { privacyMode: PLAIN, value: new SafeContents({ safeBags: keys }) },
      ],
    },
  });
  await safe.makeInternalValues({ safeContents: [encryption(password), {}] });

  const file = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await file.makeInternalValues({
    password,
    iterations: ITERATIONS,
    pbkdf2HashAlgorithm: { name: 'SHA-256' },
    hmacHashAlgorithm: 'SHA-256',
  });
  return file.toSchema().toBER(false);
}

/**
 * An encrypted private key (RFC 5958 §3). pkijs writes its octets in pieces, as BER allows; strongSwan reads DER
 * alone, so they are put together.
 */
export async function shrouded(privateKey: ArrayBuffer, password: ArrayBuffer): Promise<PKCS8ShroudedKeyBag> {
  const bag = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(privateKey) });
  await bag.makeInternalValues(encryption(password));
  bag.encryptedData = new OctetString({ valueHex: bag.encryptedData.getValue() });
  return bag;
}

function encryption(password: ArrayBuffer) {
  return {
    password,
    contentEncryptionAlgorithm: {
      name: 'AES-CBC',
      length: 256,
      iv: crypto.getRandomValues(new Uint8Array(16)),
    },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: ITERATIONS,
  };
}

function certificateBag(der: ArrayBuffer, attributes: Attribute[]): SafeBag {
  const bag = new CertBag({ parsedValue: Certificate.fromBER(der) });
  return attributes.length === 0
    ? new SafeBag({ bagId: CERTIFICATE_BAG, bagValue: bag })
    : new SafeBag({ bagId: CERTIFICATE_BAG, bagValue: bag, bagAttributes: attributes });
}

function named(name: string): Attribute {
  return new Attribute({ type: FRIENDLY_NAME, values: [new BmpString({ value: name })] });
}

function keyed(keyId: ArrayBuffer): Attribute {
  return new Attribute({ type: LOCAL_KEY_ID, values: [new OctetString({ valueHex: keyId })] });
}
