package de.kreissiegel.ra.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A TLS server's key and certificate chain.
 *
 * @param key an EC key
 * @param chain its certificate first, then the issuing authority's; without the root
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final String FILE = "tls.pem";
  private static final String KEY_HEADER = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_FOOTER = "-----END PRIVATE KEY-----";

  TlsIdentity {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** As an in-memory key store with one entry, {@code web}, and no password. */
  KeyStore keyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("web", key, new char[0], chain.toArray(X509Certificate[]::new));
    return store;
  }

  /** Writes both into one file for its owner alone; the old one is there until the new one is. */
  void write(Path folder) throws IOException, GeneralSecurityException {
    Path draft = folder.resolve(FILE + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var pem = new StringBuilder();
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    pem.append(KEY_HEADER + "\n").append(lines.encodeToString(key.getEncoded()));
    pem.append("\n" + KEY_FOOTER + "\n");
    for (X509Certificate certificate : chain) {
      pem.append("-----BEGIN CERTIFICATE-----\n");
      pem.append(lines.encodeToString(certificate.getEncoded()));
      pem.append("\n-----END CERTIFICATE-----\n");
    }
    Files.writeString(draft, pem);
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads it back; empty if there is none, or what is there can't be used. */
  static Optional<TlsIdentity> read(Path folder) {
    try {
      String pem = Files.readString(folder.resolve(FILE));
      int end = pem.indexOf(KEY_FOOTER);
      if (!pem.startsWith(KEY_HEADER) || end < 0) {
        return Optional.empty();
      }
      byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(KEY_HEADER.length(), end));
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      String rest = pem.substring(end + KEY_FOOTER.length()).strip();
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(rest.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      return chain.isEmpty() ? Optional.empty() : Optional.of(new TlsIdentity(key, chain));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }
}
