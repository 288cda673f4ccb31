package de.kreissiegel.ca.authority;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * An authority above one of ours that is not of this installation, as of the Verwaltungs-PKI.
 *
 * @param name of its files, {@code NAME.cer} and {@code NAME.crl}
 * @param certificate DER; of the last one of a chain the anchor's, self-signed
 * @param list its newest CRL that is at hand, DER
 */
public record Superior(AuthorityName name, Bytes certificate, Optional<Bytes> list) {
  /** The same with another CRL. */
  public Superior withList(Optional<Bytes> other) {
    return new Superior(name, certificate, other);
  }

  /** Its subject, as people read it. */
  public String subject() {
    return Certificate.getInstance(certificate.toArray()).getSubject().toString();
  }

  /** The same, DER. */
  public Bytes subjectName() {
    try {
      return Bytes.of(
          Certificate.getInstance(certificate.toArray()).getSubject().getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The end of its certificate; nothing under it outlives that. */
  public Instant notAfter() {
    return Certificate.getInstance(certificate.toArray()).getEndDate().getDate().toInstant();
  }
}
