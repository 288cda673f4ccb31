import { fromBER, Integer, ObjectIdentifier, OctetString, type Constructed, type Sequence } from 'asn1js';
import { ContentInfo, SignedData } from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../src/encoding';
import { raw } from '../src/officer/der';
import type { Signer } from '../src/officer/keys';
import { officerMessage } from '../src/officer/message';
import { KINDS, fixture, seeded, signerOf } from './officer';

const DIGESTS = {
  p256: '300b0609608648016503040201',
  p384: '300b0609608648016503040202',
  rsa: '300b0609608648016503040201',
};
const SIGNATURES = {
  p256: '300a06082a8648ce3d040302', // ecdsa-with-SHA256, no parameters
  p384: '300a06082a8648ce3d040303', // ecdsa-with-SHA384
  rsa:
    '304106092a864886f70d01010a3034a00f300d06096086480165030402010500' +
    'a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
};

function parts(block: unknown): Constructed[] {
  return (block as Sequence).valueBlock.value as Constructed[];
}

function hex(block: unknown): string {
  return toHex(raw(block as Constructed).buffer);
}

/** The message taken apart. */
function read(message: ArrayBuffer) {
  const [outerType, outer] = parts(fromBER(message).result);
  const [version, digests, content, certificates, signers, ...more] = parts(parts(outer)[0]);
  const [type, inner] = parts(content);
  const signerInfos = parts(signers);
  const [signerVersion, sid, digest, attributes, algorithm, signature, ...unsigned] = parts(signerInfos[0]);
  return {
    outerType, version, digests, type, inner, certificates, more,
    signerInfos, signerVersion, sid, digest, attributes, algorithm, signature, unsigned,
  };
}

async function verifies(message: ArrayBuffer, { certificate }: Signer): Promise<boolean> {
  const { attributes, signature } = read(message);
  const { scheme, publicKey } = certificate;
  const signed = raw(attributes);
  signed[0] = 0x31;
  let octets = new Uint8Array((signature as unknown as OctetString).getValue());
  if (scheme.coordinate > 0) {
    const numbers = parts(fromBER(octets).result) as unknown as Integer[];
    octets = new Uint8Array(2 * scheme.coordinate);
    numbers.forEach((number, index) => {
      const shortest = number.valueBlock.valueHexView;
      expect(shortest[0] === 0 && shortest[1]! < 128, 'a number in DER').toBe(false);
      const plain = shortest[0] === 0 ? shortest.slice(1) : shortest;
      octets.set(plain, (index + 1) * scheme.coordinate - plain.length);
    });
  }
  const key = await crypto.subtle.importKey('spki', publicKey, scheme.key, false, ['verify']);
  return crypto.subtle.verify(scheme.signing, key, octets, signed);
}

describe.each(KINDS)('an officer’s message by a key of kind %s', (kind) => {
  const statement = new TextEncoder().encode('what is approved').buffer as ArrayBuffer;
  let signer: Signer;
  let message: ArrayBuffer;

  beforeAll(async () => {
    signer = await signerOf(kind);
    message = await officerMessage(statement, signer.certificate, signer.key);
  });

  it('is a SignedData of version 3 over the statement, which is in it', () => {
    const { outerType, version, type, inner } = read(message);
    expect((outerType as unknown as ObjectIdentifier).getValue()).toBe('1.2.840.113549.1.7.2');
    expect(hex(version)).toBe('020103');
    expect(hex(type)).toBe('06156982ecbccfd89cb98a9de9b1fec4cd918092c04d02'); // as the vault writes it
    expect(hex(inner)).toBe(`a0120410${toHex(statement)}`);
  });

  it('carries the officer’s certificate as it came, nothing beside it, and no lists', () => {
    const { certificates, more } = read(message);
    expect(parts(certificates).map(hex)).toEqual([toHex(fixture(`${kind}.crt`))]);
    expect(more).toEqual([]);
  });

  it('has one signer, named by issuer and serial number', () => {
    const { signerInfos, signerVersion, sid, unsigned } = read(message);
    expect(signerInfos).toHaveLength(1);
    expect(hex(signerVersion)).toBe('020101');
    expect(parts(sid).map(hex)).toEqual([
      toHex(signer.certificate.issuer.buffer),
      toHex(signer.certificate.serial.buffer),
    ]);
    expect(unsigned).toEqual([]);
  });

  it('names one digest, and how it is signed', () => {
    const { digests, digest, algorithm } = read(message);
    expect(parts(digests).map(hex)).toEqual([DIGESTS[kind]]);
    expect(hex(digest)).toBe(DIGESTS[kind]);
    expect(hex(algorithm)).toBe(SIGNATURES[kind]);
  });

  it('signs the content’s type and its digest, in the order of DER, and nothing more', async () => {
    const { attributes, type } = read(message);
    const hash = await crypto.subtle.digest(signer.certificate.scheme.hash, statement);
    const [contentType, messageDigest, ...more] = parts(attributes).map((one) => parts(one));
    expect((contentType![0] as unknown as ObjectIdentifier).getValue()).toBe('1.2.840.113549.1.9.3');
    expect(hex(parts(contentType![1])[0])).toBe(hex(type));
    expect((messageDigest![0] as unknown as ObjectIdentifier).getValue()).toBe('1.2.840.113549.1.9.4');
    expect(toHex((parts(messageDigest![1])[0] as unknown as OctetString).getValue())).toBe(toHex(hash));
    expect(more).toEqual([]);
  });

  it('carries a signature that holds', async () => {
    expect(await verifies(message, signer)).toBe(true);
  });

  it('is DER: encoded anew it is the same', () => {
    expect(toHex(fromBER(message).result.toBER(false))).toBe(toHex(message));
  });

  it('is read by pkijs, which finds the signature good', async () => {
    const signed = new SignedData({ schema: ContentInfo.fromBER(message).content });
    expect(await signed.verify({ signer: 0, checkChain: false })).toBe(true);
  });
});

describe('officers’ messages over anything', () => {
  it('hold whatever the statement and however long it is', async () => {
    const seed = Date.now() % 2 ** 32;
    const random = seeded(seed);
    const signer = await signerOf('p256');
    const lengths = [0, 1, 127, 128, 255, 256, 48 * 1024, ...Array.from({ length: 60 }, () => random(2000))];
    for (const length of lengths) {
      const statement = new Uint8Array(length).map(() => random(256));
      const message = await officerMessage(statement.buffer, signer.certificate, signer.key);
      const { inner, attributes } = read(message);
      const about = `seed ${seed}, ${length} octets`;
      expect(toHex((parts(inner)[0] as unknown as OctetString).valueBlock.valueHexView.slice().buffer), about).toBe(toHex(statement.buffer));
      expect(hex(attributes), about).toContain(toHex(await crypto.subtle.digest('SHA-256', statement)));
      expect(await verifies(message, signer), about).toBe(true);
    }
  });
});
