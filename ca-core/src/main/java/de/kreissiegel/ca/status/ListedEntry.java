package de.kreissiegel.ca.status;

import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a list (RFC 5280 §5.3).
 *
 * @param serial the certificate's serial number, lower-case hexadecimal without leading zeros
 * @param since since when it is held or revoked; of one that is to be removed, any time
 * @param reason why; {@code removeFromCRL} only in deltas
 * @param invalidity since when its key is not to be trusted, as far as known
 */
public record ListedEntry(
    String serial, Instant since, RevocationReason reason, Optional<Instant> invalidity) {}
