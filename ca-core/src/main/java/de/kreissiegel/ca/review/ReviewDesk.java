package de.kreissiegel.ca.review;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.identity.SameHumans;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts together what an officer reads before they decide. */
public final class ReviewDesk {
  private final RegistrationDesk registration;
  private final ReviewBook book;
  private final CertificateBook certificates;
  private final SameHumans humans;
  private final ZoneId zone;
  private final InstantSource clock;

  /**
   * @param zone whose hours count as working hours
   */
  public ReviewDesk(
      RegistrationDesk registration,
      ReviewBook book,
      CertificateBook certificates,
      SameHumans humans,
      ZoneId zone,
      InstantSource clock) {
    this.registration = registration;
    this.book = book;
    this.certificates = certificates;
    this.humans = humans;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * What speaks for and against a request; entries that officers linked count as one human. What
   * belongs to tenants that the officer doesn't see is left out, of the hints as well.
   *
   * @param request as the officer sees it
   * @throws Refused NOT_FOUND if the officer doesn't decide on the tenant's requests
   */
  public Review review(Actor.Person officer, CertificateRequest request) throws Refused {
    RequestId id = request.id();
    if (!registration.isOfficerFor(officer, request)) {
      throw new Refused(RefusalReason.NOT_FOUND, "not an application of this officer's tenants");
    }
    CertificateRequest.Content content = request.content();
    SubjectId subject = content.subject().id();
    Set<SubjectId> entries = humans.same(subject);
    List<CertificateRequest> others =
        entries.stream()
            .flatMap(
                one ->
                    book
                        .requests(one, AccessRules.scope(officer, Action.VIEW_APPLICATIONS))
                        .stream())
            .sorted(
                Comparator.comparing((CertificateRequest one) -> one.content().submittedAt())
                    .reversed())
            .filter(one -> !one.id().equals(id))
            .filter(one -> isSeen(officer, one))
            .toList();
    List<StoredCertificate> held = held(officer, entries);
    Situation situation =
        new Situation(
            content, entry(officer, id), held, others, known(content), clock.instant(), zone);
    boolean open = request.isOpen();
    return new Review(
        open
            ? Arrays.stream(Risk.values()).flatMap(risk -> risk.look(situation).stream()).toList()
            : List.of(),
        open ? Optional.of(registration.rehearsal(officer, id)) : Optional.empty(),
        others,
        held,
        entries.size() - 1);
  }

  /** Who a pseudonym is, only who decides on it sees. */
  private static boolean isSeen(Actor officer, CertificateRequest request) {
    return !request.content().isPseudonymous()
        || AccessRules.allows(officer, Action.DECIDE, request.content().tenant());
  }

  private List<StoredCertificate> held(Actor officer, Set<SubjectId> subjects) {
    Set<TenantId> scope = AccessRules.scope(officer, Action.VIEW_CERTIFICATES);
    return certificates.ofSubjects(List.copyOf(subjects)).stream()
        .filter(one -> one.tenant().filter(scope::contains).isPresent())
        .sorted(Comparator.comparing(StoredCertificate::notBefore).reversed())
        .toList();
  }

  private Situation.Entry entry(Actor officer, RequestId id) throws Refused {
    try {
      Optional<Subject> now = registration.directoryEntry(officer, id);
      return now.isPresent() ? new Situation.Entry.There(now.get()) : new Situation.Entry.Gone();
    } catch (Refused refused) {
      if (refused.reason() != RefusalReason.DIRECTORY_UNAVAILABLE) {
        throw refused;
      }
      return new Situation.Entry.Unknown();
    }
  }

  private Situation.Known known(CertificateRequest.Content content) {
    SubjectId subject = content.subject().id();
    return new Situation.Known(
        book.standing(subject),
        book.pending(subject),
        book.joined(subject),
        content
            .subject()
            .mail()
            .filter(mail -> book.isNewMailDomain(content.tenant(), RiskRules.domain(mail)))
            .isPresent());
  }
}
