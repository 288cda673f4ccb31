package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The search's conditions on a person's own few certificates, which come as a whole. */
final class OwnFilter {
  private OwnFilter() {}

  /**
   * Those that the query finds, in its order.
   *
   * @throws Refused BAD_DATA_FORMAT if it goes on after one of them
   */
  static List<StoredCertificate> of(
      CertificateQuery query, List<StoredCertificate> own, Instant now) throws Refused {
    if (query.after().isPresent()) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "one's own certificates have offset, not after");
    }
    var found = own.stream().filter(certificate -> matches(query, certificate, now));
    return query.filter().byEnd()
        ? found.sorted(Comparator.comparing(StoredCertificate::notAfter)).toList()
        : found.toList();
  }

  private static boolean matches(
      CertificateQuery query, StoredCertificate certificate, Instant now) {
    var filter = query.filter();
    var end = certificate.notAfter();
    return matches(query.text(), certificate)
        && filter.tenant().map(certificate.tenant().stream().toList()::contains).orElse(true)
        && filter.holder().map(certificate.subject().stream().toList()::contains).orElse(true)
        && filter.profile().map(certificate.profile()::equals).orElse(true)
        && filter.authority().map(certificate.authority()::equals).orElse(true)
        && filter.endsFrom().map(from -> !end.isBefore(from)).orElse(true)
        && filter.endsBefore().map(end::isBefore).orElse(true)
        && filter
            .state()
            .map(WireForms::word)
            .map(CertificateView.StatusView.of(certificate, now).state()::equals)
            .orElse(true);
  }

  private static boolean matches(String text, StoredCertificate certificate) {
    var digits = text.toLowerCase(Locale.ROOT).replace(":", "").strip();
    return NameWords.match(certificate, text)
            && (!NameWords.lookedFor(text).isEmpty() || text.isBlank())
        || !digits.isEmpty() && certificate.serial().toHex().startsWith(digits);
  }
}
