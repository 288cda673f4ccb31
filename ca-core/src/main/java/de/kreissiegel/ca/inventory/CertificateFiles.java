package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;

/** Certificates in the forms in which people and programs take them away. */
public final class CertificateFiles {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final AuthorityCatalog authorities;

  public CertificateFiles(AuthorityCatalog authorities) {
    this.authorities = authorities;
  }

  /** The certificate alone, PEM (RFC 7468 §5). */
  public String pem(StoredCertificate certificate) {
    return pem(certificate.encoded());
  }

  /** The certificate, then its issuer and so on; the root last (RFC 8446 §4.4.2 order), PEM. */
  public String chainPem(StoredCertificate certificate) {
    var text = new StringBuilder();
    chain(certificate).forEach(link -> text.append(pem(link)));
    return text.toString();
  }

  /** The same certificates as a certs-only CMS SignedData (RFC 5272 §4.1), DER. */
  public Bytes chainPkcs7(StoredCertificate certificate) {
    try {
      var generator = new CMSSignedDataGenerator();
      for (Bytes link : chain(certificate)) {
        generator.addCertificate(new X509CertificateHolder(link.toArray()));
      }
      return Bytes.of(generator.generate(new CMSAbsentContent()).getEncoded("DER"));
    } catch (CMSException | IOException broken) {
      throw new IllegalStateException("unreadable in store: " + certificate.auditName(), broken);
    }
  }

  private List<Bytes> chain(StoredCertificate certificate) {
    Authority issuer = authorities.get(certificate.authority());
    var chain = new ArrayList<Bytes>();
    chain.add(certificate.encoded());
    chain.add(issuer.certificate());
    chain.addAll(issuer.chain());
    return chain;
  }

  private static String pem(Bytes certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + LINES.encodeToString(certificate.toArray())
        + "\n-----END CERTIFICATE-----\n";
  }
}
