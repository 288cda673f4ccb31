import { beforeAll, describe, expect, it } from 'vitest';
import { pkcs12 } from '../src/collect/pkcs12';
import { fromHex, indexOf } from './octets';
import type { OfficerCertificate } from '../src/officer/certificate';
import { OtherKey, signerFrom } from '../src/officer/import';
import { LARGEST_FILE, WrongPassword } from '../src/officer/keyfile';
import { UnreadableKeyFile } from '../src/officer/pbes2';
import { KINDS, PASSWORD, certificateOf, fixture, plainKey, seeded, type Kind } from './officer';

const certificates = {} as Record<Kind, OfficerCertificate>;

beforeAll(async () => {
  for (const kind of KINDS) {
    certificates[kind] = await certificateOf(kind);
  }
});

function all(): OfficerCertificate[] {
  return KINDS.map((kind) => certificates[kind]);
}

/** The file with some octets replaced, which must be in it. */
function changed(file: ArrayBuffer, from: string, to: string): ArrayBuffer {
  const octets = new Uint8Array(file.slice(0));
  const at = indexOf(octets, fromHex(from));
  expect(at, from).toBeGreaterThan(0);
  octets.set(fromHex(to), at);
  return octets.buffer;
}

describe('the key in a PKCS#12 file', () => {
  it.each([
    ['openssl-p256', 'p256'],
    ['openssl-p384', 'p384'],
    ['openssl-rsa', 'rsa'],
    ['openssl-open-key', 'p256'],
    ['java-p256', 'p256'],
    ['java-rsa', 'rsa'],
  ] as const)('of %s.p12 is found for its certificate', async (file, kind) => {
    const { certificate, key } = await signerFrom(fixture(`${file}.p12`), PASSWORD, all());
    expect(certificate).toBe(certificates[kind]);
    expect(key.type).toBe('private');
    expect(key.usages).toEqual(['sign']);
  });

  it('of a file of our own is found', async () => {
    const entry = { privateKey: plainKey('p256'), certificates: [fixture('p256.crt')], name: 'officer' };
    const file = await pkcs12({ entries: [entry], password: 'k7f2m-aaaaa' });
    expect((await signerFrom(file, 'k7f2m-aaaaa', all())).certificate).toBe(certificates.p256);
  });

  it('cannot be read any more', async () => {
    const { key } = await signerFrom(fixture('openssl-p256.p12'), PASSWORD, all());
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });

  it('signs for its certificate', async () => {
    const { certificate, key } = await signerFrom(fixture('java-p256.p12'), PASSWORD, all());
    const { scheme, publicKey } = certificate;
    const other = await crypto.subtle.importKey('spki', publicKey, scheme.key, false, ['verify']);
    const signature = await crypto.subtle.sign(scheme.signing, key, new Uint8Array(5));
    expect(await crypto.subtle.verify(scheme.signing, other, signature, new Uint8Array(5))).toBe(true);
  });
});

describe('a PKCS#12 file that gives no key', () => {
  it.each(['openssl-p256', 'java-p256', 'openssl-rsa'])('says so when the password of %s is wrong', async (file) => {
    await expect(signerFrom(fixture(`${file}.p12`), 'Gruenkohl 7', all())).rejects.toThrow(WrongPassword);
    await expect(signerFrom(fixture(`${file}.p12`), '', all())).rejects.toThrow(WrongPassword);
  });

  it('says so when the key is another one', async () => {
    const file = fixture('openssl-p256.p12');
    await expect(signerFrom(file, PASSWORD, [certificates.p384, certificates.rsa])).rejects.toThrow(OtherKey);
    await expect(signerFrom(file, PASSWORD, [])).rejects.toThrow(OtherKey);
  });

  it('says so when the key is of the same kind, but another one', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
    const stranger = { ...certificates.p256, publicKey };
    await expect(signerFrom(fixture('openssl-p256.p12'), PASSWORD, [stranger])).rejects.toThrow(OtherKey);
    await expect(signerFrom(fixture('java-p256.p12'), PASSWORD, [stranger])).rejects.toThrow(OtherKey);
  });

  it.each(['old-ciphers', 'without-mac', 'without-key'])('is not read: %s.p12', async (file) => {
    await expect(signerFrom(fixture(`${file}.p12`), PASSWORD, all())).rejects.toThrow(UnreadableKeyFile);
  });

  it.each([
    ['nothing', new ArrayBuffer(0)],
    ['a certificate', fixture('p256.crt')],
    ['text', new TextEncoder().encode('-----BEGIN PRIVATE KEY-----').buffer as ArrayBuffer],
    ['nested values', new Uint8Array(LARGEST_FILE).fill(0x30).map((tag, i) => (i % 2 ? 0x80 : tag)).buffer],
    ['zeros', new ArrayBuffer(LARGEST_FILE)],
    ['more than 64 KiB', new ArrayBuffer(LARGEST_FILE + 1)],
  ])('is not read: %s', async (_, file) => {
    await expect(signerFrom(file, PASSWORD, all())).rejects.toThrow(UnreadableKeyFile);
  });

  it('is not read when it asks for too much work', async () => {
    // The MAC's iterations, before anything is known about the password: 10000 becomes 8388607.
    const file = fixture('java-p256.p12');
    const mac = new Uint8Array(file);
    const at = mac.lastIndexOf(0x27, mac.length);
    expect([...mac.slice(at - 2, at + 2)]).toEqual([2, 2, 0x27, 0x10]);
    const longer = new Uint8Array(mac.length + 1);
    longer.set(mac);
    longer.set([2, 3, 0x7f, 0xff, 0xff], at - 2);
    await expect(signerFrom(repaired(longer), PASSWORD, all())).rejects.toThrow(/too many iterations/);
  });

  it('is not decrypted at all when somebody changed how it is encrypted', async () => {
    const file = fixture('openssl-p256.p12');
    const prf = '06082a864886f70d0209'; // hmacWithSHA256 in the key's own encryption
    await expect(signerFrom(changed(file, prf, '06082a864886f70d020a'), PASSWORD, all())).rejects.toThrow(WrongPassword);
  });

  it('is refused or gives the key, wherever it is cut or changed', async () => {
    const seed = Date.now() % 2 ** 32;
    const random = seeded(seed);
    const honest = new Uint8Array(fixture('openssl-p384.p12'));
    for (let round = 0; round < 300; round++) {
      const octets = honest.slice(0, round % 3 === 0 ? random(honest.length) : honest.length);
      if (round % 3 !== 0) {
        const at = random(honest.length);
        octets[at] = octets[at]! ^ (1 << random(8));
      }
      const outcome = await signerFrom(octets.buffer, PASSWORD, all()).catch((problem: unknown) => problem);
      const known = outcome instanceof WrongPassword || outcome instanceof UnreadableKeyFile;
      // What the MAC doesn't cover may change without harm, its algorithm's parameters for one.
      const sound = (outcome as { certificate?: unknown }).certificate === certificates.p384;
      expect(known || (sound && octets.length === honest.length), `seed ${seed}, round ${round}: ${outcome}`).toBe(true);
    }
  });
});

/** The outer length and that of the MAC made one longer. */
function repaired(octets: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const view = new DataView(octets.buffer);
  view.setUint16(2, view.getUint16(2) + 1);
  // MacData is the last: the SEQUENCE whose content ends with the file.
  for (let at = octets.length - 80; at < octets.length; at++) {
    if (octets[at] === 0x30 && at + 2 + octets[at + 1]! === octets.length - 1) {
      octets[at + 1]!++;
      return octets.buffer;
    }
  }
  throw new Error('no MacData');
}
