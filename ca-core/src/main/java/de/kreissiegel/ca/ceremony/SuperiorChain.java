package de.kreissiegel.ca.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
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
    var chain = ordered(own, all);
    validate(chain, now);
    return new SuperiorChain(chain);
  }

  private static List<X509Certificate> read(byte[] octets) throws Refused {
    try {
      return CertificateFactory.getInstance("X.509", BOUNCY_CASTLE)
          .generateCertificates(new ByteArrayInputStream(octets))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException | RuntimeException unreadable) {
      throw new Refused("superior-form: these are no certificates in PEM or DER", unreadable);
    }
  }

  private static List<X509Certificate> ordered(X509Certificate own, List<X509Certificate> all)
      throws Refused {
    var chain = new ArrayList<X509Certificate>();
    X509Certificate below = own;
    chain.add(below);
    while (!selfIssued(below)) {
      X509Certificate above = null;
      for (X509Certificate candidate : all) {
        if (candidate.getSubjectX500Principal().equals(below.getIssuerX500Principal())
            && !chain.contains(candidate)) {
          above = candidate;
        }
      }
      if (above == null) {
        throw new Refused(
            "superior-chain: the certificate of %s is missing; ask the superior for the whole chain"
                .formatted(below.getIssuerX500Principal()));
      }
      chain.add(above);
      below = above;
    }
    if (chain.size() < 2) {
      throw new Refused("superior-chain: the certificate is self-signed; no superior issued it");
    }
    return chain;
  }

  private static boolean selfIssued(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
  }

  private static void validate(List<X509Certificate> chain, Instant now) throws Refused {
    try {
      X509Certificate anchor = chain.getLast();
      anchor.checkValidity(Date.from(now));
      anchor.verify(anchor.getPublicKey(), BOUNCY_CASTLE);
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX", BOUNCY_CASTLE)
          .validate(
              CertificateFactory.getInstance("X.509", BOUNCY_CASTLE)
                  .generateCertPath(chain.subList(0, chain.size() - 1)),
              parameters);
    } catch (CertPathValidatorException invalid) {
      throw new Refused(
          "superior-path: certificate %d of the chain: %s"
              .formatted(invalid.getIndex() + 1, invalid.getMessage()),
          invalid);
    } catch (GeneralSecurityException invalid) {
      throw new Refused("superior-path: " + invalid.getMessage(), invalid);
    }
  }
}
