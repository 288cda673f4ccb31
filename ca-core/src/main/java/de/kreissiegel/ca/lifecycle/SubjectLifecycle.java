package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.x509.RevocationReason;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The directory's changes, as the authority takes them in. */
public final class SubjectLifecycle {
  private static final System.Logger LOG = System.getLogger(SubjectLifecycle.class.getName());
  private static final Actor.Component DIRECTORY = new Actor.Component("directory");
  private static final int LONGEST_NOTE = 500;

  private final RevocationDesk desk;
  private final RevocationDesk.Books books;
  private final OpenRequests requests;
  private final Settings settings;
  private final Clock clock;
  private final AtomicBoolean braked = new AtomicBoolean();

  /**
   * What else decides.
   *
   * @param kinds tells people from machines
   * @param brake how many may leave at once
   */
  public record Settings(SubjectKinds kinds, Brake brake) {}

  public SubjectLifecycle(
      RevocationDesk desk,
      RevocationDesk.Books books,
      OpenRequests requests,
      Settings settings,
      Clock clock) {
    this.desk = desk;
    this.books = books;
    this.requests = requests;
    this.settings = settings;
    this.clock = clock;
  }

  /** The subjects with a certificate that is still good or held, or with an open request. */
  public Set<SubjectId> watched() {
    var watched = new HashSet<>(books.certificates().subjectsWithValid(clock.instant()));
    watched.addAll(requests.subjects());
    return Set.copyOf(watched);
  }

  /**
   * Takes in what one look at the directory found of subjects that left. Their certificates are
   * revoked and their open requests refused, each audited with its cause. Subjects that aren't
   * watched are passed over, so the same list may come again.
   *
   * <p>A brake stands before it: if more leave at once than the limit says, nothing is done but an
   * audit event, for a broken directory looks just like a district that left.
   *
   * @param left who left and how it was seen
   * @return how many certificates were revoked
   */
  public int subjectsLeft(List<Departure> left) {
    if (left.isEmpty()) {
      braked.set(false);
      return 0;
    }
    Set<SubjectId> watched = watched();
    List<Departure> concerned =
        left.stream().filter(departure -> watched.contains(departure.subject())).toList();
    int leaving = (int) concerned.stream().map(Departure::subject).distinct().count();
    if (settings.brake().stops(leaving, watched.size())) {
      brake(leaving, watched.size());
      return 0;
    }
    braked.set(false);
    return concerned.stream().mapToInt(this::takeIn).sum();
  }

  /** Whether the last look was braked: somebody has to look at the directory. For health. */
  public boolean isBraked() {
    return braked.get();
  }

  private void brake(int leaving, int watched) {
    if (braked.getAndSet(true)) {
      return;
    }
    String detail =
        leaving + " of " + watched + " watched subjects would leave at once; nothing is revoked";
    LOG.log(Level.WARNING, "brake: {0}", detail);
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books
                  .audit()
                  .append(
                      transaction,
                      DIRECTORY,
                      "directory.brake",
                      Optional.empty(),
                      "directory",
                      detail);
              return Boolean.TRUE;
            });
  }

  /** Requests first: none may become a certificate behind our back. */
  private int takeIn(Departure departure) {
    requests.refuse(DIRECTORY, departure.subject(), departure.cause());
    Instant now = clock.instant();
    int revoked = 0;
    for (StoredCertificate certificate :
        books.certificates().ofSubjects(List.of(departure.subject()))) {
      boolean over = certificate.status() instanceof CertificateStatus.Revoked;
      if (!over && !certificate.isExpired(now) && revoke(certificate, departure.cause())) {
        revoked++;
      }
    }
    return revoked;
  }

  private boolean revoke(StoredCertificate certificate, String cause) {
    String note = cause.substring(0, Math.min(cause.length(), LONGEST_NOTE));
    try {
      desk.revoke(
          DIRECTORY,
          certificate.authority(),
          certificate.serial(),
          Revocation.of(reasonFor(certificate), note));
      return true;
    } catch (Refused refused) {
      if (refused.reason() != RefusalReason.WRONG_STATE) {
        throw new IllegalStateException("the directory's revocation was refused", refused);
      }
      return false; // Somebody else was quicker.
    }
  }

  private RevocationReason reasonFor(StoredCertificate certificate) {
    return switch (certificate
        .request()
        .flatMap(settings.kinds()::ofRequest)
        .orElse(SubjectKind.PERSON)) {
      case PERSON -> RevocationReason.AFFILIATION_CHANGED;
      case FUNCTION, DEVICE, SERVICE -> RevocationReason.CESSATION_OF_OPERATION;
    };
  }

  /**
   * One who left.
   *
   * @param subject who
   * @param cause how it was seen, in English, as {@code entry disabled (employeeType=disabled)}
   */
  public record Departure(SubjectId subject, String cause) {}
}
