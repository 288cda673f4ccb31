package de.kreissiegel.ca.hierarchy;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.policyset.AlgorithmUse;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Certificate;

/** From an installation's authorities and profiles to what the planner needs to know of them. */
final class LinePlans {
  private final AuthorityCatalog authorities;
  private final Collection<CertificateProfile> profiles;
  private final Instant now;

  private LinePlans(
      AuthorityCatalog authorities, Collection<CertificateProfile> profiles, Instant now) {
    this.authorities = authorities;
    this.profiles = profiles;
    this.now = now;
  }

  static List<LinePlan> of(
      AuthorityCatalog authorities, Collection<CertificateProfile> profiles, Instant now) {
    var plans = new LinePlans(authorities, profiles, now);
    return authorities.lines().stream()
        .filter(line -> line.generations().stream().anyMatch(one -> one.terminated().isEmpty()))
        // What came from elsewhere issues nothing and is followed by nothing.
        .filter(line -> authorities.takenOver(line.name()).isEmpty())
        .map(plans::plan)
        .toList();
  }

  private LinePlan plan(AuthorityLine line) {
    return new LinePlan(
        line.name().value(),
        parent(line).map(one -> one.name().value()),
        length(line),
        line.isRoot() ? ofAuthorities(line) : ofProfiles(line),
        earliest(
            authorities
                .calendar()
                .latestEnd(use(line), line.policySet(), now, Set.of(line.name().value())),
            superiorsEnd(line)),
        line.generations().stream().map(one -> existing(line, one)).toList());
  }

  /** A next key is certified by the same superior, as far as anybody knows. */
  private Optional<Instant> superiorsEnd(AuthorityLine line) {
    return authorities.superiors(line.newest().authority().name()).stream()
        .map(Superior::notAfter)
        .min(Instant::compareTo);
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.concat(one.stream(), other.stream()).min(Instant::compareTo);
  }

  private static LinePlan.Existing existing(AuthorityLine line, Generation generation) {
    Instant made = beginning(generation.authority());
    Instant from = generation.issuesFrom();
    return new LinePlan.Existing(
        made,
        from.isBefore(made) ? made : from,
        line.stops(generation),
        generation.authority().notAfter());
  }

  /** As long as the longest that there was: the plan by which ceremonies make them. */
  private static Duration length(AuthorityLine line) {
    return line.generations().stream()
        .map(one -> Duration.between(beginning(one.authority()), one.authority().notAfter()))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private Optional<AuthorityLine> parent(AuthorityLine line) {
    List<Bytes> chain = line.newest().authority().chain();
    return authorities.lines().stream()
        .filter(
            other ->
                other.generations().stream()
                    .anyMatch(
                        one ->
                            !chain.isEmpty()
                                && one.authority().certificate().equals(chain.getFirst())))
        .findFirst();
  }

  private List<LinePlan.Promise> ofAuthorities(AuthorityLine root) {
    return authorities.lines().stream()
        .filter(line -> parent(line).filter(root::equals).isPresent())
        .map(line -> new LinePlan.Promise(length(line), Optional.empty()))
        .toList();
  }

  /** Responders' certificates are as short as they have to be. */
  private List<LinePlan.Promise> ofProfiles(AuthorityLine line) {
    return profiles.stream()
        .filter(profile -> profile.authority().equals(line.name()))
        .filter(profile -> profile.purpose() != Purpose.STATUS)
        .map(profile -> new LinePlan.Promise(profile.validity(), profile.latestEnd()))
        .toList();
  }

  static AlgorithmUse use(AuthorityLine line) {
    try {
      return AlgorithmUse.of(
          AlgorithmUse.Purpose.AUTHORITY,
          Bytes.of(
              certificate(line.newest().authority()).getSubjectPublicKeyInfo().getEncoded("DER")));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Instant beginning(Authority authority) {
    return certificate(authority).getStartDate().getDate().toInstant();
  }

  private static Certificate certificate(Authority authority) {
    return Certificate.getInstance(authority.certificate().toArray());
  }
}
