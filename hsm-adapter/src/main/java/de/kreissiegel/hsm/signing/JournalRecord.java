package de.kreissiegel.hsm.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry of the vault's journal, as the authority reads it.
 *
 * @param index its number, counted from 0 without a gap
 * @param time when it was signed, by the vault's clock
 * @param requestId the id of the {@link SignRequest}
 * @param key the key that signed
 * @param structure what was signed
 * @param toBeSigned what was signed, where {@link SignedStructure#keptWhole()}
 * @param signature the signature
 * @param entryHash the entry's own hash, which the next entry carries
 */
public record JournalRecord(
    long index,
    Instant time,
    UUID requestId,
    KeyId key,
    SignedStructure structure,
    Optional<Bytes> toBeSigned,
    Bytes signature,
    Bytes entryHash) {}
