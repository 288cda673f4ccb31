import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findSigner, keepSigner } from '../src/officer/keys';
import { start } from '../src/officer/key';
import { certificateOf, PASSWORD, signerOf } from './officer';
import { importKey, keyFile, officerRoles, role, show, status, TEXTS, until } from './page';

beforeEach(() => {
  indexedDB = new IDBFactory();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function page(): Promise<void> {
  show(`
    <section ${TEXTS} data-imported="imported" data-forgotten="forgotten">
      ${await officerRoles(['p256'])}<button type="button" data-role="forget">forget</button>
    </section>`);
  start(document.querySelector('section')!);
}

describe('the part about an officer’s key', () => {
  it('says whether the key is in this browser', async () => {
    await page();
    await until(() => expect(role('key-missing').hidden).toBe(false));
    expect(role('key-here').hidden).toBe(true);

    await keepSigner(await signerOf('p256'));
    await page();
    await until(() => expect(role('key-here').hidden).toBe(false));
    expect(role('key-missing').hidden).toBe(true);
  });

  it('takes the key in from its file and keeps it', async () => {
    await page();
    await importKey(keyFile('java-p256.p12'), PASSWORD);
    await until(() => expect(status()).toBe('imported'));
    expect(document.activeElement).toBe(role('key-here'));
    expect(await findSigner([await certificateOf('p256')])).toBeDefined();
  });

  it('forgets the key when told', async () => {
    await keepSigner(await signerOf('p256'));
    await page();
    await until(() => expect(role('key-here').hidden).toBe(false));
    role('forget').click();
    await until(() => expect(status()).toBe('forgotten'));
    expect(role('key-missing').hidden).toBe(false);
    expect(await findSigner([await certificateOf('p256')])).toBeUndefined();
  });

  it('says that it failed where the browser keeps nothing', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new Error('not allowed');
    });
    await page();
    await importKey(keyFile('openssl-p256.p12'), PASSWORD);
    await until(() => expect(status()).toBe('failed'));
  });
});
