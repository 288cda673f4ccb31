package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;

/**
 * A key as it lies at rest. Without its passphrase it is of no use; with it, it is the key.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param ownPassphrase whether it opens with a passphrase of its own
 * @param sealed PKCS#8 EncryptedPrivateKeyInfo, DER
 * @param policy the text of its policy
 * @param policySignature the ceremony key's signature over it
 */
public record KeyBackup(
    KeyId id,
    Bytes publicKey,
    boolean ownPassphrase,
    Bytes sealed,
    Bytes policy,
    Bytes policySignature) {}
