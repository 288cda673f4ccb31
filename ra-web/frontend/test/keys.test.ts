import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../src/encoding';
import { makeKey } from '../src/key/pair';
import { fetchKey, keep } from '../src/key/safe';
import { findSigner, forgetSigners, keepSigner } from '../src/officer/keys';
import { certificateOf, plainKey, signerOf } from './officer';

const today = new Date('2026-11-22T10:00:00Z');

beforeEach(() => {
  indexedDB = new IDBFactory();
});

/** As a browser has it that was here before officers signed. */
function databaseOfVersion1(fill: (database: IDBDatabase) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('kreissiegel', 1);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('wrapping');
      opening.result.createObjectStore('keys');
    };
    opening.onsuccess = () => {
      fill(opening.result);
      opening.result.close();
      resolve();
    };
  });
}

function stored(store: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('kreissiegel');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction(store).objectStore(store).getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
  });
}

/** Puts the key of that kind where an application of this browser would have left it. */
async function waitingInTheSafe(kind: 'p256' | 'p384'): Promise<string> {
  const { scheme, keyHash } = await certificateOf(kind);
  const key = await crypto.subtle.importKey('pkcs8', plainKey(kind), scheme.key, true, ['sign']);
  await keep(keyHash, key, today);
  return keyHash;
}

describe('the officers’ keys in the browser', () => {
  it('are found again by their certificate', async () => {
    await keepSigner(await signerOf('p256'));
    const certificate = await certificateOf('p256');
    expect((await findSigner([await certificateOf('rsa'), certificate]))?.certificate).toBe(certificate);
  });

  it('are not there for other certificates', async () => {
    await keepSigner(await signerOf('p256'));
    expect(await findSigner([await certificateOf('p384')])).toBeUndefined();
    expect(await findSigner([])).toBeUndefined();
  });

  it('are those of the first certificate that has one', async () => {
    await keepSigner(await signerOf('p256'));
    await keepSigner(await signerOf('rsa'));
    const certificates = [await certificateOf('p384'), await certificateOf('rsa'), await certificateOf('p256')];
    expect((await findSigner(certificates))?.certificate).toBe(certificates[1]);
  });

  it('can never be read', async () => {
    await keepSigner(await signerOf('p256'));
    const [key] = (await stored('officer-keys')) as CryptoKey[];
    expect(key!.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', key!)).rejects.toThrow();
  });

  it('are not kept if they could be read', async () => {
    const { pair } = await makeKey();
    await expect(
      keepSigner({ certificate: await certificateOf('p256'), key: pair.privateKey }),
    ).rejects.toThrow();
    expect(await findSigner([await certificateOf('p256')])).toBeUndefined();
  });

  it('are taken over from an application of this browser, and stay there too', async () => {
    const keyHash = await waitingInTheSafe('p256');
    const certificate = await certificateOf('p256');

    const signer = await findSigner([certificate]);

    expect(signer?.certificate).toBe(certificate);
    expect(signer?.key.extractable).toBe(false);
    expect(await stored('officer-keys')).toHaveLength(1);
    expect(await fetchKey(keyHash)).toBeDefined();
  });

  it('are not taken over when the key isn’t the certificate’s', async () => {
    const keyHash = await waitingInTheSafe('p256');
    const stranger = { ...(await certificateOf('p384')), keyHash };
    expect(await findSigner([stranger])).toBeUndefined();
    expect(await stored('officer-keys')).toEqual([]);
  });

  it('are forgotten in both places, so that they don’t come back', async () => {
    const keyHash = await waitingInTheSafe('p256');
    const certificate = await certificateOf('p256');
    await keepSigner(await signerOf('rsa'));
    expect(await findSigner([certificate])).toBeDefined();

    await forgetSigners([certificate]);

    expect(await findSigner([certificate])).toBeUndefined();
    expect(await fetchKey(keyHash)).toBeUndefined();
    expect(await findSigner([await certificateOf('rsa')])).toBeDefined();
  });
});

describe('a database of version 1', () => {
  it('keeps its keys and gains a place for officers’', async () => {
    const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const hash = '0123';
    const iv = new Uint8Array(12);
    const sealing = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(hash) };
    const sealed = await crypto.subtle.encrypt(sealing, wrapping, plainKey('p256'));
    await databaseOfVersion1((database) => {
      const transaction = database.transaction(['wrapping', 'keys'], 'readwrite');
      transaction.objectStore('wrapping').put(wrapping, 'key');
      transaction.objectStore('keys').put({ hash, iv, sealed, since: today.getTime() }, hash);
    });

    await keepSigner(await signerOf('p384'));

    expect(toHex((await fetchKey(hash))!)).toBe(toHex(plainKey('p256')));
    expect(await findSigner([await certificateOf('p384')])).toBeDefined();
  });
});
