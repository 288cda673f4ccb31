package de.kreissiegel.ra.encoding;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** An issued certificate as a file. */
@Component
public class CertificateFiles {
  private final AuthorityCatalog authorities;

  CertificateFiles(AuthorityCatalog authorities) {
    this.authorities = authorities;
  }

  /** The certificates above this one, its issuer first, the root last. DER. */
  public List<Bytes> issuers(StoredCertificate certificate) {
    var authority = authorities.get(certificate.authority());
    var issuers = new ArrayList<Bytes>();
    issuers.add(authority.certificate());
    issuers.addAll(authority.chain());
    return List.copyOf(issuers);
  }

  /** The certificate in this format. */
  public File file(StoredCertificate certificate, Format format) {
    var name = certificate.authority() + "-" + certificate.serial().toHex();
    return switch (format) {
      case PEM ->
          new File(
              name + ".pem",
              "application/x-pem-file",
              text(Pem.certificate(certificate.encoded())));
      case DER -> new File(name + ".cer", "application/pkix-cert", certificate.encoded());
      case CHAIN ->
          new File(
              name + "-chain.pem",
              "application/pem-certificate-chain",
              text(
                  withIssuers(certificate).stream()
                      .map(Pem::certificate)
                      .collect(Collectors.joining())));
      case P7C ->
          new File(
              name + ".p7c",
              "application/pkcs7-mime; smime-type=certs-only",
              certsOnly(withIssuers(certificate)));
    };
  }

  private List<Bytes> withIssuers(StoredCertificate certificate) {
    var all = new ArrayList<Bytes>();
    all.add(certificate.encoded());
    all.addAll(issuers(certificate));
    return all;
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Bytes certsOnly(List<Bytes> certificates) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var read = new ArrayList<Certificate>();
      for (Bytes certificate : certificates) {
        read.add(factory.generateCertificate(new ByteArrayInputStream(certificate.toArray())));
      }
      return Bytes.of(factory.generateCertPath(read).getEncoded("PKCS7"));
    } catch (CertificateException broken) {
      throw new IllegalStateException("a stored certificate can't be read", broken);
    }
  }

  /** The forms that tools ask for. */
  public enum Format {
    /** The certificate alone, as text. */
    PEM,
    /** The certificate alone, as octets. */
    DER,
    /** The certificate and those above it, as text (RFC 8555 §9.1). */
    CHAIN,
    /** The certificate and those above it, as CMS (RFC 8551 §3.2.2). */
    P7C
  }

  /**
   * A file to hand out.
   *
   * @param name what to call it
   * @param mediaType what it is
   * @param content its octets
   */
  public record File(String name, String mediaType, Bytes content) {}
}
