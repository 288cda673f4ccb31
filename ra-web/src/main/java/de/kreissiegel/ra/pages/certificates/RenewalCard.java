package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.inventory.RenewalWindow;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A certificate that should be followed by its next one.
 *
 * @param row what lists show of it
 * @param days how many are left, by the calendar
 * @param asked whether its successor was asked for, and isn't there yet
 */
public record RenewalCard(CertificateRow row, long days, boolean asked) {
  private static final ZoneId HERE = ZoneId.of("Europe/Berlin");

  /** The address at which it is renewed. */
  public String address() {
    return row.address() + "/renew";
  }

  /** Those of somebody's certificates that are due, what ends first first. */
  public static List<RenewalCard> due(
      Collection<StoredCertificate> own,
      Collection<CertificateRequest> requests,
      ProfileCatalog profiles,
      Words words,
      Instant now) {
    Set<Predecessor> followed = predecessors(requests, false);
    Set<Predecessor> asked = predecessors(requests, true);
    return own.stream()
        .filter(one -> isDue(one, own, profiles, now))
        .filter(one -> !followed.contains(name(one)))
        .sorted((a, b) -> a.notAfter().compareTo(b.notAfter()))
        .map(
            one ->
                new RenewalCard(
                    CertificateRow.of(one, words, now),
                    ChronoUnit.DAYS.between(
                        LocalDate.ofInstant(now, HERE), LocalDate.ofInstant(one.notAfter(), HERE)),
                    asked.contains(name(one))))
        .toList();
  }

  private static boolean isDue(
      StoredCertificate one,
      Collection<StoredCertificate> own,
      ProfileCatalog profiles,
      Instant now) {
    CertificateProfile profile = profiles.find(one.profile()).orElse(null);
    return profile != null
        && RenewalWindow.isOpen(profile, one, now)
        && own.stream().noneMatch(other -> follows(other, one, now));
  }

  /** Whether a newer one of the same kind and holder is there already. */
  private static boolean follows(StoredCertificate other, StoredCertificate one, Instant now) {
    return other.profile().equals(one.profile())
        && other.subject().equals(one.subject())
        && other.tenant().equals(one.tenant())
        && other.notAfter().isAfter(one.notAfter())
        && Standing.of(other, now).canBeRevoked();
  }

  private static Set<Predecessor> predecessors(
      Collection<CertificateRequest> requests, boolean open) {
    return requests.stream()
        .filter(request -> open ? request.isOpen() : request instanceof CertificateRequest.Issued)
        .flatMap(request -> request.content().renews().stream())
        .collect(Collectors.toSet());
  }

  private static Predecessor name(StoredCertificate one) {
    return new Predecessor(one.authority(), one.serial());
  }

  /** This one alone, if it is due. */
  static Stream<RenewalCard> of(
      StoredCertificate certificate,
      Collection<StoredCertificate> own,
      Collection<CertificateRequest> requests,
      ProfileCatalog profiles,
      Words words,
      Instant now) {
    return due(own, requests, profiles, words, now).stream()
        .filter(card -> card.row().address().equals(CertificateRow.address(certificate)));
  }
}
