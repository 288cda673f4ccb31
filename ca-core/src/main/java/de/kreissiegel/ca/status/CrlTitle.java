package de.kreissiegel.ca.status;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.x509.Time;

/**
 * What the first octets of a CertificateList say (RFC 5280 §5.1), however many follow.
 *
 * @param thisUpdate when it was made
 * @param nextUpdate when the next one is there at the latest
 */
record CrlTitle(Instant thisUpdate, Instant nextUpdate) {
  /**
   * Reads it.
   *
   * @throws IOException if it isn't one, of version 2 and with a nextUpdate
   */
  static CrlTitle of(Path list) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(list))) {
      ASN1SequenceParser whole = (ASN1SequenceParser) new ASN1StreamParser(in).readObject();
      ASN1SequenceParser toBeSigned = (ASN1SequenceParser) whole.readObject();
      toBeSigned.readObject(); // version
      toBeSigned.readObject().toASN1Primitive(); // signature
      toBeSigned.readObject().toASN1Primitive(); // issuer
      Date thisUpdate = Time.getInstance(toBeSigned.readObject()).getDate();
      Date nextUpdate = Time.getInstance(toBeSigned.readObject()).getDate();
      return new CrlTitle(thisUpdate.toInstant(), nextUpdate.toInstant());
    } catch (ClassCastException
        | NullPointerException
        | IllegalArgumentException
        | IllegalStateException notOne) {
      throw new IOException(list + " is no list of revoked certificates", notOne);
    }
  }
}
