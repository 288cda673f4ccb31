import { OctetString } from 'asn1js';
import {
  AuthenticatedSafe,
  ContentInfo,
  EncryptedData,
  getCrypto,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeContents,
} from 'pkijs';
import { Decryption, UnreadableKeyFile } from './pbes2';

/** No file of a key and its chain is larger, in octets. */
export const LARGEST_FILE = 64 * 1024;

/** The MAC's key is derived in this thread, so not as many rounds as elsewhere. */
const MOST_MAC_ITERATIONS = 1_000_000;

const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

/** The file's MAC isn't by this password; or somebody has changed the file. */
export class WrongPassword extends Error {}

/**
 * The private keys in a PKCS#12 file (RFC 7292) as OpenSSL 3, Java and this application write it: keys under PBES2
 * (see {@link Decryption}) and all of it under a MAC with SHA-2, which is checked before anything is decrypted.
 *
 * @returns PrivateKeyInfo (RFC 5958), DER, at least one; the caller overwrites them
 * @throws WrongPassword
 * @throws UnreadableKeyFile if it is anything else, damaged, without a key, or asks for too much work
 */
export async function privateKeysIn(file: ArrayBuffer, password: string): Promise<ArrayBuffer[]> {
  if (file.byteLength > LARGEST_FILE) {
    throw new UnreadableKeyFile('larger than 64 KiB');
  }
  const secret = new TextEncoder().encode(password);
  try {
    const content = await checked(PFX.fromBER(file), secret);
    const keys = await keysOf(AuthenticatedSafe.fromBER(content).safeContents, await Decryption.by(secret));
    if (keys.length === 0) {
      throw new UnreadableKeyFile('no private key');
    }
    return keys;
  } catch (problem) {
    // What the libraries throw says nothing to anybody: they all mean that it isn't such a file.
    throw problem instanceof WrongPassword ? problem : UnreadableKeyFile.by(problem);
  } finally {
    secret.fill(0);
  }
}

async function checked({ authSafe, macData }: PFX, secret: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const hashAlgorithm = HASHES[macData?.mac.digestAlgorithm.algorithmId ?? ''];
  const iterationCount = macData?.iterations ?? 1;
  if (authSafe.contentType !== ContentInfo.DATA || macData === undefined || hashAlgorithm === undefined) {
    throw new UnreadableKeyFile('no MAC by a password, or not with SHA-2');
  }
  if (iterationCount < 1 || iterationCount > MOST_MAC_ITERATIONS) {
    throw new UnreadableKeyFile('too many iterations');
  }
  const content = octets(authSafe.content);
  const holds = await getCrypto(true).verifyDataStampedWithPassword({
    password: secret.buffer,
    hashAlgorithm,
    salt: macData.macSalt.getValue(),
    iterationCount,
    contentToVerify: content,
    signatureToVerify: macData.mac.digest.getValue(),
  });
  if (!holds) {
    throw new WrongPassword();
  }
  return content;
}

/** Most programs leave the part with the keys open, as they are encrypted one by one; then the rest isn't touched. */
async function keysOf(contents: readonly ContentInfo[], decryption: Decryption): Promise<ArrayBuffer[]> {
  for (const type of [ContentInfo.DATA, ContentInfo.ENCRYPTED_DATA]) {
    const keys: ArrayBuffer[] = [];
    for (const part of contents.filter((one) => one.contentType === type)) {
      keys.push(...(await keysIn(await opened(part, decryption), decryption)));
    }
    if (keys.length > 0) {
      return keys;
    }
  }
  return [];
}

async function opened(part: ContentInfo, decryption: Decryption): Promise<ArrayBuffer> {
  if (part.contentType === ContentInfo.DATA) {
    return octets(part.content);
  }
  const { encryptedContentInfo } = new EncryptedData({ schema: part.content });
  return decryption.decrypt(
    encryptedContentInfo.contentEncryptionAlgorithm,
    encryptedContentInfo.getEncryptedContent(),
  );
}

async function keysIn(safe: ArrayBuffer, decryption: Decryption): Promise<ArrayBuffer[]> {
  const keys: ArrayBuffer[] = [];
  for (const { bagValue } of SafeContents.fromBER(safe).safeBags) {
    if (bagValue instanceof PKCS8ShroudedKeyBag) {
      keys.push(await decryption.decrypt(bagValue.encryptionAlgorithm, bagValue.encryptedData.getValue()));
    } else if (bagValue instanceof PrivateKeyInfo) {
      keys.push(bagValue.toSchema().toBER(false));
    }
  }
  return keys;
}

function octets(content: unknown): ArrayBuffer {
  if (!(content instanceof OctetString)) {
    throw new UnreadableKeyFile('not the content that its type says');
  }
  return content.getValue();
}
