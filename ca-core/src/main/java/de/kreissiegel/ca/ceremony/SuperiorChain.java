package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.path.IssuerPath;
import de.kreissiegel.ca.path.PathCertificate;
import de.kreissiegel.ca.path.PathFault;
import de.kreissiegel.ca.path.PathMaterial;
import de.kreissiegel.ca.path.PathOptions;
import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathValidation;
import de.kreissiegel.ca.path.PathVerdict;
import de.kreissiegel.ca.path.UnreadableMaterial;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * What an external superior sent back, verified: the certificate of our key, those above it, and a
 * self-signed one at the end (RFC 5280 §6).
 *
 * @param certificates ours first, the anchor last
 */
public record SuperiorChain(List<X509Certificate> certificates) {
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  public SuperiorChain {
    certificates = List.copyOf(certificates);
  }

  /** What is wrong with a chain; the message is a sentence. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String sentence) {
      super(sentence);
    }

    Refused(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /**
   * Orders and verifies what came.
   *
   * @param octets certificates, PEM or DER, in any order
   * @param publicKey SubjectPublicKeyInfo that was asked for, DER
   * @param subject the Name that was asked for, DER
   * @throws Refused naming the first thing that is wrong
   */
  public static SuperiorChain verify(byte[] octets, Bytes publicKey, Bytes subject, Instant now)
      throws Refused {
    List<X509Certificate> all = read(octets);
    X509Certificate own =
        all.stream()
            .filter(one -> Arrays.equals(one.getPublicKey().getEncoded(), publicKey.toArray()))
            .findFirst()
            .orElseThrow(
                () -> new Refused("superior-key: no certificate is of the key that was requested"));
    if (!Arrays.equals(own.getSubjectX500Principal().getEncoded(), subject.toArray())) {
      throw new Refused(
          "superior-name: the certificate names %s, which was not requested"
              .formatted(own.getSubjectX500Principal()));
    }
    boolean[] usage = own.getKeyUsage();
    if (own.getBasicConstraints() < 0 || usage == null || !usage[5] || !usage[6]) {
      throw new Refused(
          "superior-usage: the certificate is not one of an authority that signs certificates and"
              + " CRLs");
    }
    return new SuperiorChain(path(own, all, now));
  }

  private static List<X509Certificate> read(byte[] octets) throws Refused {
    try {
      return parsed(PathMaterial.read(octets).certificates());
    } catch (GeneralSecurityException | UnreadableMaterial | RuntimeException unreadable) {
      throw new Refused("superior-form: these are no certificates in PEM or DER", unreadable);
    }
  }

  /** From ours to a self-signed one that came along: whom to believe is what people decide then. */
  private static List<X509Certificate> path(
      X509Certificate own, List<X509Certificate> all, Instant now) throws Refused {
    try {
      List<Bytes> anchors =
          encoded(all.stream().filter(one -> !one.equals(own) && isRoot(one, now)).toList());
      if (anchors.isEmpty()) {
        throw new Refused(
            "superior-chain: no self-signed certificate that is valid now came along; ask the"
                + " superior for the whole chain");
      }
      PathVerdict verdict =
          PathValidation.verify(
              new PathQuestion(
                  anchors,
                  Bytes.of(own.getEncoded()),
                  encoded(all),
                  List.of(),
                  now,
                  PathOptions.under(PolicySet.RFC5280)));
      return switch (verdict) {
        case PathVerdict.Valid valid -> {
          Optional<String> fault = IssuerPath.fault(valid);
          if (fault.isPresent()) {
            throw new Refused("superior-path: " + fault.get());
          }
          yield parsed(valid.path().stream().map(PathCertificate::encoded).toList());
        }
        case PathVerdict.Invalid invalid -> throw refused(invalid.fault());
      };
    } catch (GeneralSecurityException unreadable) {
      throw new Refused("superior-form: a certificate can't be read", unreadable);
    }
  }

  private static Refused refused(PathFault fault) {
    String where =
        fault.position().isPresent()
            ? "certificate %d of the chain: ".formatted(fault.position().getAsInt() + 1)
            : "";
    return new Refused("superior-path: " + where + fault.english());
  }

  private static boolean isRoot(X509Certificate certificate, Instant now) {
    if (!certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.checkValidity(Date.from(now));
      certificate.verify(certificate.getPublicKey(), BOUNCY_CASTLE);
      return true;
    } catch (GeneralSecurityException isNot) {
      return false;
    }
  }

  private static List<Bytes> encoded(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    var encoded = new ArrayList<Bytes>();
    for (X509Certificate one : certificates) {
      encoded.add(Bytes.of(one.getEncoded()));
    }
    return encoded;
  }

  private static List<X509Certificate> parsed(List<Bytes> certificates)
      throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509", BOUNCY_CASTLE);
    var parsed = new ArrayList<X509Certificate>();
    for (Bytes one : certificates) {
      parsed.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one.toArray())));
    }
    return parsed;
  }
}
