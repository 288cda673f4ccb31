import { fromBase64, toBase64 } from '../encoding';
import type { DeviceFile } from '../device/bundle';

// A file on its way over the server: AES-256-GCM under a key that is used once and travels in a fragment, which
// browsers keep to themselves.

const PURPOSE = new TextEncoder().encode('kreissiegel handover 1');
const IV = 12;
const KEY = 32;
/** What the server takes. */
const MOST_OCTETS = 64 * 1024;

export interface Envelope {
  /** Initialisation vector and ciphertext, base64. */
  readonly sealed: string;
  /** base64url. */
  readonly key: string;
}

/** Encrypts a file with its name and type under a new key. */
export async function seal(file: DeviceFile): Promise<Envelope> {
  const key = crypto.getRandomValues(new Uint8Array(KEY));
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const { name, type, content } = file;
  const plain = new TextEncoder().encode(JSON.stringify({ name, type, content: toBase64(content.buffer) }));
  const cipher = await crypto.subtle.encrypt(algorithm(iv), await imported(key), plain);
  const sealed = new Uint8Array([...iv, ...new Uint8Array(cipher)]);
  if (sealed.length > MOST_OCTETS) {
    throw new Error(`the file is too large to be handed over: ${sealed.length}`);
  }
  return { sealed: toBase64(sealed.buffer), key: toUrl(toBase64(key.buffer)) };
}

/** Decrypts it; throws if the key is another one or anything was changed. */
export async function open({ sealed, key }: Envelope): Promise<DeviceFile> {
  const octets = new Uint8Array(fromBase64(sealed));
  const secret = new Uint8Array(fromBase64(fromUrl(key)));
  if (secret.length !== KEY) {
    throw new Error('no key of a handover');
  }
  const plain = await crypto.subtle.decrypt(algorithm(octets.slice(0, IV)), await imported(secret), octets.slice(IV));
  const { name, type, content } = JSON.parse(new TextDecoder().decode(plain)) as Record<string, string>;
  return { name: name ?? '', type: type ?? '', content: new Uint8Array(fromBase64(content ?? '')) };
}

function algorithm(iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: PURPOSE };
}

function imported(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function toUrl(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromUrl(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/');
}
