package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import java.util.Optional;

/**
 * What is to become an entry.
 *
 * @param request what was asked for
 * @param digest SHA-256 of the octets that were signed
 * @param policy SHA-256 of the key's policy file
 * @param claim what may never be claimed again
 * @param signature the signature
 */
public record Draft(
    SignRequest request, Bytes digest, Bytes policy, Optional<Bytes> claim, Bytes signature) {}
