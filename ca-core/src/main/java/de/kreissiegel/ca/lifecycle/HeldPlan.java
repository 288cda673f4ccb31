package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was too much at once, for one tenant: it waits for two officers.
 *
 * @param revision changes whenever something comes or goes; a consent is to one revision
 * @param consents the officers who have consented to this revision, as the audit trail names them
 * @param items what would be done, the oldest first
 */
public record HeldPlan(
    UUID id,
    TenantId tenant,
    Brake.Stop stop,
    int revision,
    Instant openedAt,
    List<String> consents,
    List<PlanItem> items) {
  public HeldPlan {
    consents = List.copyOf(consents);
    items = List.copyOf(items);
  }
}
