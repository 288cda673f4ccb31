package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.hsm.signing.Bytes;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The hashes by which a CertID may name an issuer. An answer repeats the request's, so each
 * certificate has an answer for each.
 */
enum CertIdHash {
  /** What nearly all clients use, and RFC 5019 §2.1.1 asks for: no signature depends on it. */
  SHA_1("SHA-1", "1.3.14.3.2.26"),
  SHA_256("SHA-256", "2.16.840.1.101.3.4.2.1");

  private static final CertIdHash[] ALL = values();

  private final String name;
  private final String identifier;

  CertIdHash(String name, String identifier) {
    this.name = name;
    this.identifier = identifier;
  }

  /** How many there are. */
  static int count() {
    return ALL.length;
  }

  static CertIdHash of(int ordinal) {
    return ALL[ordinal];
  }

  /** The object identifier, in dots. */
  String identifier() {
    return identifier;
  }

  Bytes nameHash(Authority issuer) {
    return OcspIssuers.digest(name, issuer.subjectName().toArray());
  }

  Bytes keyHash(Authority issuer) {
    return OcspIssuers.digest(name, publicKey(issuer.certificate()));
  }

  /**
   * What a CertID of this issuer's certificates begins with: all but the serial number, and without
   * the header around both. The hash's parameters are NULL, as clients write them.
   */
  byte[] certIdHead(Authority issuer) {
    byte[] algorithm =
        Der.of(new AlgorithmIdentifier(new ASN1ObjectIdentifier(identifier), DERNull.INSTANCE));
    byte[] nameHash = Der.of(new DEROctetString(nameHash(issuer).toArray()));
    byte[] keyHash = Der.of(new DEROctetString(keyHash(issuer).toArray()));
    return new ReverseDer(100).put(keyHash).put(nameHash).put(algorithm).toArray();
  }

  /** The BIT STRING's content of a certificate's public key, unused bits apart. */
  static byte[] publicKey(Bytes certificate) {
    return Certificate.getInstance(certificate.toArray())
        .getSubjectPublicKeyInfo()
        .getPublicKeyData()
        .getBytes();
  }
}
