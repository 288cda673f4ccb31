package de.kreissiegel.hsm.tls;

import de.kreissiegel.hsm.client.SignerAddress.TlsFiles;
import de.kreissiegel.hsm.signing.TestKeys;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Somebody with a key and a certificate that they signed themselves.
 *
 * @param fingerprint SHA-256 of the certificate
 */
public record TestIdentity(KeyStore store, Path keystore, Path passwordFile, String fingerprint) {
  public static final String PASSWORD = "password of a keystore";

  /** One whose certificate is valid now. */
  public static TestIdentity make(Path directory, String name) throws Exception {
    return make(directory, name, Instant.now().plus(Duration.ofDays(30)));
  }

  /** One whose certificate ends then. */
  public static TestIdentity make(Path directory, String name, Instant notAfter) throws Exception {
    KeyPair pair = TestKeys.p256();
    X500Name subject = new X500Name("CN=" + name);
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        subject,
                        BigInteger.TWO,
                        Date.from(notAfter.minus(Duration.ofDays(60))),
                        Date.from(notAfter),
                        subject,
                        pair.getPublic())
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        name, pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
    Path keystore = directory.resolve(name + ".p12");
    try (OutputStream file = Files.newOutputStream(keystore)) {
      store.store(file, PASSWORD.toCharArray());
    }
    Path passwordFile = Files.writeString(directory.resolve(name + ".password"), PASSWORD + "\n");
    String fingerprint =
        HexFormat.ofDelimiter(":")
            .withUpperCase()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    return new TestIdentity(store, keystore, passwordFile, fingerprint);
  }

  /** Its files, as a client's who trusts that one alone. */
  public TlsFiles trusting(TestIdentity other) {
    return new TlsFiles(keystore, passwordFile, Set.of(other.fingerprint));
  }
}
