package de.kreissiegel.ca.authority;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Where a certificate says that its issuer tells of it (RFC 5280 §4.2.1.13, §4.2.2.1).
 *
 * @param crls addresses of CRLs
 * @param certificates addresses of the issuer's certificate
 */
public record IssuerAddresses(List<String> crls, List<String> certificates) {
  public IssuerAddresses {
    crls = List.copyOf(crls);
    certificates = List.copyOf(certificates);
  }

  /**
   * Those in a certificate.
   *
   * @param certificate DER
   */
  public static IssuerAddresses of(Bytes certificate) {
    Extensions extensions =
        Certificate.getInstance(certificate.toArray()).getTBSCertificate().getExtensions();
    return extensions == null
        ? new IssuerAddresses(List.of(), List.of())
        : new IssuerAddresses(crls(extensions), certificates(extensions));
  }

  private static List<String> crls(Extensions extensions) {
    var addresses = new ArrayList<String>();
    CRLDistPoint points = CRLDistPoint.fromExtensions(extensions);
    if (points == null) {
      return addresses;
    }
    for (DistributionPoint point : points.getDistributionPoints()) {
      DistributionPointName name = point.getDistributionPoint();
      if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
        for (GeneralName one : GeneralNames.getInstance(name.getName()).getNames()) {
          add(addresses, one);
        }
      }
    }
    return addresses;
  }

  private static List<String> certificates(Extensions extensions) {
    var addresses = new ArrayList<String>();
    AuthorityInformationAccess access = AuthorityInformationAccess.fromExtensions(extensions);
    if (access != null) {
      Arrays.stream(access.getAccessDescriptions())
          .filter(one -> one.getAccessMethod().equals(AccessDescription.id_ad_caIssuers))
          .forEach(one -> add(addresses, one.getAccessLocation()));
    }
    return addresses;
  }

  private static void add(List<String> addresses, GeneralName name) {
    if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
      addresses.add(name.getName().toString());
    }
  }
}
