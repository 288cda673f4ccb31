package de.kreissiegel.ca.evidence;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.disclosure.DisclosureBook;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revision.RevisionBook;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The door by which evidence leaves. */
public final class EvidenceDesk {
  private final Records records;
  private final List<RoleSource> roles;
  private final Bytes auditKey;
  private final Clock clock;

  /** What is read, and what is written. */
  public record Records(
      AuditBook events,
      RevisionBook revisions,
      DisclosureBook disclosure,
      Transactions transactions,
      AuditTrail audit) {}

  /**
   * @param roles which groups give which offices
   * @param auditKey SubjectPublicKeyInfo of the vault's audit key, DER
   */
  public EvidenceDesk(Records records, List<RoleSource> roles, Bytes auditKey, Clock clock) {
    this.records = records;
    this.roles = List.copyOf(roles);
    this.auditKey = auditKey;
    this.clock = clock;
  }

  /**
   * Evidence for a revisor, of no tenant that isn't granted to them.
   *
   * @throws Refused NOT_AUTHORIZED for who is no revisor; NOT_FOUND (another's tenant)
   */
  public Evidence export(Actor.Person revisor, EvidenceQuery query) throws Refused {
    Set<TenantId> scope = AccessRules.scope(revisor, Action.REVISE);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "for revisors only");
    }
    if (query.tenant().isPresent() && !scope.contains(query.tenant().get())) {
      throw new Refused(RefusalReason.NOT_FOUND, "no tenant of theirs");
    }
    return told(
        revisor, query, query.tenant().map(Set::of).orElse(scope), query.tenant().isEmpty());
  }

  /**
   * Evidence for whoever runs the house, at its own console.
   *
   * @param system what asks
   */
  public Evidence exportAll(Actor.Component system, EvidenceQuery query) {
    Set<TenantId> all =
        query
            .tenant()
            .map(Set::of)
            .orElseGet(
                () ->
                    records
                        .revisions()
                        .areas(Instant.EPOCH, clock.instant().plusSeconds(60))
                        .stream()
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()));
    return told(system, query, all, query.tenant().isEmpty());
  }

  private Evidence told(Actor actor, EvidenceQuery query, Set<TenantId> tenants, boolean house) {
    tell(
        actor,
        query,
        "evidence.exported",
        "tenants=%d%s".formatted(tenants.size(), house ? " house" : ""));
    var file =
        new EvidenceFile(
            records, roles, auditKey, new EvidenceFile.Scope(query, tenants, house, actor), clock);
    return new Evidence(query, out -> write(file, out, actor, query));
  }

  private void write(EvidenceFile file, OutputStream out, Actor actor, EvidenceQuery query)
      throws IOException {
    Bytes manifest = file.writeTo(out);
    tell(actor, query, "evidence.finished", "manifest=sha256:" + manifest.toHex());
  }

  private void tell(Actor actor, EvidenceQuery query, String action, String detail) {
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              records
                  .audit()
                  .append(
                      transaction,
                      actor,
                      action,
                      query.tenant(),
                      "evidence:%s/%s".formatted(query.first(), query.last()),
                      detail);
              return true;
            });
  }
}
