package de.kreissiegel.ca.handover;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A file on its way.
 *
 * @param id its name in the address
 * @param certificate of which certificate, as the audit trail names it
 * @param tenant whose that is
 * @param code what opens it
 * @param sealed the encrypted file, 1 to {@value #MOST_OCTETS} octets
 * @param until when it is destroyed
 * @param failures how often a wrong code was tried
 */
public record StoredHandover(
    HandoverId id,
    String certificate,
    Optional<TenantId> tenant,
    HandoverCode code,
    Bytes sealed,
    Instant until,
    int failures) {
  /** 64 KiB: a file with key, chain and settings has a fifth of that. */
  public static final int MOST_OCTETS = 64 << 10;

  /** So many wrong codes destroy it. */
  public static final int MOST_FAILURES = 5;
}
