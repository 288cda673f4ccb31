import { CertificationRequest } from 'pkijs';
import { describe, expect, it } from 'vitest';
import { toHex } from '../src/encoding';
import { makeKey, publicKeyHash } from '../src/key/pair';
import { certificationRequest } from '../src/key/request';

describe('the certification request', () => {
  it('proves possession of its key', async () => {
    const { pair } = await makeKey();
    const request = CertificationRequest.fromBER(await certificationRequest(pair));
    expect(await request.verify()).toBe(true);
    expect(request.signatureAlgorithm.algorithmId).toBe('1.2.840.10045.4.3.2'); // ecdsa-with-SHA256
  });

  it('wishes for no names', async () => {
    const { pair } = await makeKey();
    const request = CertificationRequest.fromBER(await certificationRequest(pair));
    expect(request.subject.typesAndValues).toEqual([]);
    expect(request.attributes ?? []).toEqual([]);
  });

  it('does not verify with a bit changed', async () => {
    const { pair } = await makeKey();
    const der = new Uint8Array(await certificationRequest(pair));
    der[der.length - 1]! ^= 1;
    expect(await CertificationRequest.fromBER(der).verify()).toBe(false);
  });

  it('carries the key that the hash names', async () => {
    const { pair, hash } = await makeKey();
    const request = CertificationRequest.fromBER(await certificationRequest(pair));
    const info = request.subjectPublicKeyInfo.toSchema().toBER(false);
    expect(toHex(await crypto.subtle.digest('SHA-256', info))).toBe(hash);
    expect(await publicKeyHash(pair.publicKey)).toBe(hash);
  });
});
