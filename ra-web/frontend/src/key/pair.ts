import { toHex } from '../encoding';

/** A key pair that was made here and has not been sent anywhere. */
export interface NewKey {
  readonly pair: CryptoKeyPair;
  /** SHA-256 of the SubjectPublicKeyInfo, in hexadecimal: how the server and this browser name the key. */
  readonly hash: string;
}

/** Makes an ECDSA key on P-256. It can be exported, because it has to go into the PKCS#12 file. */
export async function makeKey(): Promise<NewKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  return { pair, hash: await publicKeyHash(pair.publicKey) };
}

export async function publicKeyHash(publicKey: CryptoKey): Promise<string> {
  const info = await crypto.subtle.exportKey('spki', publicKey);
  return toHex(await crypto.subtle.digest('SHA-256', info));
}
