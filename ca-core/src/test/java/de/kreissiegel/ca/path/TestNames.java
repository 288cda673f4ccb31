package de.kreissiegel.ca.path;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.OtherName;

/** Names of the rarer kinds. */
final class TestNames {
  private TestNames() {}

  /** SmtpUTF8Mailbox (RFC 9598). */
  static GeneralName smtpUtf8(String mailbox) {
    return new GeneralName(
        GeneralName.otherName,
        new OtherName(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.9"), new DERUTF8String(mailbox)));
  }
}
