package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.StoredCertificate;
import java.time.Instant;
import java.util.Locale;

/** The search's conditions on a person's own few certificates, which come as a whole. */
final class OwnFilter {
  private OwnFilter() {}

  static boolean matches(CertificateQuery query, StoredCertificate certificate, Instant now) {
    var text = query.text().toLowerCase(Locale.ROOT);
    var searched =
        String.join(
                "\n",
                certificate.subjectName(),
                certificate.alternativeNames(),
                certificate.serial().toHex())
            .toLowerCase(Locale.ROOT);
    return searched.contains(text)
        && query.tenant().map(certificate.tenant().stream().toList()::contains).orElse(true)
        && query.profile().map(certificate.profile()::equals).orElse(true)
        && query
            .state()
            .map(WireForms::word)
            .map(CertificateView.StatusView.of(certificate, now).state()::equals)
            .orElse(true);
  }
}
