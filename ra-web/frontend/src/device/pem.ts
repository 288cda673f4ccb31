import { toPem } from '../encoding';
import { type Bundle, type DeviceFile, textFile } from './bundle';
import { encryptedKey } from './encryptedKey';

/** Encrypted key, certificate and chain of each identity, one after another. */
export async function pem(bundle: Bundle): Promise<DeviceFile> {
  const parts = await Promise.all(
    bundle.identities.map(
      async ({ privateKey, certificates }) =>
        (await encryptedKey(privateKey, bundle.password)) +
        certificates.map((der) => toPem('CERTIFICATE', der)).join(''),
    ),
  );
  return textFile(`${bundle.stem}.pem`, 'application/x-pem-file', parts.join(''));
}
