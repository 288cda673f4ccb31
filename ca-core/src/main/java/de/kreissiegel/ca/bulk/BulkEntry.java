package de.kreissiegel.ca.bulk;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/**
 * A row as a door brings it.
 *
 * @param who id, login, mail address or DNS name, 1 to 255 characters
 * @param tenant its id; empty for whichever of the officer's tenants has them
 * @param csr PKCS#10, DER, at most 16 KiB; of all rows of a list or of none
 * @param fault why the row can't be read, in English; empty if it can
 */
public record BulkEntry(String who, String tenant, Optional<Bytes> csr, String fault) {
  /** The longest {@code who}. */
  public static final int LONGEST = 255;
}
