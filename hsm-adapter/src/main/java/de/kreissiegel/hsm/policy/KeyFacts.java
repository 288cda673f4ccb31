package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.function.Predicate;

/**
 * What a policy must know of the key that is to sign.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param signatureAlgorithm AlgorithmIdentifier, DER
 * @param inVault whether a SubjectPublicKeyInfo is that of a key in the same vault
 */
public record KeyFacts(Bytes publicKey, Bytes signatureAlgorithm, Predicate<Bytes> inVault) {}
