package de.kreissiegel.hsm.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry of the vault's journal, as the authority reads it.
 *
 * @param index its number, counted from 0 without a gap
 * @param time when it was written, by the vault's clock
 * @param happening what it tells of; only what was {@link Happening#SIGNED} was signed
 * @param requestId the id of the {@link SignRequest}
 * @param key the key that signed
 * @param structure what was signed
 * @param toBeSigned what was signed, where {@link SignedStructure#keptWhole()} and not yet erased;
 *     of a revocation list a SEQUENCE that begins with its header (all but its entries)
 * @param signature the signature; empty where nothing was signed
 * @param rule of a refusal, the rule that was broken; else empty
 * @param entryHash the entry's own hash, which the next entry carries
 */
public record JournalRecord(
    long index,
    Instant time,
    Happening happening,
    UUID requestId,
    KeyId key,
    SignedStructure structure,
    Optional<Bytes> toBeSigned,
    Bytes signature,
    String rule,
    Bytes entryHash) {}
