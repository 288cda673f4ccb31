package de.kreissiegel.hsm.journal;

import java.time.Instant;

/** What the journal alone can't tell of an entry: whether its body has served. */
@FunctionalInterface
public interface ErasureRules {
  /** What becomes of a body. */
  enum Fate {
    /** It goes. */
    GOES,
    /** It stays: its time isn't over. */
    YOUNG,
    /** It stays: it wasn't taken in by the authority. */
    UNREAD,
    /** It stays: the vault needs it. */
    NEEDED
  }

  /**
   * The fate of an entry that is old enough itself.
   *
   * @param before what ended earlier may go
   */
  Fate of(Recalled entry, Instant before);
}
