package de.kreissiegel.ca.takeover;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.jspecify.annotations.Nullable;

/** A certificate that a foreign authority issued, as far as it can be read. */
record ForeignCertificate(Bytes encoded, Certificate certificate) {
  /** A serial number has at most 20 octets, the first bit is its sign (RFC 5280 §4.1.2.2). */
  static final int SERIAL_BITS = 159;

  private static final int LONGEST_NAME = 2000;
  private static final int MOST_NAMES = 100;
  private static final int LEAST_RSA = 2048;
  private static final int LEAST_EC = 224;
  private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

  /** Reads one; empty if it is none. */
  static Optional<ForeignCertificate> read(byte[] octets) {
    try {
      Certificate read = Certificate.getInstance(octets);
      if (read == null) {
        return Optional.empty();
      }
      var certificate = new ForeignCertificate(Bytes.of(octets), read);
      certificate.notAfter();
      certificate.notBefore();
      certificate.publicKeyHash();
      certificate.subjectName();
      certificate.alternativeNames();
      return Optional.of(certificate);
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  BigInteger serial() {
    return certificate.getSerialNumber().getValue();
  }

  boolean hasSerialInBounds() {
    return serial().signum() > 0 && serial().bitLength() <= SERIAL_BITS;
  }

  Instant notBefore() {
    return certificate.getStartDate().getDate().toInstant();
  }

  Instant notAfter() {
    return certificate.getEndDate().getDate().toInstant();
  }

  /** Whether this authority's key has signed it, by whatever algorithm. */
  boolean isBy(X509Certificate authority) {
    try {
      var read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509", BOUNCY_CASTLE)
                  .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
      read.verify(authority.getPublicKey(), BOUNCY_CASTLE);
      return read.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException | RuntimeException isNot) {
      return false;
    }
  }

  Bytes publicKeyHash() {
    try {
      return Bytes.of(certificate.getSubjectPublicKeyInfo().getEncoded("DER")).sha256();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String subjectName() {
    return ForeignText.of(
        X500Name.getInstance(RFC4519Style.INSTANCE, certificate.getSubject()).toString(),
        LONGEST_NAME);
  }

  /** As {@link de.kreissiegel.ca.inventory.StoredCertificate} has them. */
  String alternativeNames() {
    return String.join(" ", names());
  }

  /** {@code dns:…}, {@code mail:…} and {@code uri:…}. */
  List<String> names() {
    var names = new ArrayList<String>();
    GeneralNames alternative =
        GeneralNames.getInstance(
            Extensions.getExtensionParsedValue(extensions(), Extension.subjectAlternativeName));
    if (alternative != null) {
      for (GeneralName one : alternative.getNames()) {
        String kind = kind(one.getTagNo());
        if (!kind.isEmpty()
            && names.size() < MOST_NAMES
            && one.getName() instanceof ASN1String text) {
          names.add(kind + word(text.getString()));
        }
      }
    }
    return names;
  }

  private static String kind(int tag) {
    return switch (tag) {
      case GeneralName.dNSName -> "dns:";
      case GeneralName.rfc822Name -> "mail:";
      case GeneralName.uniformResourceIdentifier -> "uri:";
      default -> "";
    };
  }

  /** A space would begin another name. */
  private static String word(String text) {
    return ForeignText.of(text, LONGEST_NAME).replace(' ', '\ufffd');
  }

  boolean hasKeyIdentifier() {
    return SubjectKeyIdentifier.getInstance(
            Extensions.getExtensionParsedValue(extensions(), Extension.subjectKeyIdentifier))
        != null;
  }

  boolean isSignedWeakly() {
    String name =
        new DefaultSignatureNameFinder()
            .getAlgorithmName(certificate.getSignatureAlgorithm())
            .toUpperCase(Locale.ROOT);
    return name.startsWith("SHA1") || name.startsWith("MD");
  }

  boolean hasWeakKey() {
    try {
      PublicKey key = BouncyCastleProvider.getPublicKey(certificate.getSubjectPublicKeyInfo());
      if (key instanceof RSAKey rsa) {
        return rsa.getModulus().bitLength() < LEAST_RSA;
      }
      return key instanceof ECKey ec
          && ec.getParams().getCurve().getField().getFieldSize() < LEAST_EC;
    } catch (IOException | RuntimeException unreadable) {
      return true;
    }
  }

  private @Nullable Extensions extensions() {
    return certificate.getTBSCertificate().getExtensions();
  }
}
