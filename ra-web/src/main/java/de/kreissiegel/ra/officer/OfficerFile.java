package de.kreissiegel.ra.officer;

import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An officer's key with its certificate, a PKCS#12 file. Until the authority has certified the key,
 * a certificate that it signed itself stands in for one: the format wants some.
 *
 * @param key the private key
 * @param chain its certificate first
 */
public record OfficerFile(PrivateKey key, List<X509Certificate> chain) {
  private static final String ALIAS = "officer";
  private static final X500Principal WAITING = new X500Principal("CN=not yet certified");

  /** A key that nobody has certified yet. */
  public static OfficerFile uncertified(KeyPair pair, Instant now)
      throws GeneralSecurityException, IOException {
    try {
      var certificate =
          new JcaX509v3CertificateBuilder(
                  WAITING,
                  BigInteger.ONE,
                  Date.from(now),
                  Date.from(now.plus(Duration.ofDays(1))),
                  WAITING,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      return new OfficerFile(
          pair.getPrivate(),
          List.of(new JcaX509CertificateConverter().getCertificate(certificate)));
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException("every JDK has SHA256withECDSA", impossible);
    }
  }

  /**
   * Reads a file with one key, of {@link #write} or another program.
   *
   * @throws IOException if it can't be opened with this password, or holds not just one key
   */
  public static OfficerFile read(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1 || !(store.getKey(keys.getFirst(), password) instanceof PrivateKey key)) {
      throw new IOException(file + " holds not just one key with its certificate");
    }
    Certificate[] chain = store.getCertificateChain(keys.getFirst());
    return new OfficerFile(key, List.of(chain).stream().map(X509Certificate.class::cast).toList());
  }

  /** Writes it as a whole, readable by its owner only. */
  public void write(Path file, char[] password) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path draft = Files.createTempFile(folder, ".officer", ".new");
    try {
      try (OutputStream out = Files.newOutputStream(draft)) {
        store.store(out, password);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Whether the authority has certified the key. */
  public boolean isCertified() {
    return !certificate().getSubjectX500Principal().equals(WAITING);
  }

  /** The key's certificate. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /**
   * For signing what the officer approves.
   *
   * @throws IllegalArgumentException if the key is of a kind that no officer signs with
   */
  public OfficerKey officerKey() throws GeneralSecurityException {
    return new OfficerKey(key, Bytes.of(certificate().getEncoded()));
  }
}
