package de.kreissiegel.ca.hierarchy;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.path.PathFault;
import de.kreissiegel.ca.path.PathOptions;
import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathValidation;
import de.kreissiegel.ca.path.PathVerdict;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How those above us that are not ours stand today: their certificates, and what their newest CRLs
 * that are at hand say of each other and of us (RFC 5280 §6).
 */
final class SuperiorCheck {
  private final AuthorityCatalog authorities;
  private final Instant now;
  private final Duration ahead;
  private final List<CalendarWarning> warnings = new ArrayList<>();

  SuperiorCheck(AuthorityCatalog authorities, Instant now) {
    this.authorities = authorities;
    this.now = now;
    this.ahead = Duration.ofDays(authorities.rollover().warnDays());
  }

  List<CalendarWarning> warnings() {
    for (AuthorityLine line : authorities.lines()) {
      for (Generation generation : line.generations()) {
        List<Superior> above = authorities.superiors(generation.authority().name());
        if (!above.isEmpty()
            && generation.terminated().isEmpty()
            && authorities.takenOver(line.name()).isEmpty()) {
          look(generation.authority(), above);
        }
      }
    }
    return List.copyOf(warnings);
  }

  private void look(Authority authority, List<Superior> above) {
    Optional<PathFault> fault = fault(authority, above);
    fault.ifPresent(found -> tell(authority, found));
    if (fault.isEmpty()) {
      above.forEach(superior -> end(authority, superior));
    }
    if (above.stream().allMatch(superior -> superior.list().isEmpty())) {
      say(
          false,
          "%s: Von der fremden übergeordneten Stelle liegt keine Sperrliste vor (superior-crl)."
              .formatted(authority.name()),
          "%s: no CRL of its external superior is at hand (superior-crl)."
              .formatted(authority.name()));
    }
  }

  private Optional<PathFault> fault(Authority authority, List<Superior> above) {
    List<Bytes> certificates = above.stream().map(Superior::certificate).toList();
    Superior anchor = above.getLast();
    PathVerdict verdict =
        PathValidation.verify(
            new PathQuestion(
                List.of(anchor.certificate()),
                authority.certificate(),
                certificates,
                above.stream().flatMap(superior -> superior.list().stream()).toList(),
                now,
                PathOptions.under(PolicySet.RFC5280)));
    return verdict instanceof PathVerdict.Invalid invalid
        ? Optional.of(invalid.fault())
        : Optional.empty();
  }

  /** A list that is missing is no news of anything bad; one that has ended is due. */
  private void tell(Authority authority, PathFault fault) {
    say(
        !fault.isUnknownStatus(),
        "%s: Die Kette zur fremden übergeordneten Stelle gilt so nicht: %s"
            .formatted(authority.name(), fault.german()),
        "%s: the chain to its external superior doesn't hold as it is: %s"
            .formatted(authority.name(), fault.english()));
  }

  private void end(Authority authority, Superior superior) {
    if (superior.notAfter().minus(ahead).isAfter(now)) {
      return;
    }
    LocalDate day = LocalDate.ofInstant(superior.notAfter(), ZoneOffset.UTC);
    // An anchor's own end is no part of RFC 5280 §6; others will not believe it any more.
    say(
        now.isAfter(superior.notAfter()),
        "%s: Das Zertifikat von %s, unter dem es steht, endet am %s; die Stelle um ein neues bitten."
            .formatted(authority.name(), superior.subject(), day),
        "%s: the certificate of %s above it ends on %s; ask that superior for a new one."
            .formatted(authority.name(), superior.subject(), day));
  }

  private void say(boolean urgent, String german, String english) {
    warnings.add(new CalendarWarning(urgent, german, english));
  }
}
