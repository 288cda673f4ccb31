import { inStore, OFFICER_KEYS } from '../key/database';
import { fetchKey, forget } from '../key/safe';
import type { OfficerCertificate } from './certificate';
import { signingKey } from './private';

/** A certificate, and the key in this browser that signs for it. */
export interface Signer {
  readonly certificate: OfficerCertificate;
  readonly key: CryptoKey;
}

/**
 * The first of the certificates whose key is in this browser. A key that was made here for an application is taken
 * over: from then on a copy that nobody can read signs. The one in the safe stays, since the officer may still want
 * the PKCS#12 file.
 */
export async function findSigner(certificates: readonly OfficerCertificate[]): Promise<Signer | undefined> {
  for (const certificate of certificates) {
    const key = (await kept(certificate.keyHash)) ?? (await takenOver(certificate));
    if (key !== undefined) {
      return { certificate, key };
    }
  }
  return undefined;
}

/** Keeps the key of that certificate in this browser. */
export async function keepSigner({ certificate, key }: Signer): Promise<void> {
  if (key.extractable) {
    throw new Error('an officer’s key must not be readable');
  }
  await inStore(OFFICER_KEYS, 'readwrite', (store) => store.put(key, certificate.keyHash));
}

/** Forgets the keys of these certificates, those in the safe too: else they would come back. */
export async function forgetSigners(certificates: readonly OfficerCertificate[]): Promise<void> {
  for (const { keyHash } of certificates) {
    await inStore(OFFICER_KEYS, 'readwrite', (store) => store.delete(keyHash));
    await forget(keyHash);
  }
}

function kept(keyHash: string): Promise<CryptoKey | undefined> {
  return inStore(OFFICER_KEYS, 'readonly', (store) => store.get(keyHash));
}

async function takenOver(certificate: OfficerCertificate): Promise<CryptoKey | undefined> {
  const pkcs8 = await fetchKey(certificate.keyHash);
  if (pkcs8 === undefined) {
    return undefined;
  }
  try {
    const key = await signingKey(pkcs8, certificate);
    if (key !== undefined) {
      await keepSigner({ certificate, key });
    }
    return key;
  } finally {
    new Uint8Array(pkcs8).fill(0);
  }
}
