import type { OfficerCertificate } from './certificate';
import { privateKeysIn } from './keyfile';
import type { Signer } from './keys';
import { UnreadableKeyFile } from './pbes2';
import { signingKey } from './private';

export { LARGEST_FILE, WrongPassword } from './keyfile';
export { UnreadableKeyFile } from './pbes2';

/** The file is in order, but none of its keys belongs to one of the officer's certificates. */
export class OtherKey extends Error {}

/**
 * Takes the key of one of the certificates out of a PKCS#12 file.
 *
 * @throws WrongPassword
 * @throws UnreadableKeyFile
 * @throws OtherKey
 */
export async function signerFrom(
  file: ArrayBuffer,
  password: string,
  certificates: readonly OfficerCertificate[],
): Promise<Signer> {
  const keys = await privateKeysIn(file, password);
  try {
    for (const certificate of certificates) {
      for (const pkcs8 of keys) {
        const key = await signingKey(pkcs8, certificate).catch((problem: unknown) => {
          throw UnreadableKeyFile.by(problem);
        });
        if (key !== undefined) {
          return { certificate, key };
        }
      }
    }
  } finally {
    keys.forEach((pkcs8) => new Uint8Array(pkcs8).fill(0));
  }
  throw new OtherKey();
}
