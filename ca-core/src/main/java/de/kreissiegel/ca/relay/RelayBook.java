package de.kreissiegel.ca.relay;

import de.kreissiegel.ca.audit.WrittenEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which events were passed on, kept in the database: a restart forgets nothing. */
public interface RelayBook {
  /** The names of all chains. */
  List<String> chains();

  /**
   * Hands out the events of a chain that come next, and remembers them as passed on if the receiver
   * returns. Of several nodes one at a time passes a chain on.
   *
   * @param most how many at once
   * @return how many were passed on; 0 if there are none, or another node is at it
   */
  <X extends Exception> int passOn(String chain, int most, Receiver<X> receiver) throws X;

  /** What waits. */
  Backlog backlog();

  /** Takes events, in order. */
  @FunctionalInterface
  interface Receiver<X extends Exception> {
    /** Returns when all of them have surely arrived. */
    void take(List<WrittenEvent> events) throws X;
  }

  /**
   * What waits.
   *
   * @param events how many
   * @param oldest when the oldest was written
   */
  record Backlog(long events, Optional<Instant> oldest) {}
}
