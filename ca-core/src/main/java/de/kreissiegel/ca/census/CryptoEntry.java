package de.kreissiegel.ca.census;

import java.time.Instant;
import java.util.Optional;

/**
 * One kind of use of cryptography.
 *
 * @param use what for
 * @param name the authority, or the profile of the certificates
 * @param key of what kind it is, as {@code EC P-384}
 * @param signedWith how the certificates are signed, as {@code SHA384WITHECDSA}; empty where many
 *     are in use
 * @param where the private key is
 * @param ends when the last of them ends, where it is known
 * @param count how many keys there are of it
 */
public record CryptoEntry(
    Use use,
    String name,
    String key,
    String signedWith,
    Where where,
    Optional<Instant> ends,
    long count) {
  /** What a key is for. */
  public enum Use {
    /** Signs certificates and CRLs. */
    AUTHORITY,
    /** The house's own: servers, status, mail. */
    HOUSE,
    /** A holder's. */
    HOLDER
  }

  /** Where a private key is. */
  public enum Where {
    VAULT,
    /** In the house: in the vault, as responders' keys are, or with one of its servers. */
    HOUSE,
    /** With the service or the person; the house never had it. */
    HOLDER
  }
}
