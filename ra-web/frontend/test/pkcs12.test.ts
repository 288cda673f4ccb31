import { Integer, PrintableString } from 'asn1js';
import { AttributeTypeAndValue, Certificate, PFX, PKCS8ShroudedKeyBag, type SafeContents } from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { pkcs12, shrouded } from '../src/collect/pkcs12';
import { toHex } from '../src/encoding';
import { makeKey, type NewKey } from '../src/key/pair';

const PASSWORD = 'k7f2m-aaaaa-bbbbb-ccccc-ddddd';

async function certificate(key: NewKey, name: string): Promise<ArrayBuffer> {
  const made = new Certificate();
  made.serialNumber = new Integer({ value: 1 });
  for (const names of [made.subject, made.issuer]) {
    names.typesAndValues.push(
      new AttributeTypeAndValue({ type: '2.5.4.3', value: new PrintableString({ value: name }) }),
    );
  }
  made.notBefore.value = new Date('2026-11-22T00:00:00Z');
  made.notAfter.value = new Date('2027-11-22T00:00:00Z');
  await made.subjectPublicKeyInfo.importKey(key.pair.publicKey);
  await made.sign(key.pair.privateKey, 'SHA-256');
  return made.toSchema(true).toBER(false);
}

describe('the PKCS#12 file', () => {
  let key: NewKey;
  let plainKey: ArrayBuffer;
  let chain: ArrayBuffer[];
  let file: ArrayBuffer;

  beforeAll(async () => {
    key = await makeKey();
    plainKey = await crypto.subtle.exportKey('pkcs8', key.pair.privateKey);
    chain = [await certificate(key, 'Holder'), await certificate(await makeKey(), 'Issuer')];
    file = await pkcs12({
      entries: [{ privateKey: plainKey, certificates: chain, name: 'VPN Haßfurt' }],
      password: PASSWORD,
    });
  });

  it('opens with its password and holds key and chain', async () => {
    const bags = await open(file, PASSWORD);
    expect(bags.certificates.map(toHex)).toEqual(chain.map(toHex));
    expect(toHex(bags.key)).toBe(toHex(plainKey));
  });

  it('holds both keys of an order, each with its certificate, and their issuer once', async () => {
    const second = await makeKey();
    const issuer = chain[1]!;
    const both = await pkcs12({
      entries: [
        { privateKey: plainKey, certificates: chain, name: 'Signatur' },
        {
          privateKey: await crypto.subtle.exportKey('pkcs8', second.pair.privateKey),
          certificates: [await certificate(second, 'Encrypted'), issuer],
          name: 'Verschlüsselung',
        },
      ],
      password: PASSWORD,
    });
    const bags = await open(both, PASSWORD);
    expect(bags.keys).toBe(2);
    expect(bags.certificates).toHaveLength(3);
    expect(bags.certificates.map(toHex).filter((der) => der === toHex(issuer))).toHaveLength(1);
  });

  it('holds the encrypted key in one piece, as those who read DER alone want it', async () => {
    const secret = new TextEncoder().encode(PASSWORD).buffer as ArrayBuffer;
    const hex = toHex((await shrouded(plainKey, secret)).toSchema().toBER(false));
    expect(hex).toMatch(/060960864801650304012a0410[0-9a-f]{32}0481/); // the IV, then a primitive OCTET STRING
  });

  it('stays shut with another password', async () => {
    await expect(open(file, `${PASSWORD}x`)).rejects.toThrow();
  });

  it('shows neither key nor names to one who has no password', () => {
    expect(toHex(file)).not.toContain(toHex(plainKey).slice(72, 136));
    expect(toHex(file)).not.toContain(toHex(new TextEncoder().encode('Issuer').buffer));
  });

  it('uses PBES2 with AES-256-CBC and HMAC-SHA-256 throughout', () => {
    const hex = toHex(file);
    expect(hex).toContain('06092a864886f70d01050d'); // PBES2
    expect(hex).toContain('060960864801650304012a'); // aes256-CBC
    expect(hex).toContain('06082a864886f70d0209'); // hmacWithSHA256
    expect(hex).not.toContain('060a2a864886f70d010c01'); // none of PKCS#12's own old ciphers
    expect(hex).not.toContain('06052b0e03021a'); // no SHA-1
  });
});

async function open(der: ArrayBuffer, password: string) {
  const secret = new TextEncoder().encode(password).buffer as ArrayBuffer;
  const pfx = PFX.fromBER(der);
  await pfx.parseInternalValues({ password: secret, checkIntegrity: true });
  const safe = pfx.parsedValue!.authenticatedSafe!;
  await safe.parseInternalValues({ safeContents: [{ password: secret }, {}] as never });
  const contents = safe.parsedValue.safeContents as { value: SafeContents }[];
  const bags = contents.flatMap((content) => content.value.safeBags);
  const keyBag = bags.find((bag) => bag.bagValue instanceof PKCS8ShroudedKeyBag)!.bagValue as PKCS8ShroudedKeyBag;
  await (keyBag as unknown as { parseInternalValues(p: { password: ArrayBuffer }): Promise<void> }).parseInternalValues({
    password: secret,
  });
  return {
    keys: bags.filter((bag) => bag.bagValue instanceof PKCS8ShroudedKeyBag).length,
    key: keyBag.parsedValue!.toSchema().toBER(false),
    certificates: bags
      .map((bag) => (bag.bagValue as { parsedValue?: unknown }).parsedValue)
      .filter((value): value is Certificate => value instanceof Certificate)
      .map((value) => value.toSchema(true).toBER(false)),
  };
}
