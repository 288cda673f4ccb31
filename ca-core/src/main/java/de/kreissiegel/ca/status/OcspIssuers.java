package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.status.OcspQuestion.IssuerHash;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;

/** Our authorities as CertIDs name them; those that have no OCSP responder are left out. */
final class OcspIssuers {
  private static final Map<String, String> HASHES =
      Map.of("1.3.14.3.2.26", "SHA-1", "2.16.840.1.101.3.4.2.1", "SHA-256");

  private final Map<IssuerHash, Authority> byHash = new HashMap<>();

  OcspIssuers(AuthorityCatalog catalog) {
    for (Authority authority : catalog.all()) {
      if (authority.ocspKey().isPresent()) {
        byte[] key =
            Certificate.getInstance(authority.certificate().toArray())
                .getSubjectPublicKeyInfo()
                .getPublicKeyData()
                .getBytes();
        HASHES.forEach(
            (id, hash) ->
                byHash.put(
                    new IssuerHash(
                        id, digest(hash, authority.subjectName().toArray()), digest(hash, key)),
                    authority));
      }
    }
  }

  Optional<Authority> find(IssuerHash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  static Bytes digest(String hash, byte[] octets) {
    try {
      return Bytes.of(MessageDigest.getInstance(hash).digest(octets));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
