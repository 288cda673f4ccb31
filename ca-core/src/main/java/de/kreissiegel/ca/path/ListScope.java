package de.kreissiegel.ca.path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.jspecify.annotations.Nullable;

/**
 * Where a certificate's status is told, in the certificate's words: one DistributionPoint (RFC 5280
 * §4.2.1.13), or what §6.3.3 implies at its end, the issuer's own list for all reasons.
 *
 * @param point null for the implied one
 */
record ListScope(ReadCertificate certificate, @Nullable DistributionPoint point) {
  /** All reasons, as bits of ReasonFlags' own numbers, "unused" left out. */
  static final int ALL_REASONS =
      ReasonFlags.keyCompromise
          | ReasonFlags.cACompromise
          | ReasonFlags.affiliationChanged
          | ReasonFlags.superseded
          | ReasonFlags.cessationOfOperation
          | ReasonFlags.certificateHold
          | ReasonFlags.privilegeWithdrawn
          | ReasonFlags.aACompromise;

  /** Those of a certificate, the implied one last. */
  static List<ListScope> of(ReadCertificate certificate) {
    var scopes = new ArrayList<ListScope>();
    Extension extension = certificate.extension(Extension.cRLDistributionPoints);
    if (extension != null) {
      for (DistributionPoint point :
          CRLDistPoint.getInstance(extension.getParsedValue()).getDistributionPoints()) {
        scopes.add(new ListScope(certificate, point));
      }
    }
    scopes.add(new ListScope(certificate, null));
    return scopes;
  }

  /** Whether that issuer's lists may speak here (§6.3.3 (b)(1)). */
  boolean isSpokenFor(ReadList list) {
    GeneralNames issuers = point == null ? null : point.getCRLIssuer();
    if (issuers == null) {
      return list.issuer().equals(certificate.issuer());
    }
    IssuingDistributionPoint scope = list.scope();
    return scope != null && scope.isIndirectCRL() && directories(issuers).contains(list.issuer());
  }

  /** Whether the list is made for this point and this kind of certificate (§6.3.3 (b)(2)). */
  boolean covers(ReadList list) {
    IssuingDistributionPoint scope = list.scope();
    if (scope == null) {
      return true;
    }
    if (scope.onlyContainsAttributeCerts()
        || (scope.onlyContainsUserCerts() && certificate.isAuthority())
        || (scope.onlyContainsCACerts() && !certificate.isAuthority())) {
      return false;
    }
    if (scope.getDistributionPoint() == null) {
      return true;
    }
    Set<GeneralName> names = names(scope.getDistributionPoint(), list.issuer());
    names.retainAll(names());
    return !names.isEmpty();
  }

  /** For which reasons the list speaks here (§6.3.3 (d)). */
  int reasons(ReadList list) {
    IssuingDistributionPoint scope = list.scope();
    int listed = scope == null ? ALL_REASONS : flags(scope.getOnlySomeReasons());
    return listed & (point == null ? ALL_REASONS : flags(point.getReasons()));
  }

  private Set<GeneralName> names() {
    if (point == null) {
      return Set.of(new GeneralName(name(certificate.issuer())));
    }
    if (point.getDistributionPoint() == null) {
      return new HashSet<>(List.of(point.getCRLIssuer().getNames()));
    }
    X500Principal base =
        point.getCRLIssuer() == null
            ? certificate.issuer()
            : directories(point.getCRLIssuer()).stream().findFirst().orElse(certificate.issuer());
    return names(point.getDistributionPoint(), base);
  }

  /** Full names as they are, a relative one below its base (§4.2.1.13). */
  private static Set<GeneralName> names(DistributionPointName name, X500Principal base) {
    if (name.getType() == DistributionPointName.FULL_NAME) {
      return new HashSet<>(List.of(GeneralNames.getInstance(name.getName()).getNames()));
    }
    var parts = new ASN1EncodableVector();
    for (ASN1Encodable each : ASN1Sequence.getInstance(name(base))) {
      parts.add(each);
    }
    parts.add(RDN.getInstance(name.getName()));
    return new HashSet<>(Set.of(new GeneralName(X500Name.getInstance(new DERSequence(parts)))));
  }

  private static Set<X500Principal> directories(GeneralNames names) {
    var directories = new HashSet<X500Principal>();
    for (GeneralName name : names.getNames()) {
      if (name.getTagNo() == GeneralName.directoryName) {
        directories.add(principal(name));
      }
    }
    return directories;
  }

  static X500Principal principal(GeneralName name) {
    try {
      return new X500Principal(name.getName().toASN1Primitive().getEncoded("DER"));
    } catch (java.io.IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static X500Name name(X500Principal principal) {
    return X500Name.getInstance(principal.getEncoded());
  }

  private static int flags(@Nullable ReasonFlags reasons) {
    return reasons == null ? ALL_REASONS : reasons.intValue() & ALL_REASONS;
  }
}
