package de.kreissiegel.hsm.policy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The digests that messages and time-stamps may use (TR-02102-1 §4; RFC 5754 §2). */
enum DigestKind {
  SHA_256("SHA-256", "2.16.840.1.101.3.4.2.1", 32),
  SHA_384("SHA-384", "2.16.840.1.101.3.4.2.2", 48),
  SHA_512("SHA-512", "2.16.840.1.101.3.4.2.3", 64);

  private static final int NULL = 0x05;

  private final String algorithm;
  private final String identifier;
  private final int octets;

  DigestKind(String algorithm, String identifier, int octets) {
    this.algorithm = algorithm;
    this.identifier = identifier;
    this.octets = octets;
  }

  int octets() {
    return octets;
  }

  byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Optional<DigestKind> ofLength(int octets) {
    for (DigestKind kind : values()) {
      if (kind.octets == octets) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Reads an AlgorithmIdentifier; empty if it is of another digest. */
  static Optional<DigestKind> read(DerCursor cursor, String what) throws NotDer {
    DerCursor algorithm = cursor.into(DerCursor.SEQUENCE, what);
    String identifier = SignedAttributes.identifier(algorithm, what);
    if (algorithm.hasMore()) {
      algorithm.next(NULL, "parameters of " + what);
    }
    algorithm.end();
    for (DigestKind kind : values()) {
      if (kind.identifier.equals(identifier)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
