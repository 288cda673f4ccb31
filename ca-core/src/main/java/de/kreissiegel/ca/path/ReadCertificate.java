package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * A certificate in the forms that are needed.
 *
 * @param encoded DER
 * @param certificate as the validator takes it
 * @param structure as its fields are read
 */
record ReadCertificate(Bytes encoded, X509Certificate certificate, Certificate structure) {
  X500Principal subject() {
    return certificate.getSubjectX500Principal();
  }

  X500Principal issuer() {
    return certificate.getIssuerX500Principal();
  }

  /** Named alike above and below, as certificates of a rollover are (RFC 5280 §6.1). */
  boolean isSelfIssued() {
    return subject().equals(issuer());
  }

  boolean isAuthority() {
    Extension extension = extension(Extension.basicConstraints);
    return extension != null && BasicConstraints.getInstance(extension.getParsedValue()).isCA();
  }

  @Nullable Extension extension(ASN1ObjectIdentifier id) {
    Extensions extensions = structure.getTBSCertificate().getExtensions();
    return extensions == null ? null : extensions.getExtension(id);
  }

  PathCertificate told() {
    return new PathCertificate(
        encoded,
        Words.safe(subject().getName(X500Principal.RFC2253)),
        certificate.getSerialNumber().toString(16));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReadCertificate read && encoded.equals(read.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }
}
