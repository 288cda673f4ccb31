package de.kreissiegel.ca.helpdesk;

import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What was done with somebody's newest certificates and requests. */
final class PersonHistory {
  private static final int NEWEST = 10;
  private static final int EVENTS = 20;
  private static final int SHOWN = 50;

  /** Who looked at whom is the affair of auditors, and of the person. */
  private static final String READ = "person.read";

  private final AuditBook book;

  PersonHistory(AuditBook book) {
    this.book = book;
  }

  /** Newest first. */
  List<AuditEvent> of(List<StoredCertificate> certificates, List<CertificateRequest> requests) {
    return Stream.concat(
            certificates.stream()
                .limit(NEWEST)
                .flatMap(one -> events(one.tenant().orElseThrow(), one.auditName())),
            requests.stream()
                .limit(NEWEST)
                .flatMap(one -> events(one.content().tenant(), "request:" + one.id())))
        .filter(event -> !event.action().equals(READ))
        .sorted(Comparator.comparing(AuditEvent::at).reversed())
        .limit(SHOWN)
        .toList();
  }

  private Stream<AuditEvent> events(TenantId tenant, String object) {
    return book
        .search(
            Set.of(tenant), new AuditQuery("", Optional.of(tenant), Optional.of(object), 0, EVENTS))
        .stream();
  }
}
