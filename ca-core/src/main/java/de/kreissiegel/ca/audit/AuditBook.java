package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.tenancy.TenantId;
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

  /** A chain's signed heads, in order. */
  List<Checkpoint> checkpoints(String chain);

  /** The signed head with the highest number. */
  Optional<Checkpoint> newestCheckpoint(String chain);

  /** Keeps a signed head; does nothing if that head was kept already. */
  void keep(Checkpoint checkpoint);
}
