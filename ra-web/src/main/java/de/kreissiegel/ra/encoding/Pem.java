package de.kreissiegel.ra.encoding;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Base64;
import java.util.regex.Pattern;

/** The textual encoding of RFC 7468. */
public final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([^-]*)-----END (?:NEW )?CERTIFICATE"
              + " REQUEST-----");
  private static final Pattern PUBLIC_KEY =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");
  private static final int LONGEST_REQUEST = 48 * 1024;

  private Pem() {}

  /** A certificate, its last line ended. */
  public static String certificate(Bytes der) {
    return block("CERTIFICATE", der);
  }

  /** A public key (SubjectPublicKeyInfo), its last line ended. */
  public static String publicKey(Bytes der) {
    return block("PUBLIC KEY", der);
  }

  /** A certification request (RFC 7468 §7), its last line ended. */
  public static String certificationRequest(Bytes der) {
    return block("CERTIFICATE REQUEST", der);
  }

  /**
   * Reads what {@link #publicKey} wrote.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static Bytes publicKey(String text) {
    var key = PUBLIC_KEY.matcher(text);
    if (!key.find()) {
      throw new IllegalArgumentException("not a public key in PEM");
    }
    return Bytes.of(Base64.getMimeDecoder().decode(key.group(1)));
  }

  /**
   * A certification request (PKCS#10), as PEM with or without text around it, or as the base64 of
   * its DER alone. Only the encoding is undone; what is inside is the desk's to judge.
   *
   * @throws Refused BAD_DATA_FORMAT if it is neither
   */
  public static Bytes certificationRequest(String text) throws Refused {
    if (text.length() > LONGEST_REQUEST) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "the certification request is too long");
    }
    var block = BLOCK.matcher(text);
    var base64 = block.find() ? block.group(1) : text;
    try {
      var der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
      if (der.length > 0) {
        return Bytes.of(der);
      }
    } catch (IllegalArgumentException _) {
      // answered below
    }
    throw new Refused(
        RefusalReason.BAD_DATA_FORMAT,
        "the certification request is neither PEM nor the base64 of its DER");
  }

  private static String block(String label, Bytes der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + LINES.encodeToString(der.toArray())
        + "\n-----END "
        + label
        + "-----\n";
  }
}
