package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as it stands in the database, nothing of it believed: the verifier's view. Whoever
 * changed it may have written what is no tenant's name.
 *
 * @param text its words, and how the chain holds them
 */
public record WrittenEvent(
    String chain,
    long sequence,
    Instant at,
    String actor,
    String action,
    Optional<String> tenant,
    String object,
    Text text,
    Bytes hash) {

  /** The words of an event. */
  public sealed interface Text {
    /** The actor's name; empty if it was erased. */
    Optional<String> actorName();

    /** How and why; empty if it was erased. */
    Optional<String> detail();
  }

  /** Version 1: the words stand in the chain itself and can't be erased. */
  public record Plain(Optional<String> actorName, Optional<String> detail) implements Text {}

  /**
   * Version 2: the chain holds a commitment.
   *
   * @param commitment what the chain holds
   * @param salt empty if the words were erased
   */
  public record Committed(
      Bytes commitment, Optional<Bytes> salt, Optional<String> actorName, Optional<String> detail)
      implements Text {
    static Committed to(SaltedWords words) {
      return new Committed(
          words.commitment(),
          Optional.of(words.salt()),
          Optional.of(words.actorName()),
          Optional.of(words.detail()));
    }

    boolean isErased() {
      return salt.isEmpty() && actorName.isEmpty() && detail.isEmpty();
    }

    boolean holds() {
      return isErased()
          || salt.isPresent()
              && actorName.isPresent()
              && detail.isPresent()
              && new SaltedWords(salt.get(), actorName.get(), detail.get())
                  .commitment()
                  .equals(commitment);
    }
  }

  /** The hash that it must have in this place of its chain. */
  Bytes hashAt(long place, Bytes before) {
    return EventEncoding.hash(before, this, place);
  }

  /** Whether it and its hash belong into this place. */
  boolean fits(long place, Bytes before) {
    return hash.equals(hashAt(place, before));
  }

  /** Whether its words are those that were written, or were erased altogether. */
  boolean wordsHold() {
    return switch (text) {
      case Plain _ -> true; // the hash itself goes over them
      case Committed committed -> committed.holds();
    };
  }

  boolean isErased() {
    return text instanceof Committed committed && committed.isErased();
  }

  WrittenEvent withHash(Bytes newHash) {
    return new WrittenEvent(chain, sequence, at, actor, action, tenant, object, text, newHash);
  }
}
