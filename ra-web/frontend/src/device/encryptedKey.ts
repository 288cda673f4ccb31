import { shrouded } from '../collect/pkcs12';
import { toPem } from '../encoding';

/**
 * A private key as PEM, encrypted as in our PKCS#12 files (RFC 5958 §3, PBES2): OpenSSL, OpenVPN, strongSwan and
 * NetworkManager ask for the password.
 */
export async function encryptedKey(privateKey: ArrayBuffer, password: string): Promise<string> {
  const bag = await shrouded(privateKey, new TextEncoder().encode(password).buffer as ArrayBuffer);
  return toPem('ENCRYPTED PRIVATE KEY', bag.toSchema().toBER(false));
}
