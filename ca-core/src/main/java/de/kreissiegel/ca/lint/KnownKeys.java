package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** What the house knows of keys and of those who hold them. */
public interface KnownKeys {
  /**
   * What is known of a key and of whom it is for; asked once for each certificate.
   *
   * @param keyHash SHA-256 of the SubjectPublicKeyInfo
   * @param holder the directory's id of whom it is for
   */
  Standing standing(Bytes keyHash, Optional<String> holder);

  /**
   * The RSA moduli of stored certificates that were written after a position, each at least once.
   *
   * @param position what an earlier answer gave; 0 for all
   */
  Moduli moduliSince(long position);

  /** Of a house that knows nothing, as for a stranger's file. */
  static KnownKeys none() {
    return new KnownKeys() {
      @Override
      public Standing standing(Bytes keyHash, Optional<String> holder) {
        return Standing.UNKNOWN;
      }

      @Override
      public Moduli moduliSince(long position) {
        return new Moduli(List.of(), position);
      }
    };
  }

  /**
   * What is known of a key and its holder.
   *
   * @param certified whether a certificate has this key
   * @param revoked whether one of them is revoked
   * @param listed why the key is listed as never to be certified, if it is
   * @param holderOnHold whether the holder has a certificate that is on hold
   */
  record Standing(
      boolean certified, boolean revoked, Optional<Listing> listed, boolean holderOnHold) {
    /** Nothing is known. */
    public static final Standing UNKNOWN = new Standing(false, false, Optional.empty(), false);
  }

  /** Why a key is never to be certified. */
  enum Listing {
    /** Its private half is known to others, or was reported so. */
    COMPROMISED,
    /** It is part of a composite key (TR-02102-1 §5.3.4). */
    COMPONENT
  }

  /**
   * Moduli.
   *
   * @param moduli some may have been given before
   * @param position for the next question
   */
  record Moduli(List<BigInteger> moduli, long position) {
    public Moduli {
      moduli = List.copyOf(moduli);
    }
  }
}
