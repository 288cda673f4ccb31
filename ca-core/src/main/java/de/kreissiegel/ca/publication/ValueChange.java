package de.kreissiegel.ca.publication;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;

/**
 * A value that an entry shall have, or shall not have.
 *
 * @param form in which attribute
 * @param certificate the certificate that it tells of, DER
 * @param value the octets that there shall be; without meaning if there shall be none
 * @param present whether it shall be there
 */
public record ValueChange(Form form, Bytes certificate, Bytes value, boolean present) {
  /** How a certificate stands in an entry. */
  public enum Form {
    /** By itself: {@code userCertificate} (RFC 4523 §2.1). */
    CERTIFICATE,
    /** With its chain, as an S/MIME message: {@code userSMIMECertificate} (RFC 2798 §2.8). */
    SMIME_MESSAGE
  }

  /** The certificate by itself. */
  public static ValueChange ofCertificate(Bytes certificate, boolean present) {
    return new ValueChange(Form.CERTIFICATE, certificate, certificate, present);
  }

  /**
   * The certificate in a message with its chain.
   *
   * @param chain its issuer first
   */
  public static ValueChange ofMessage(Bytes certificate, List<Bytes> chain) {
    Bytes message = SmimeMessage.of(certificate, chain);
    return new ValueChange(Form.SMIME_MESSAGE, certificate, message, true);
  }

  /** No message of ours with this certificate. */
  public static ValueChange withoutMessage(Bytes certificate) {
    return new ValueChange(Form.SMIME_MESSAGE, certificate, Bytes.of(new byte[0]), false);
  }

  /**
   * Whether a value that an entry has is one of ours about this certificate. A message that
   * somebody signed is theirs.
   */
  public boolean isAbout(Bytes stored) {
    return switch (form) {
      case CERTIFICATE -> stored.equals(certificate);
      case SMIME_MESSAGE -> SmimeMessage.isOf(certificate, stored);
    };
  }
}
