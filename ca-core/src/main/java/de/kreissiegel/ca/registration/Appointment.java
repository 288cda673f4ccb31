package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For which tenants a certificate makes its subject a registration officer. The directory says so
 * when it is asked for; once it stands in a certificate, the vault believes that and nobody else.
 */
public sealed interface Appointment {
  /** For all tenants that there are or will be: whoever leads the registration officers. */
  record Everywhere() implements Appointment {}

  /**
   * For these.
   *
   * @param tenants at least one, in order of their names
   */
  record Of(List<TenantId> tenants) implements Appointment {
    /** Sorted, each once. */
    public Of {
      tenants = tenants.stream().distinct().sorted().toList();
      if (tenants.isEmpty()) {
        throw new IllegalArgumentException("an officer of nobody");
      }
    }
  }

  /**
   * For one, in place of its officers, as long as a grant holds.
   *
   * @param until when the certificate ends at the latest: with the grant
   */
  record StandIn(GrantId grant, TenantId tenant, Instant until) implements Appointment {}

  /**
   * What the directory's roles make of a person; empty if they are no officer.
   *
   * @param all every tenant of the district
   */
  static Optional<Appointment> of(Actor.Person person, Collection<TenantId> all) {
    Set<TenantId> scope = new HashSet<>(person.officerFor());
    scope.addAll(person.appointsFor());
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        !person.appointsFor().isEmpty() && scope.containsAll(all)
            ? new Everywhere()
            : new Of(List.copyOf(scope)));
  }
}
