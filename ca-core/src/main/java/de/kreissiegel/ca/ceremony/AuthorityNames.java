package de.kreissiegel.ca.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** The distinguished names of authorities: {@code C=DE, O=…, CN=…}. */
public final class AuthorityNames {
  /** Upper bound of a commonName (RFC 5280 Appendix A, ub-common-name). */
  private static final int LONGEST = 64;

  private AuthorityNames() {}

  /**
   * The DER of a Name; a key's policy names its issuer by it.
   *
   * @throws IllegalArgumentException if a part is longer than 64 characters
   */
  public static Bytes encoded(String organization, String commonName) {
    try {
      return Bytes.of(of(organization, commonName).getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The commonName in a Name.
   *
   * @param name DER
   * @throws IllegalArgumentException if it has none
   */
  public static String commonName(Bytes name) {
    RDN[] found = X500Name.getInstance(name.toArray()).getRDNs(BCStyle.CN);
    if (found.length == 0) {
      throw new IllegalArgumentException("the name has no commonName");
    }
    return IETFUtils.valueToString(found[0].getFirst().getValue());
  }

  static X500Name of(String organization, String commonName) {
    if (organization.length() > LONGEST || commonName.length() > LONGEST) {
      throw new IllegalArgumentException("a part of a name has at most 64 characters");
    }
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, "DE")
        .addRDN(BCStyle.O, new DERUTF8String(organization))
        .addRDN(BCStyle.CN, new DERUTF8String(commonName))
        .build();
  }
}
