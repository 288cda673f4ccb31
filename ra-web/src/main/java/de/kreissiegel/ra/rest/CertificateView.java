package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An issued certificate.
 *
 * @param authority who issued it
 * @param serial lower-case hexadecimal; with authority its identity
 * @param profileVersion the version of the profile that made it; 0 where nobody knows
 * @param subject the directory's id of whom it names
 * @param subjectName subject DN (RFC 4514)
 * @param alternativeNames as {@code dns:…}, {@code mail:…}, {@code uri:…}
 * @param request the application that it answers
 * @param href its path in this API
 */
record CertificateView(
    String authority,
    String serial,
    String profile,
    int profileVersion,
    Optional<String> tenant,
    Optional<String> subject,
    String subjectName,
    List<String> alternativeNames,
    Optional<String> request,
    Instant notBefore,
    Instant notAfter,
    StatusView status,
    String href) {

  static CertificateView of(StoredCertificate certificate, Instant now) {
    var names = certificate.alternativeNames();
    var address =
        RequestView.CertificateAddress.of(
            certificate.authority().value(), certificate.serial().toHex());
    return new CertificateView(
        address.authority(),
        address.serial(),
        certificate.profile().value(),
        certificate.profileVersion(),
        certificate.tenant().map(TenantId::value),
        certificate.subject().map(SubjectId::value),
        certificate.subjectName(),
        names.isBlank() ? List.of() : List.of(names.split(" ")),
        certificate.request().map(Object::toString),
        certificate.notBefore(),
        certificate.notAfter(),
        StatusView.of(certificate, now),
        address.href());
  }

  /**
   * What became of it.
   *
   * @param state valid, onHold, revoked or expired
   * @param since since when, if it is on hold or revoked
   * @param reason why it was revoked, in RFC 5280's words
   * @param invalidSince since when it is thought to have been bad
   */
  record StatusView(
      String state,
      Optional<Instant> since,
      Optional<String> reason,
      Optional<Instant> invalidSince) {
    static StatusView of(StoredCertificate certificate, Instant now) {
      return switch (certificate.status()) {
        case CertificateStatus.Revoked(var since, var reason, var invalidSince) ->
            new StatusView(
                "revoked", Optional.of(since), Optional.of(reason.asn1Name()), invalidSince);
        case CertificateStatus.OnHold(var since) when !expired(certificate, now) ->
            new StatusView("onHold", Optional.of(since), Optional.empty(), Optional.empty());
        case CertificateStatus.Good() when !expired(certificate, now) ->
            new StatusView("valid", Optional.empty(), Optional.empty(), Optional.empty());
        case CertificateStatus.Good(), CertificateStatus.OnHold(_) ->
            new StatusView("expired", Optional.empty(), Optional.empty(), Optional.empty());
      };
    }

    private static boolean expired(StoredCertificate certificate, Instant now) {
      return certificate.notAfter().isBefore(now);
    }
  }
}
