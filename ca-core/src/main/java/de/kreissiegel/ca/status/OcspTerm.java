package de.kreissiegel.ca.status;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/** The times that answers have in common, and how they are written in each. */
final class OcspTerm {
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final int GENERALIZED_TIME = 0x18;
  private static final int NEXT_UPDATE = 0xa0;
  private static final int SINGLE_EXTENSIONS = 0xa1;

  private final Instant thisUpdate;
  private final Instant nextUpdate;
  private final Optional<Instant> archiveCutoff;

  /** GeneralizedTime, as {@code thisUpdate} and {@code producedAt}. */
  final byte[] from;

  /** {@code [0] EXPLICIT GeneralizedTime}, as {@code nextUpdate}. */
  final byte[] until;

  /** {@code [1] EXPLICIT Extensions}, or nothing. */
  final byte[] extensions;

  /**
   * @param thisUpdate whole seconds; {@code producedAt}, too
   * @param nextUpdate whole seconds
   * @param archiveCutoff whole seconds; since when expired certificates are still told of (RFC 6960
   *     §4.4.4)
   */
  OcspTerm(Instant thisUpdate, Instant nextUpdate, Optional<Instant> archiveCutoff) {
    this.thisUpdate = thisUpdate;
    this.nextUpdate = nextUpdate;
    this.archiveCutoff = archiveCutoff;
    this.from = time(thisUpdate);
    this.until = Der.wrap(NEXT_UPDATE, time(nextUpdate));
    this.extensions = archiveCutoff.map(OcspTerm::archiveExtension).orElseGet(() -> new byte[0]);
  }

  Instant thisUpdate() {
    return thisUpdate;
  }

  Instant nextUpdate() {
    return nextUpdate;
  }

  Optional<Instant> archiveCutoff() {
    return archiveCutoff;
  }

  /** GeneralizedTime without fractions of a second (RFC 5280 §4.1.2.5.2). */
  static byte[] time(Instant instant) {
    String digits = DIGITS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    return Der.wrap(GENERALIZED_TIME, digits.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static byte[] archiveExtension(Instant cutoff) {
    ASN1Encodable value = ASN1GeneralizedTime.getInstance(time(cutoff));
    return Der.wrap(
        SINGLE_EXTENSIONS,
        Der.of(
            new Extensions(
                new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff,
                    false,
                    new DEROctetString(Der.of(value))))));
  }
}
