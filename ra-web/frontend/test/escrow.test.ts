import { expect, test } from 'vitest';
import { escrowCopy } from '../src/key/escrow';
import { makeKey } from '../src/key/pair';

async function vaultKey(): Promise<{ pair: CryptoKeyPair; info: ArrayBuffer }> {
  const pair = await crypto.subtle.generateKey(
    { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['encrypt', 'decrypt'],
  );
  return { pair, info: await crypto.subtle.exportKey('spki', pair.publicKey) };
}

async function opened(copy: { wrapped: ArrayBuffer }, wrappingKey: ArrayBuffer, hash: string): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', wrappingKey, 'AES-GCM', false, ['decrypt']);
  const additionalData = new TextEncoder().encode(hash);
  return crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: copy.wrapped.slice(0, 12), additionalData },
    key,
    copy.wrapped.slice(12),
  );
}

test('what the vault opens unwraps the key, and nothing else does', async () => {
  const vault = await vaultKey();
  const key = await makeKey();
  const copy = await escrowCopy(key, vault.info);
  const wrappingKey = await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, vault.pair.privateKey, copy.wrappingKey);

  expect(wrappingKey.byteLength).toBe(32);
  expect(new Uint8Array(await opened(copy, wrappingKey, key.hash))).toEqual(
    new Uint8Array(await crypto.subtle.exportKey('pkcs8', key.pair.privateKey)),
  );
  await expect(opened(copy, wrappingKey, (await makeKey()).hash)).rejects.toThrow();
  const other = await escrowCopy(key, vault.info);
  const otherKey = await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, vault.pair.privateKey, other.wrappingKey);
  await expect(opened(copy, otherKey, key.hash)).rejects.toThrow();
});

test('nothing is wrapped to what is no key of the vault', async () => {
  await expect(escrowCopy(await makeKey(), new ArrayBuffer(8))).rejects.toThrow();
});
