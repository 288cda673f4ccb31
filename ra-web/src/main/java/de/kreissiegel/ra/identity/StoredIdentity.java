package de.kreissiegel.ra.identity;

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
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A private key of the application's own, and its certificate chain, in one PEM file for its owner
 * alone.
 *
 * @param key an EC key
 * @param chain its certificate first, then the issuing authority's; without the root
 */
public record StoredIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final String KEY_HEADER = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_FOOTER = "-----END PRIVATE KEY-----";

  public StoredIdentity {
    chain = List.copyOf(chain);
  }

  /** Its own. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** As an in-memory key store with one entry of this name and no password. */
  public KeyStore keyStore(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(name, key, new char[0], chain.toArray(X509Certificate[]::new));
    return store;
  }

  /** Writes both into one file for its owner alone; the old one is there until the new one is. */
  public void write(Path file) throws IOException, GeneralSecurityException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
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
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads it back; empty if there is none, or what is there can't be used. */
  public static Optional<StoredIdentity> read(Path file) {
    try {
      String pem = Files.readString(file);
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
      return chain.isEmpty() ? Optional.empty() : Optional.of(new StoredIdentity(key, chain));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  /** Whether each certificate is signed by the next one, and the last one by this anchor. */
  public boolean chainsTo(X509Certificate anchor) {
    try {
      for (int i = 0; i < chain.size(); i++) {
        X509Certificate above = i + 1 < chain.size() ? chain.get(i + 1) : anchor;
        chain.get(i).verify(above.getPublicKey());
      }
      return true;
    } catch (GeneralSecurityException fromElsewhere) {
      return false;
    }
  }

  /** Whether a third of its certificate's life is left. */
  public boolean isFresh(Instant now) {
    Instant end = certificate().getNotAfter().toInstant();
    Instant start = certificate().getNotBefore().toInstant();
    return now.isBefore(end.minus(Duration.between(start, end).dividedBy(3)));
  }

  /** Its subjectAltName entries of a kind, as {@link X509Certificate} numbers them. */
  public Set<String> names(int kind) {
    try {
      Collection<List<?>> names = certificate().getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(kind))
              .map(name -> String.valueOf(name.get(1)))
              .collect(Collectors.toUnmodifiableSet());
    } catch (CertificateParsingException unreadable) {
      return Set.of();
    }
  }
}
