import { OctetString } from 'asn1js';
import { type AlgorithmIdentifier, PBES2Params, PBKDF2Params } from 'pkijs';

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';

/** Bits of the key. AES-192 is missing since not every browser has it, and no program makes it unasked. */
const AES_CBC: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.2': 128,
  '2.16.840.1.101.3.4.1.42': 256,
};

const HMAC: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
};

/** Rounds of PBKDF2 that one file may cost, all its parts together: some seconds. */
export const MOST_ITERATIONS = 10_000_000;

/** No PKCS#12 file, damaged, or protected in a way that isn't read here. */
export class UnreadableKeyFile extends Error {
  static by(cause: unknown): UnreadableKeyFile {
    return cause instanceof UnreadableKeyFile ? cause : new UnreadableKeyFile('not read', { cause });
  }
}

/** PBES2 (RFC 8018 §6.2) with AES-CBC and PBKDF2 by HMAC with SHA-2; nothing older. */
export class Decryption {
  readonly #password: CryptoKey;
  #left = MOST_ITERATIONS;

  private constructor(password: CryptoKey) {
    this.#password = password;
  }

  /** @param secret the password in UTF-8; it may be overwritten afterwards */
  static async by(secret: Uint8Array<ArrayBuffer>): Promise<Decryption> {
    return new Decryption(await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']));
  }

  /** @throws UnreadableKeyFile, or whatever the libraries throw */
  async decrypt(algorithm: AlgorithmIdentifier, encrypted: ArrayBuffer): Promise<ArrayBuffer> {
    if (algorithm.algorithmId !== PBES2) {
      throw new UnreadableKeyFile(`encrypted by ${algorithm.algorithmId}`);
    }
    const { keyDerivationFunc, encryptionScheme } = new PBES2Params({ schema: algorithm.algorithmParams });
    const length = AES_CBC[encryptionScheme.algorithmId];
    const iv: unknown = encryptionScheme.algorithmParams;
    if (keyDerivationFunc.algorithmId !== PBKDF2 || length === undefined || !(iv instanceof OctetString)) {
      throw new UnreadableKeyFile(`encrypted by ${encryptionScheme.algorithmId}`);
    }
    const derivation = this.#derivation(new PBKDF2Params({ schema: keyDerivationFunc.algorithmParams }));
    const aes = { name: 'AES-CBC', length };
    const key = await crypto.subtle.deriveKey(derivation, this.#password, aes, false, ['decrypt']);
    return crypto.subtle.decrypt({ name: 'AES-CBC', iv: iv.getValue() }, key, encrypted);
  }

  #derivation({ salt, iterationCount: iterations, prf }: PBKDF2Params): Pbkdf2Params {
    const hash = HMAC[prf?.algorithmId ?? ''];
    if (hash === undefined || !(salt instanceof OctetString)) {
      throw new UnreadableKeyFile('a key derivation without SHA-2');
    }
    if (iterations < 1 || iterations > this.#left) {
      throw new UnreadableKeyFile('too many iterations');
    }
    this.#left -= iterations;
    return { name: 'PBKDF2', hash, salt: salt.getValue(), iterations };
  }
}
