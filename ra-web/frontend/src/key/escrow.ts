import { joined } from '../officer/der';
import type { NewKey } from './pair';

/** A private key as it is left in escrow. */
export interface EscrowCopy {
  /** PKCS#8 under AES-256-GCM: nonce of 12 octets, ciphertext, tag of 16. */
  readonly wrapped: ArrayBuffer;
  /** The 32 octets that unwrap it, encrypted to the vault by RSAES-OAEP with SHA-256 (RFC 8017 §7.1). */
  readonly wrappingKey: ArrayBuffer;
}

/**
 * Wraps a key that was made here with a wrapping key of its own, and that to the vault. The copy is bound to the
 * public key: its hash is authenticated along.
 *
 * @param vault SubjectPublicKeyInfo of the vault's escrow key
 */
export async function escrowCopy(key: NewKey, vault: ArrayBuffer): Promise<EscrowCopy> {
  const to = await crypto.subtle.importKey('spki', vault, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
  const octets = crypto.getRandomValues(new Uint8Array(32));
  const wrapping = await crypto.subtle.importKey('raw', octets, 'AES-GCM', false, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = await crypto.subtle.exportKey('pkcs8', key.pair.privateKey);
  const additionalData = new TextEncoder().encode(key.hash);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, wrapping, plain);
  const wrappingKey = await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, to, octets);
  octets.fill(0);
  new Uint8Array(plain).fill(0);
  return { wrapped: joined([iv, new Uint8Array(sealed)]).buffer, wrappingKey };
}
