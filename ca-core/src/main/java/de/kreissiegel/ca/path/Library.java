package de.kreissiegel.ca.path;

import de.kreissiegel.ca.x509.DerShape;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAParams;
import java.security.interfaces.DSAPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle, as this package uses it. */
final class Library {
  static final Provider PROVIDER = new BouncyCastleProvider();

  private Library() {}

  static CertificateFactory factory() throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509", PROVIDER);
  }

  /**
   * Reads a certificate, with the extensions that are looked at later.
   *
   * @throws UnreadableMaterial if it is none
   */
  static ReadCertificate certificate(Bytes encoded) throws UnreadableMaterial {
    try {
      byte[] octets = encoded.toArray();
      // Signatures are verified over what is encoded anew: what isn't DER would pass changed.
      if (!DerShape.holds(octets)
          || !Arrays.equals(ASN1Primitive.fromByteArray(octets).getEncoded("DER"), octets)) {
        throw noCertificate();
      }
      Certificate structure = Certificate.getInstance(octets);
      readExtensions(structure.getTBSCertificate().getExtensions());
      var certificate =
          (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(octets));
      if (certificate == null) {
        throw noCertificate();
      }
      certificate.getSubjectX500Principal();
      certificate.getIssuerX500Principal();
      structure.getStartDate().getDate();
      structure.getEndDate().getDate();
      return new ReadCertificate(encoded, certificate, structure);
    } catch (GeneralSecurityException | IOException | RuntimeException malformed) {
      throw noCertificate();
    }
  }

  /** What can't be parsed throws here, and later nowhere. */
  private static void readExtensions(@Nullable Extensions extensions) {
    if (extensions == null) {
      return;
    }
    for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
      var value = extensions.getExtensionParsedValue(id);
      if (id.equals(Extension.basicConstraints)) {
        BasicConstraints.getInstance(value);
      } else if (id.equals(Extension.keyUsage)) {
        KeyUsage.getInstance(value);
      } else if (id.equals(Extension.extendedKeyUsage)) {
        ExtendedKeyUsage.getInstance(value);
      } else if (id.equals(Extension.subjectAlternativeName)) {
        GeneralNames.getInstance(value);
      } else if (id.equals(Extension.nameConstraints)) {
        NameConstraints.getInstance(value);
      } else if (id.equals(Extension.cRLDistributionPoints)) {
        CRLDistPoint.getInstance(value).getDistributionPoints();
      } else if (id.equals(Extension.authorityInfoAccess)) {
        AuthorityInformationAccess.getInstance(value);
      } else if (id.equals(Extension.certificatePolicies)) {
        CertificatePolicies.getInstance(value).getPolicyInformation();
      } else if (id.equals(Extension.policyMappings)) {
        PolicyMappings.getInstance(value);
      }
    }
  }

  /**
   * Reads a CRL.
   *
   * @throws UnreadableMaterial if it is none
   */
  static ReadList list(Bytes encoded) throws UnreadableMaterial {
    try {
      byte[] octets = encoded.toArray();
      if (!DerShape.holds(octets)) {
        throw noList();
      }
      var list = (X509CRL) factory().generateCRL(new ByteArrayInputStream(octets));
      if (list == null || list.getThisUpdate() == null) {
        throw noList();
      }
      var read = new ReadList(list, CertificateList.getInstance(octets));
      read.issuer();
      read.scope();
      read.fitsOn(read);
      read.isCurrent(Instant.EPOCH);
      return read;
    } catch (GeneralSecurityException | RuntimeException malformed) {
      throw noList();
    }
  }

  /** The certificate's key; empty if it is malformed or of an algorithm that nobody here knows. */
  static Optional<PublicKey> key(ReadCertificate certificate) {
    try {
      return Optional.ofNullable(certificate.certificate().getPublicKey());
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Whether the key made the certificate's signature. A DSA key that inherits its parameters (RFC
   * 3279 §2.3.2) can't be asked alone; whoever validates the path asks it.
   */
  static boolean verifies(ReadCertificate certificate, Optional<PublicKey> issuers) {
    if (issuers.isEmpty()) {
      return false;
    }
    PublicKey key = issuers.get();
    if (key instanceof DSAPublicKey dsa && dsa.getParams() == null) {
      return true;
    }
    try {
      certificate.certificate().verify(key, PROVIDER);
      return true;
    } catch (GeneralSecurityException | RuntimeException doesNot) {
      return false;
    }
  }

  /**
   * The key of a certificate of a way, with the parameters that a DSA key inherits from above (RFC
   * 5280 §6.1.4 (d) to (f)).
   *
   * @param position as in {@link PathFault#position()}
   */
  static Optional<PublicKey> workingKey(PathFinder.Candidate way, int position) {
    Optional<PublicKey> key = key(certificate(way, position));
    if (key.isEmpty() || !(key.get() instanceof DSAPublicKey dsa) || dsa.getParams() != null) {
      return key;
    }
    for (int above = position + 1; above <= way.path().size(); above++) {
      Optional<PublicKey> superior = key(certificate(way, above));
      if (superior.isPresent()
          && superior.get() instanceof DSAPublicKey testator
          && testator.getParams() != null) {
        return inherited(dsa, testator.getParams());
      }
    }
    return Optional.empty();
  }

  private static Optional<PublicKey> inherited(DSAPublicKey key, DSAParams parameters) {
    try {
      return Optional.of(
          KeyFactory.getInstance("DSA", PROVIDER)
              .generatePublic(
                  new DSAPublicKeySpec(
                      key.getY(), parameters.getP(), parameters.getQ(), parameters.getG())));
    } catch (GeneralSecurityException unfit) {
      return Optional.empty();
    }
  }

  private static ReadCertificate certificate(PathFinder.Candidate way, int position) {
    return position == way.path().size() ? way.anchor() : way.path().get(position);
  }

  private static UnreadableMaterial noCertificate() {
    return new UnreadableMaterial(
        "Das ist kein lesbares Zertifikat.", "This is no readable certificate.");
  }

  private static UnreadableMaterial noList() {
    return new UnreadableMaterial("Das ist keine lesbare Sperrliste.", "This is no readable CRL.");
  }
}
