package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.x509.SerialNumber;

/** The certificate that an address names; whether there is one is a desk's to say. */
public record CertificateAddress(AuthorityName authority, SerialNumber serial) {
  /**
   * Reads the two words of an address.
   *
   * @throws Refused NOT_FOUND where they can't name a certificate
   */
  public static CertificateAddress of(String authority, String serial) throws Refused {
    try {
      return new CertificateAddress(new AuthorityName(authority), SerialNumber.fromHex(serial));
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no certificate can have this address");
    }
  }
}
