package de.kreissiegel.ca.login;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A session of the pages as it is kept.
 *
 * @param key 32 octets that its id can't be told from
 * @param content sealed; at most {@link #LARGEST} octets
 * @param holder who is logged in; empty if nobody is
 * @param created when it began
 * @param used when it was last used; may be a minute late
 * @param ends when it is over if nobody uses it any more
 */
public record StoredSession(
    Bytes key,
    Bytes content,
    Optional<Holder> holder,
    Instant created,
    Instant used,
    Instant ends) {
  /** Octets of the largest content. */
  public static final int LARGEST = 128 * 1024;

  private static final int KEY = 32;

  /**
   * Who is logged in.
   *
   * @param proof by what, as {@code passkey}
   * @param provenAt when they last did
   */
  public record Holder(SubjectId person, String proof, Instant provenAt) {}

  /**
   * @throws IllegalArgumentException if key or content have not the length that they have
   */
  public StoredSession {
    if (key.length() != KEY || content.length() > LARGEST) {
      throw new IllegalArgumentException("a session has a key of 32 octets, and is not as large");
    }
  }

  /** Whether somebody is logged in. */
  public boolean known() {
    return holder.isPresent();
  }
}
