package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.Fingerprint;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;

/** What stands in a certificate, field by field, for those who know RFC 5280. */
final class CertificateFields {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private CertificateFields() {}

  /**
   * One field or extension.
   *
   * @param name as in RFC 5280
   * @param value as text, perhaps of several lines
   * @param critical whether it is an extension that must be understood
   */
  record Field(String name, String value, boolean critical) {
    static Field of(String name, String value) {
      return new Field(name, value, false);
    }
  }

  /** The fields of this certificate, DER, in their order; extensions in order of their OIDs. */
  static List<Field> of(Bytes encoded) {
    var certificate = parse(encoded);
    var fields = new ArrayList<Field>();
    fields.add(Field.of("version", "v" + certificate.getVersion()));
    fields.add(
        Field.of("serialNumber", COLONS.formatHex(certificate.getSerialNumber().toByteArray())));
    fields.add(Field.of("signature", certificate.getSigAlgName()));
    fields.add(Field.of("issuer", name(certificate.getIssuerX500Principal())));
    fields.add(Field.of("validity.notBefore", certificate.getNotBefore().toInstant().toString()));
    fields.add(Field.of("validity.notAfter", certificate.getNotAfter().toInstant().toString()));
    fields.add(Field.of("subject", name(certificate.getSubjectX500Principal())));
    fields.add(Field.of("subjectPublicKeyInfo", publicKey(certificate)));
    for (var oid : extensions(certificate)) {
      var critical = certificate.getCriticalExtensionOIDs().contains(oid);
      var value = certificate.getExtensionValue(oid);
      fields.add(new Field(ExtensionText.name(oid), ExtensionText.value(oid, value), critical));
    }
    fields.add(Field.of("signatureValue", COLONS.formatHex(certificate.getSignature())));
    return List.copyOf(fields);
  }

  private static X509Certificate parse(Bytes encoded) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate)
          factory.generateCertificate(new ByteArrayInputStream(encoded.toArray()));
    } catch (CertificateException e) {
      throw new IllegalStateException("a stored certificate can't be read", e);
    }
  }

  private static Set<String> extensions(X509Certificate certificate) {
    var oids = new TreeSet<String>();
    if (certificate.getVersion() == 3) {
      oids.addAll(certificate.getCriticalExtensionOIDs());
      oids.addAll(certificate.getNonCriticalExtensionOIDs());
    }
    return oids;
  }

  private static String name(X500Principal name) {
    return name.getName(X500Principal.RFC2253);
  }

  private static String publicKey(X509Certificate certificate) {
    var key = certificate.getPublicKey();
    var hash = COLONS.formatHex(Fingerprint.sha256(Bytes.of(key.getEncoded())));
    var kind =
        switch (key) {
          case ECPublicKey ec -> "ECDSA, " + ec.getParams();
          case RSAPublicKey rsa -> "RSA, " + rsa.getModulus().bitLength() + " bit";
          default -> key.getAlgorithm();
        };
    return kind + "\nSHA-256 " + hash;
  }
}
