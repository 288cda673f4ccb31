// Keys that wait for their certificate. They lie in this browser's IndexedDB, encrypted with AES-256-GCM under
// a key that the browser doesn't let anyone read, so that a copy of the disk's files alone doesn't give them away.

import { inStore, KEYS, WRAPPING } from './database';

const DAYS_KEPT = 90;

interface SealedKey {
  readonly hash: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
  readonly since: number;
}

/** Keeps a private key under the hash of its public key. */
export async function keep(hash: string, privateKey: CryptoKey, now: Date): Promise<void> {
  const plain = await crypto.subtle.exportKey('pkcs8', privateKey);
  const wrapping = await wrappingKey();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(sealing(iv, hash), wrapping, plain);
  const entry: SealedKey = { hash, iv, sealed, since: now.getTime() };
  await inStore(KEYS, 'readwrite', (store) => store.put(entry, hash));
}

/** The private key (PKCS#8, DER) whose public key has this hash, if it is in this browser. */
export async function fetchKey(hash: string): Promise<ArrayBuffer | undefined> {
  const entry = await inStore<SealedKey | undefined>(KEYS, 'readonly', (store) => store.get(hash));
  if (entry === undefined) {
    return undefined;
  }
  return crypto.subtle.decrypt(sealing(entry.iv, hash), await wrappingKey(), entry.sealed);
}

export async function forget(hash: string): Promise<void> {
  await inStore(KEYS, 'readwrite', (store) => store.delete(hash));
}

/** Throws away what nobody has collected for 90 days. */
export async function tidy(now: Date): Promise<void> {
  const oldest = now.getTime() - DAYS_KEPT * 24 * 60 * 60 * 1000;
  const entries = await inStore<SealedKey[]>(KEYS, 'readonly', (store) => store.getAll());
  for (const entry of entries.filter((e) => e.since < oldest)) {
    await forget(entry.hash);
  }
}

function sealing(iv: Uint8Array<ArrayBuffer>, hash: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(hash) };
}

async function wrappingKey(): Promise<CryptoKey> {
  const existing = await inStore<CryptoKey | undefined>(WRAPPING, 'readonly', (store) => store.get('key'));
  if (existing !== undefined) {
    return existing;
  }
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  try {
    // `add`, not `put`: if another tab was quicker, its key counts.
    await inStore(WRAPPING, 'readwrite', (store) => store.add(made, 'key'));
    return made;
  } catch (problem) {
    const other = await inStore<CryptoKey | undefined>(WRAPPING, 'readonly', (store) => store.get('key'));
    if (other === undefined) {
      throw problem;
    }
    return other;
  }
}
