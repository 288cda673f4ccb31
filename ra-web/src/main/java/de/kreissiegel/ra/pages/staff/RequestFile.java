package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import java.nio.charset.StandardCharsets;

/** Reads a certification request (RFC 2986) from a file: PEM, bare base64, or DER. */
final class RequestFile {
  /** What a desk takes at most. */
  private static final int LONGEST = 16 * 1024;

  private static final byte SEQUENCE = 0x30;

  private RequestFile() {}

  /**
   * The request, DER. Whether it really is one is the desk's to say.
   *
   * @throws Refused BAD_DATA_FORMAT if it is empty, too long, or neither of the three
   */
  static Bytes read(byte[] content) throws Refused {
    var der =
        content.length > 0 && content[0] == SEQUENCE
            ? Bytes.of(content)
            : Pem.certificationRequest(new String(content, StandardCharsets.ISO_8859_1));
    if (der.length() > LONGEST || der.toArray()[0] != SEQUENCE) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "neither PEM nor DER of a certification request");
    }
    return der;
  }
}
