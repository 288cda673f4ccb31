package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * Whether the certificate that a path was found for may itself issue: RFC 5280 §6.1 asks that of
 * the others only. The anchor's path length is held, too.
 */
public final class IssuerPath {
  private IssuerPath() {}

  /**
   * Looks at a valid path as an issuer's.
   *
   * @return what is wrong, a sentence; empty if certificates that it issues can be valid
   */
  public static Optional<String> fault(PathVerdict.Valid valid) {
    return fault(valid.path().stream().map(PathCertificate::encoded).toList());
  }

  private static Optional<String> fault(List<Bytes> encoded) {
    int authorities = 0;
    for (int i = 0; i < encoded.size(); i++) {
      Certificate one = Certificate.getInstance(encoded.get(i).toArray());
      var constraints = BasicConstraints.getInstance(value(one, Extension.basicConstraints));
      var usage = KeyUsage.getInstance(value(one, Extension.keyUsage));
      if (constraints == null || !constraints.isCA()) {
        return Optional.of("%s is no authority (basicConstraints)".formatted(one.getSubject()));
      }
      if (usage != null && !usage.hasUsages(KeyUsage.keyCertSign)) {
        return Optional.of("%s may not sign certificates (keyUsage)".formatted(one.getSubject()));
      }
      if (constraints.getPathLenConstraint() != null
          && constraints.getPathLenConstraint().bitLength() < 31
          && constraints.getPathLenConstraint().intValueExact() < authorities) {
        return Optional.of(
            "%s allows %s authorities below it, there are %d (pathLenConstraint)"
                .formatted(one.getSubject(), constraints.getPathLenConstraint(), authorities));
      }
      if (!one.getSubject().equals(one.getIssuer())) {
        authorities++;
      }
    }
    return Optional.empty();
  }

  private static @Nullable ASN1Encodable value(Certificate one, ASN1ObjectIdentifier id) {
    return Extensions.getExtensionParsedValue(one.getTBSCertificate().getExtensions(), id);
  }
}
