package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;

/**
 * Who approved.
 *
 * @param person their id in the directory, as their certificate has it
 * @param certificate SHA-256 of the officer's certificate
 * @param means by what they signed
 * @param decided when, by their statement
 */
public record Approver(String person, Bytes certificate, Means means, Instant decided) {
  /** By what somebody signs. */
  public enum Means {
    /** The key of the officer's certificate. */
    CERTIFICATE,
    /** A security key that the certificate's key has signed for. */
    SECURITY_KEY
  }
}
