package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.refusal.Refused;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** Signs what is sent. */
public interface MailSigner {
  /**
   * A detached signature (CMS SignedData, RFC 5652 §5), DER, its signer's certificate and those up
   * to the root in it.
   *
   * @param content as it stands in the mail, with CRLF
   * @throws Refused if there is no certificate to sign with now
   */
  byte[] sign(byte[] content) throws Refused, IOException, GeneralSecurityException;
}
