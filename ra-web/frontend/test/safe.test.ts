import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../src/encoding';
import { makeKey } from '../src/key/pair';
import { fetchKey, forget, keep, tidy } from '../src/key/safe';

const today = new Date('2026-11-22T10:00:00Z');

function everything(): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('kreissiegel');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction('keys').objectStore('keys').getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
  });
}

describe('the safe in the browser', () => {
  it('gives back the key that it keeps', async () => {
    const { pair, hash } = await makeKey();
    await keep(hash, pair.privateKey, today);
    const plain = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
    expect(toHex((await fetchKey(hash))!)).toBe(toHex(plain));
  });

  it('holds nothing readable', async () => {
    const { pair, hash } = await makeKey();
    await keep(hash, pair.privateKey, today);
    const plain = toHex(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
    for (const entry of (await everything()) as { sealed: ArrayBuffer }[]) {
      expect(toHex(entry.sealed)).not.toContain(plain.slice(72, 136));
    }
  });

  it('knows no key that was made elsewhere', async () => {
    expect(await fetchKey('00'.repeat(32))).toBeUndefined();
  });

  it('forgets a key when told', async () => {
    const { pair, hash } = await makeKey();
    await keep(hash, pair.privateKey, today);
    await forget(hash);
    expect(await fetchKey(hash)).toBeUndefined();
  });

  it('throws away what lay there for 90 days', async () => {
    const old = await makeKey();
    const fresh = await makeKey();
    await keep(old.hash, old.pair.privateKey, new Date('2026-08-01T00:00:00Z'));
    await keep(fresh.hash, fresh.pair.privateKey, today);
    await tidy(today);
    expect(await fetchKey(old.hash)).toBeUndefined();
    expect(await fetchKey(fresh.hash)).toBeDefined();
  });
});
