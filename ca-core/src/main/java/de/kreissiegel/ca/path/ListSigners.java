package de.kreissiegel.ca.path;

import java.security.cert.X509CRL;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Who may speak for the certificates of a path: their issuers, under whichever key, and the
 * cRLIssuers of indirect CRLs (RFC 5280 §6.3.3 (f)). Only those that lead to an anchor count, so
 * that what is handed to the validator stays small whatever came in.
 *
 * @param names whose CRLs are of use
 * @param certificates of signers beside the path, with the ways that lead to them
 */
record ListSigners(Set<X500Principal> names, Set<ReadCertificate> certificates) {
  static ListSigners of(
      List<ReadCertificate> path,
      List<ReadCertificate> pool,
      List<X509CRL> lists,
      PathFinder finder) {
    Set<X500Principal> signing =
        lists.stream().map(X509CRL::getIssuerX500Principal).collect(Collectors.toSet());
    var names = new HashSet<X500Principal>();
    var certificates = new LinkedHashSet<ReadCertificate>();
    path.forEach(one -> names.addAll(speakers(one)));
    boolean more = true;
    int signers = 0;
    while (more && signers < PathLimits.LIST_SIGNERS) {
      more = false;
      for (ReadCertificate one : pool) {
        if (signers < PathLimits.LIST_SIGNERS
            && names.contains(one.subject())
            && signing.contains(one.subject())
            && !path.contains(one)
            && !certificates.contains(one)
            && signsLists(one)) {
          for (PathFinder.Candidate way : finder.find(one).candidates()) {
            way.path().forEach(each -> names.addAll(speakers(each)));
            more |= certificates.addAll(way.path());
          }
          signers++;
        }
      }
    }
    return new ListSigners(names, certificates);
  }

  private static boolean signsLists(ReadCertificate one) {
    Extension extension = one.extension(Extension.keyUsage);
    return extension == null
        || KeyUsage.getInstance(extension.getParsedValue()).hasUsages(KeyUsage.cRLSign);
  }

  private static Set<X500Principal> speakers(ReadCertificate certificate) {
    var speakers = new HashSet<X500Principal>();
    speakers.add(certificate.issuer());
    Extension extension = certificate.extension(Extension.cRLDistributionPoints);
    if (extension == null) {
      return speakers;
    }
    for (DistributionPoint point :
        CRLDistPoint.getInstance(extension.getParsedValue()).getDistributionPoints()) {
      if (point.getCRLIssuer() != null) {
        for (GeneralName name : point.getCRLIssuer().getNames()) {
          if (name.getTagNo() == GeneralName.directoryName) {
            speakers.add(principal(name));
          }
        }
      }
    }
    return speakers;
  }

  private static X500Principal principal(GeneralName name) {
    try {
      return new X500Principal(name.getName().toASN1Primitive().getEncoded("DER"));
    } catch (java.io.IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
