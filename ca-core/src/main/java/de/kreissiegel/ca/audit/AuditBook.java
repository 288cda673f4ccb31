package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The trail as those see it who read and prove it. */
public interface AuditBook {
  /** Events of these tenants and of the system's own affairs, newest first. */
  List<AuditEvent> search(Set<TenantId> tenants, AuditQuery query);

  /** The heads that the chains' rows tell of, whatever their events say. */
  List<ChainHead> heads();

  /** The names of all chains that left any trace, in order. Reads the whole trail. */
  List<String> chains();

  /** One event as it stands there. */
  Optional<WrittenEvent> event(String chain, long sequence);

  /** All events of a chain in order of their numbers, one by one. */
  void eachEvent(String chain, Consumer<WrittenEvent> each);

  /** The same of a part of the chain; reads it a few thousand events at a time. */
  void eachEvent(String chain, long first, long last, Consumer<WrittenEvent> each);

  /** Between which numbers the events of this time stand; empty if there are none. */
  Optional<Reach> reach(String chain, Instant from, Instant until);

  /**
   * Where events stand.
   *
   * @param first number of the first one
   * @param last number of the last one
   */
  record Reach(long first, long last) {}

  /** The signed head nearest before an event of this number. */
  Optional<Checkpoint> checkpointBefore(String chain, long sequence);

  /** The signed head that is nearest at or behind an event of this number. */
  Optional<Checkpoint> checkpointFrom(String chain, long sequence);

  /** The signed head with the highest number of those signed by then. */
  Optional<Checkpoint> checkpointSignedBy(String chain, Instant time);

  /** The first signed head, signed then or later, that is behind all that were signed before. */
  Optional<Checkpoint> checkpointSignedFrom(String chain, Instant time);

  /** A chain's signed heads, in order. */
  List<Checkpoint> checkpoints(String chain);

  /** The signed head with the highest number. */
  Optional<Checkpoint> newestCheckpoint(String chain);

  /** Keeps a signed head; does nothing if that head was kept already. */
  void keep(Checkpoint checkpoint);
}
