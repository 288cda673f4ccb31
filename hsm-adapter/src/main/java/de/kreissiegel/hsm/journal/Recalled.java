package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that was signed once.
 *
 * @param kind the policy's kind that allowed it
 * @param kept what is kept of its octets; none if they were erased
 */
public record Recalled(
    KeyId key, SignedStructure structure, String kind, Instant time, Optional<Bytes> kept) {}
