package de.kreissiegel.ra.walkthrough;

import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * Where a certificate says that its status and its issuer are found (RFC 5280 §4.2.1.13, §4.2.2.1).
 */
final class AddressesInside {
  private final Extensions extensions;

  private AddressesInside(Extensions extensions) {
    this.extensions = extensions;
  }

  static AddressesInside of(X509Certificate certificate) throws Surprise {
    try {
      var extensions = new JcaX509CertificateHolder(certificate).getExtensions();
      if (extensions == null) {
        throw new Surprise("extensions in the certificate", "none");
      }
      return new AddressesInside(extensions);
    } catch (CertificateEncodingException fault) {
      throw new Surprise("a readable certificate", String.valueOf(fault.getMessage()));
    }
  }

  /** The OCSP responder. */
  URI ocsp() throws Surprise {
    return access(X509ObjectIdentifiers.ocspAccessMethod, "OCSP");
  }

  /** The issuer's certificate. */
  URI issuer() throws Surprise {
    return access(X509ObjectIdentifiers.crlAccessMethod, "caIssuers");
  }

  /** The CRL. */
  URI crl() throws Surprise {
    var found = new ArrayList<URI>();
    var points = CRLDistPoint.fromExtensions(extensions);
    if (points != null) {
      for (var point : points.getDistributionPoints()) {
        if (point.getDistributionPoint() != null
            && point.getDistributionPoint().getName() instanceof GeneralNames names) {
          List.of(names.getNames()).forEach(name -> addUri(name, found));
        }
      }
    }
    return first(found, "CRL");
  }

  private URI access(ASN1ObjectIdentifier method, String what) throws Surprise {
    var found = new ArrayList<URI>();
    var information = AuthorityInformationAccess.fromExtensions(extensions);
    if (information != null) {
      for (var description : information.getAccessDescriptions()) {
        if (description.getAccessMethod().equals(method)) {
          addUri(description.getAccessLocation(), found);
        }
      }
    }
    return first(found, what);
  }

  private static void addUri(GeneralName name, List<URI> found) {
    ASN1Encodable value = name.getName();
    if (name.getTagNo() == GeneralName.uniformResourceIdentifier
        && value instanceof ASN1String text) {
      found.add(URI.create(text.getString()));
    }
  }

  private static URI first(List<URI> found, String what) throws Surprise {
    Surprise.unless(!found.isEmpty(), "an address for " + what + " in the certificate", "none");
    var address = found.getFirst();
    Surprise.unless(
        "http".equals(address.getScheme()), "a plain HTTP address for " + what, address.toString());
    return address;
  }
}
