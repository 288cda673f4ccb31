import { CertificationRequest } from 'pkijs';

/**
 * A PKCS#10 request (RFC 2986), DER, signed with ECDSA and SHA-256. Its subject is empty: the names in a
 * certificate come from the directory, the request only proves that the key is here.
 */
export async function certificationRequest(pair: CryptoKeyPair): Promise<ArrayBuffer> {
  const request = new CertificationRequest();
  request.version = 0;
  request.attributes = [];
  await request.subjectPublicKeyInfo.importKey(pair.publicKey);
  await request.sign(pair.privateKey, 'SHA-256');
  return request.toSchema(true).toBER(false);
}
