package de.kreissiegel.ca.login;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Set;

/**
 * A passkey that was registered (credential record, WebAuthn Level 3 §4).
 *
 * @param id the credential's id, 1 to 1023 octets
 * @param holder whose it is; also the user handle, which tells nothing to others
 * @param label what its holder calls it, at most 60 characters
 * @param publicKey COSE_Key (RFC 9052 §7)
 * @param attestation the attestation object of its registration, CBOR
 * @param counter the signature counter that was seen last
 * @param transports how browsers reach it, as {@code internal}, {@code usb}
 * @param backup how it may be kept elsewhere, too
 * @param created when it was registered
 * @param lastUsed when somebody last logged in by it; at first {@code created}
 */
public record Passkey(
    Bytes id,
    SubjectId holder,
    String label,
    Bytes publicKey,
    Bytes attestation,
    long counter,
    Set<String> transports,
    Backup backup,
    Instant created,
    Instant lastUsed) {
  private static final int LONGEST_ID = 1023;
  private static final int LONGEST_LABEL = 60;
  private static final int LARGEST = 16 * 1024;

  /**
   * @throws IllegalArgumentException if something is longer than it may be
   */
  public Passkey {
    transports = Set.copyOf(transports);
    if (id.length() < 1
        || id.length() > LONGEST_ID
        || label.isBlank()
        || label.length() > LONGEST_LABEL
        || publicKey.length() > LARGEST
        || attestation.length() > LARGEST) {
      throw new IllegalArgumentException("a passkey is not as large, and has a short name");
    }
  }

  /** How it stands with copies of its key, which its maker keeps (WebAuthn Level 3 §6.1.3). */
  public record Backup(boolean eligible, boolean state) {}
}
