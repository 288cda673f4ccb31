package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.officer.OfficerFile;
import de.kreissiegel.ra.officer.OneAnchor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What the demo asks its users to trust.
 *
 * @param root {@code trust/root.pem}: the one anchor
 * @param chain {@code trust/chain.pem}: the authorities under it, for who wants to build paths
 */
record Anchors(X509Certificate root, List<X509Certificate> chain) {
  Anchors {
    chain = List.copyOf(chain);
  }

  /** Reads both files of this data directory. */
  static Anchors read(Path dataDirectory) throws Surprise, IOException {
    var roots = certificates(dataDirectory.resolve("trust/root.pem"));
    Surprise.unless(
        roots.size() == 1, "one certificate in trust/root.pem", roots.size() + " of them");
    return new Anchors(roots.getFirst(), certificates(dataDirectory.resolve("trust/chain.pem")));
  }

  /** The authority of the chain that signed this certificate. */
  Optional<X509Certificate> issuerOf(X509Certificate certificate) {
    return chain.stream()
        .filter(one -> one.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .filter(one -> signed(one, certificate))
        .findFirst();
  }

  /** TLS that believes the root, and nothing else. */
  SSLContext tls() throws GeneralSecurityException {
    return OneAnchor.tls(root);
  }

  /** The same for somebody who shows a certificate. */
  SSLContext tls(OfficerFile own) throws GeneralSecurityException {
    return OneAnchor.tls(root, own);
  }

  /** Reads PEM or DER certificates. */
  static List<X509Certificate> parse(byte[] encoded) throws CertificateException {
    var certificates = new ArrayList<X509Certificate>();
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(encoded))) {
      certificates.add((X509Certificate) certificate);
    }
    return certificates;
  }

  private static List<X509Certificate> certificates(Path file) throws Surprise, IOException {
    try {
      return parse(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      throw new Surprise("the file " + file, "none; is the demo still starting?");
    } catch (CertificateException fault) {
      throw new Surprise("certificates in " + file, String.valueOf(fault.getMessage()));
    }
  }

  private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
