package de.kreissiegel.ra.setup;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * The TLS key and certificate of one run, self-made, in memory alone. Nobody vouches for it: the
 * operator compares its fingerprint, which the console shows.
 */
record RunCertificate(KeyStore store, X509Certificate certificate) {
  private static final String ENTRY = "setup";
  private static final Duration BEFORE = Duration.ofHours(1);
  private static final Duration AFTER = Duration.ofDays(2);
  private static final int SERIAL_BITS = 120;

  /**
   * Makes one.
   *
   * @param address where the wizard listens
   */
  static RunCertificate make(InetAddress address, Instant now, SecureRandom random)
      throws GeneralSecurityException, IOException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    var name = new X500Name("CN=Kreissiegel setup");
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
              Date.from(now.minus(BEFORE)),
              Date.from(now.plus(AFTER)),
              name,
              pair.getPublic());
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(Extension.subjectAlternativeName, false, names(address));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ENTRY, pair.getPrivate(), new char[0], new Certificate[] {certificate});
      return new RunCertificate(store, certificate);
    } catch (CertIOException | OperatorCreationException failure) {
      throw new GeneralSecurityException("the certificate of this run can't be made", failure);
    }
  }

  private static GeneralNames names(InetAddress address) {
    Set<String> hosts = new TreeSet<>(List.of("localhost"));
    Set<String> addresses = new TreeSet<>(List.of("127.0.0.1", "::1"));
    if (!address.isAnyLocalAddress()) {
      addresses.add(address.getHostAddress().replaceFirst("%.*", ""));
    }
    try {
      String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      if (host.matches("[a-z0-9.-]{1,253}")) {
        hosts.add(host);
      }
    } catch (UnknownHostException _) {
      // This machine has no name that others know.
    }
    List<GeneralName> names = new ArrayList<>();
    hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
    addresses.forEach(one -> names.add(new GeneralName(GeneralName.iPAddress, one)));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  SslBundle bundle() {
    return SslBundle.of(SslStoreBundle.of(store, "", null), SslBundleKey.of("", ENTRY));
  }

  /** SHA-256 of the certificate, octets in hexadecimal with colons, as browsers show it. */
  String fingerprint() throws GeneralSecurityException {
    byte[] hash = Bytes.of(certificate.getEncoded()).sha256().toArray();
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
  }
}
