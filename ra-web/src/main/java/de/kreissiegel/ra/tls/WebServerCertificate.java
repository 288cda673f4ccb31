package de.kreissiegel.ra.tls;

import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.identity.StoredIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * Keeps the web server's TLS certificate good: makes it, renews it after two thirds of its life.
 */
public final class WebServerCertificate {
  private static final int DNS_NAME = 2;
  private static final String FILE = "tls.pem";
  private static final String ENTRY = "web";

  private final Path folder;
  private final List<String> hosts;
  private final X509Certificate anchor;
  private final TlsIssuer issuer;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param folder where key and certificate lie
   * @param hosts the DNS names of the pages
   * @param anchor the root's certificate: what lies there from another root is of no use
   */
  public WebServerCertificate(
      Path folder,
      List<String> hosts,
      X509Certificate anchor,
      TlsIssuer issuer,
      Clock clock,
      SecureRandom random) {
    this.folder = folder;
    this.hosts = List.copyOf(hosts);
    this.anchor = anchor;
    this.issuer = issuer;
    this.clock = clock;
    this.random = random;
  }

  /** What lies there if it is good, else a new one. */
  public SslBundle current() throws Refused, IOException, GeneralSecurityException {
    Optional<StoredIdentity> there = StoredIdentity.read(folder.resolve(FILE)).filter(this::isGood);
    return bundle(there.isPresent() ? there.get() : renew());
  }

  /** A new one if it is time; empty if the one that is there still serves. */
  public Optional<SslBundle> renewIfDue() throws Refused, IOException, GeneralSecurityException {
    if (StoredIdentity.read(folder.resolve(FILE)).filter(this::isGood).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(bundle(renew()));
  }

  private StoredIdentity renew() throws Refused, IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    var identity = new StoredIdentity(pair.getPrivate(), issuer.issue(pair.getPublic(), hosts));
    Files.createDirectories(folder);
    identity.write(folder.resolve(FILE));
    return identity;
  }

  private boolean isGood(StoredIdentity identity) {
    return identity.isFresh(clock.instant())
        && identity.names(DNS_NAME).equals(new HashSet<>(hosts))
        && identity.chainsTo(anchor);
  }

  private static SslBundle bundle(StoredIdentity identity)
      throws GeneralSecurityException, IOException {
    return SslBundle.of(
        SslStoreBundle.of(identity.keyStore(ENTRY), "", null), SslBundleKey.of("", ENTRY));
  }
}
