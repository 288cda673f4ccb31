package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.status.AnswerTable.Place;
import de.kreissiegel.ca.status.OcspQuestion.Asked;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How certificates stand, for answers that are signed on demand. What the answers in memory say
 * counts as long as this node hears of changes; else, and of what they don't know, the database is
 * asked.
 */
final class OcspStanding {
  /** Who has heard of all changes this long ago is in step. */
  private static final Duration STEP = Duration.ofSeconds(2);

  private final OcspIssuers issuers;
  private final CertificateBook book;
  private final AnswerStore store;
  private final OcspSettings settings;
  private final Supplier<Instant> asOf;
  private final Clock clock;

  OcspStanding(
      OcspIssuers issuers,
      CertificateBook book,
      AnswerStore store,
      OcspSettings settings,
      Supplier<Instant> asOf,
      Clock clock) {
    this.issuers = issuers;
    this.book = book;
    this.store = store;
    this.settings = settings;
    this.asOf = asOf;
    this.clock = clock;
  }

  /**
   * What is said to a request.
   *
   * @param allIssued whether each certificate is one of this authority's
   * @param extendedRevoked whether one is called revoked that was never issued
   * @param nothing whether nothing is to be said at all
   * @param maxAge the shortest time for which caches may repeat it
   */
  record Told(
      List<OcspForm.Single> singles,
      boolean allIssued,
      boolean extendedRevoked,
      boolean nothing,
      Duration maxAge) {}

  Instant asOf() {
    return asOf.get();
  }

  boolean inStep() {
    return !asOf.get().plus(STEP).isBefore(clock.instant());
  }

  /** The answer that was signed ahead for this certificate and still holds. */
  @Nullable Place place(Authority authority, Asked asked) {
    if (!isOf(authority, asked)) {
      return null;
    }
    byte[] serial = asked.serial().toByteArray();
    Place place = store.of(authority.name()).find(serial, 0, serial.length);
    return place != null && place.batch().nextUpdate().isAfter(clock.instant()) ? place : null;
  }

  Told tell(Authority authority, List<Asked> asked) throws StatusUnknown {
    List<OcspForm.Single> singles = new ArrayList<>(asked.size());
    Duration maxAge = Duration.ofDays(1);
    int foreign = 0;
    int never = 0;
    OcspSettings.NeverIssued choice = settings.neverIssuedBy(authority.name());
    for (Asked one : asked) {
      Optional<Known> known = isOf(authority, one) ? find(authority, one) : Optional.empty();
      Optional<CertificateStatus> status = known.map(Known::status);
      if (known.isPresent()) {
        maxAge = known.get().maxAge().compareTo(maxAge) < 0 ? known.get().maxAge() : maxAge;
      } else if (!isOf(authority, one)) {
        foreign++;
      } else {
        never++;
        if (choice == OcspSettings.NeverIssued.REVOKED) {
          // RFC 6960 §4.4.8 says so: on hold, since the epoch.
          status = Optional.of(new CertificateStatus.OnHold(Instant.EPOCH));
        }
      }
      singles.add(new OcspForm.Single(one.certId().toArray(), status));
    }
    return new Told(
        singles,
        never + foreign == 0,
        never > 0 && choice == OcspSettings.NeverIssued.REVOKED,
        never + foreign == asked.size() && choice == OcspSettings.NeverIssued.UNAUTHORIZED,
        maxAge);
  }

  private boolean isOf(Authority authority, Asked asked) {
    return issuers.find(asked.issuer()).filter(i -> i.authority().equals(authority)).isPresent();
  }

  /** How a certificate of ours stands. */
  private record Known(CertificateStatus status, Duration maxAge) {}

  private Optional<Known> find(Authority authority, Asked asked) throws StatusUnknown {
    // A number that we can't have given is not worth a question to the database.
    if (asked.serial().signum() <= 0 || asked.serial().bitLength() > 159) {
      return Optional.empty();
    }
    Place place = inStep() ? place(authority, asked) : null;
    if (place != null) {
      return Optional.of(
          new Known(
              place.batch().status(place.at()),
              Duration.ofSeconds(place.batch().maxAge(place.at()))));
    }
    try {
      return book.find(authority.name(), new SerialNumber(asked.serial())).map(this::known);
    } catch (RuntimeException broken) {
      throw new StatusUnknown("the database can't be asked: " + broken.getMessage());
    }
  }

  private Known known(StoredCertificate certificate) {
    return new Known(certificate.status(), settings.maxAge().apply(certificate.profile()));
  }

  /** The status can't be told now. */
  static final class StatusUnknown extends Exception {
    private static final long serialVersionUID = 1L;

    StatusUnknown(String why) {
      super(why, null, false, false);
    }
  }
}
