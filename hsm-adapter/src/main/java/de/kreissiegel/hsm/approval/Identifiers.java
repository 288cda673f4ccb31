package de.kreissiegel.hsm.approval;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * Our own object identifiers: under the UUID b63c9f60-e391-4774-b1fd-12691004a04d (ITU-T X.667
 * §6.3), which was made at random for this project.
 */
final class Identifiers {
  private static final ASN1ObjectIdentifier ARC =
      new ASN1ObjectIdentifier("2.25.242234265623826089425136007026196127821");

  static final ASN1ObjectIdentifier OFFICER_SCOPE = ARC.branch("1");
  static final ASN1ObjectIdentifier APPROVAL_STATEMENT = ARC.branch("2");
  static final ASN1ObjectIdentifier SECURITY_KEY_REGISTRATION = ARC.branch("3");
  static final ASN1ObjectIdentifier RELEASE_STATEMENT = ARC.branch("4");
  static final ASN1ObjectIdentifier RELEASE_RECEIPT = ARC.branch("5");
  static final ASN1ObjectIdentifier SECURITY_KEY_APPROVAL = ARC.branch("6");

  private Identifiers() {}
}
