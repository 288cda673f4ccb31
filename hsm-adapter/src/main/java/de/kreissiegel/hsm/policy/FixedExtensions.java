package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.PolicyInformation;

/** Values of extensions that a policy gives in words, and back into words where they fit. */
final class FixedExtensions {
  private FixedExtensions() {}

  static Bytes distributionPoints(List<String> addresses) {
    return der(
        new CRLDistPoint(
            addresses.stream()
                .map(
                    address ->
                        new DistributionPoint(
                            new DistributionPointName(new GeneralNames(uri(address))), null, null))
                .toArray(DistributionPoint[]::new)));
  }

  /** IssuingDistributionPoint with this one address and nothing else (RFC 5280 §5.2.5). */
  static Bytes issuingDistributionPoint(String address) {
    return der(
        new IssuingDistributionPoint(
            new DistributionPointName(new GeneralNames(uri(address))),
            false,
            false,
            null,
            false,
            false));
  }

  static Bytes access(List<String> ocsp, List<String> caIssuers) {
    var access = new ASN1EncodableVector();
    ocsp.forEach(a -> access.add(new AccessDescription(AccessDescription.id_ad_ocsp, uri(a))));
    caIssuers.forEach(
        a -> access.add(new AccessDescription(AccessDescription.id_ad_caIssuers, uri(a))));
    return der(new DERSequence(access));
  }

  static Bytes policies(List<String> identifiers) {
    return der(
        new CertificatePolicies(
            identifiers.stream()
                .map(identifier -> new PolicyInformation(new ASN1ObjectIdentifier(identifier)))
                .toArray(PolicyInformation[]::new)));
  }

  /** The addresses, if the value is what {@link #distributionPoints} makes of them. */
  static Optional<List<String>> distributionPointsIn(Bytes value) {
    try {
      List<String> addresses = new ArrayList<>();
      for (var point : CRLDistPoint.getInstance(value.toArray()).getDistributionPoints()) {
        for (var name :
            GeneralNames.getInstance(point.getDistributionPoint().getName()).getNames()) {
          addresses.add(name.getName().toString());
        }
      }
      return Optional.of(addresses).filter(found -> distributionPoints(found).equals(value));
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  /** OCSP's addresses and the issuer's, if the value is what {@link #access} makes of them. */
  static Optional<List<List<String>>> accessIn(Bytes value) {
    try {
      List<String> ocsp = new ArrayList<>();
      List<String> issuers = new ArrayList<>();
      for (var one :
          AuthorityInformationAccess.getInstance(value.toArray()).getAccessDescriptions()) {
        boolean status = one.getAccessMethod().equals(AccessDescription.id_ad_ocsp);
        (status ? ocsp : issuers).add(one.getAccessLocation().getName().toString());
      }
      return Optional.of(List.of(ocsp, issuers))
          .filter(found -> access(ocsp, issuers).equals(value));
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  /** The policies, if the value is what {@link #policies} makes of them. */
  static Optional<List<String>> policiesIn(Bytes value) {
    try {
      List<String> found = new ArrayList<>();
      for (var one : CertificatePolicies.getInstance(value.toArray()).getPolicyInformation()) {
        found.add(one.getPolicyIdentifier().getId());
      }
      return Optional.of(found).filter(all -> policies(all).equals(value));
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  private static GeneralName uri(String address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address);
  }

  private static Bytes der(ASN1Object value) {
    try {
      return Bytes.of(value.getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
