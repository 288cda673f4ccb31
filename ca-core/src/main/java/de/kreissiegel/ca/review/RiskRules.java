package de.kreissiegel.ca.review;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Patience;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** When a risk is there, and with which values; each a method. */
final class RiskRules {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration COMPROMISE = Duration.ofDays(90);
  private static final Duration NEW = Duration.ofDays(14);
  private static final int MANY = 3;
  private static final int FIRST_HOUR = 6;
  private static final int LAST_HOUR = 20;
  private static final Set<Change.Kind> GOING =
      Set.of(Change.Kind.LEFT, Change.Kind.MOVED, Change.Kind.KEY_HOLDER_LEFT);
  private static final Optional<List<String>> NO = Optional.empty();
  private static final Optional<List<String>> YES = Optional.of(List.of());

  private RiskRules() {}

  static Optional<List<String>> gone(Situation at) {
    return at.entry() instanceof Situation.Entry.Gone ? YES : NO;
  }

  static Optional<List<String>> disabled(Situation at) {
    return entry(at).filter(subject -> !subject.enabled()).isPresent() ? YES : NO;
  }

  static Optional<List<String>> leaving(Situation at) {
    return at.known().pending().stream().anyMatch(GOING::contains) ? YES : NO;
  }

  static Optional<List<String>> away(Situation at) {
    boolean away =
        at.known().standing().filter(Standing.AWAY::equals).isPresent()
            || at.known().pending().contains(Change.Kind.AWAY);
    return away ? YES : NO;
  }

  static Optional<List<String>> afterCompromise(Situation at) {
    return at.certificates().stream()
        .filter(one -> one.profile().equals(at.asked().profile()))
        .map(StoredCertificate::status)
        .filter(CertificateStatus.Revoked.class::isInstance)
        .map(CertificateStatus.Revoked.class::cast)
        .filter(one -> one.reason() == RevocationReason.KEY_COMPROMISE)
        .map(CertificateStatus.Revoked::since)
        .filter(since -> since.isAfter(at.now().minus(COMPROMISE)))
        .max(Comparator.naturalOrder())
        .map(since -> List.of(days(since, at)));
  }

  static Optional<List<String>> namesChanged(Situation at) {
    Subject then = at.asked().subject();
    boolean changed =
        entry(at)
            .filter(
                now ->
                    !now.commonName().equals(then.commonName())
                        || !now.mail().equals(then.mail())
                        || !now.dnsName().equals(then.dnsName())
                        || !now.windowsAccount().equals(then.windowsAccount()))
            .isPresent();
    return changed ? YES : NO;
  }

  static Optional<List<String>> wishes(Situation at) {
    return at.asked().wishes().isEmpty()
        ? NO
        : Optional.of(List.of(String.join(", ", at.asked().wishes())));
  }

  static Optional<List<String>> newMailDomain(Situation at) {
    return at.known().newMailDomain()
        ? Optional.of(List.of(at.asked().subject().mail().map(RiskRules::domain).orElse("")))
        : NO;
  }

  static Optional<List<String>> many(Situation at) {
    Instant since = at.now().minus(MONTH);
    long before =
        at.certificates().stream()
            .filter(one -> one.profile().equals(at.asked().profile()))
            .filter(one -> one.notBefore().isAfter(since))
            .count();
    return before + 1 >= MANY ? Optional.of(List.of(String.valueOf(before + 1))) : NO;
  }

  static Optional<List<String>> justJoined(Situation at) {
    return at.known()
        .joined()
        .filter(since -> since.isAfter(at.now().minus(NEW)))
        .map(since -> List.of(days(since, at)));
  }

  static Optional<List<String>> forAnother(Situation at) {
    boolean themselves =
        at.asked().applicant().equals("person:" + at.asked().subject().id().value());
    return themselves ? NO : Optional.of(List.of(at.asked().applicantName()));
  }

  static Optional<List<String>> refusedLately(Situation at) {
    return at.requests().stream()
        .filter(one -> one.content().profile().equals(at.asked().profile()))
        .flatMap(
            one ->
                one instanceof CertificateRequest.Refused refused
                    ? Stream.of(refused)
                    : Stream.<CertificateRequest.Refused>empty())
        .filter(one -> one.at().isAfter(at.now().minus(MONTH)))
        .max(Comparator.comparing(CertificateRequest.Refused::at))
        .map(one -> List.of(days(one.at(), at), one.reason()));
  }

  static Optional<List<String>> outOfHours(Situation at) {
    ZonedDateTime asked = at.asked().submittedAt().atZone(at.zone());
    boolean within =
        Patience.isWorkingDay(asked.toLocalDate())
            && asked.getHour() >= FIRST_HOUR
            && asked.getHour() < LAST_HOUR;
    return within ? NO : YES;
  }

  private static Optional<Subject> entry(Situation at) {
    return at.entry() instanceof Situation.Entry.There(var subject)
        ? Optional.of(subject)
        : Optional.empty();
  }

  static String domain(String mail) {
    return mail.substring(mail.indexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private static String days(Instant since, Situation at) {
    return String.valueOf(Math.max(0, Duration.between(since, at.now()).toDays()));
  }
}
