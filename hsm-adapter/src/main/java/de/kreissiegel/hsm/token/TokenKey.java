package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;

/**
 * What the token tells of a key.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param ownPassphrase whether it opens with a passphrase of its own, not the operational one
 */
public record TokenKey(KeyId id, KeyAlgorithm algorithm, Bytes publicKey, boolean ownPassphrase) {}
