package de.kreissiegel.ra.tls;

import de.kreissiegel.ca.refusal.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * Keeps the web server's TLS certificate good: makes it, renews it after two thirds of its life.
 */
public final class WebServerCertificate {
  private static final int DNS_NAME = 2;

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
    Optional<TlsIdentity> there = TlsIdentity.read(folder).filter(this::isGood);
    return bundle(there.isPresent() ? there.get() : renew());
  }

  /** A new one if it is time; empty if the one that is there still serves. */
  public Optional<SslBundle> renewIfDue() throws Refused, IOException, GeneralSecurityException {
    if (TlsIdentity.read(folder).filter(this::isGood).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(bundle(renew()));
  }

  private TlsIdentity renew() throws Refused, IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    var identity = new TlsIdentity(pair.getPrivate(), issuer.issue(pair.getPublic(), hosts));
    Files.createDirectories(folder);
    identity.write(folder);
    return identity;
  }

  private boolean isGood(TlsIdentity identity) {
    X509Certificate certificate = identity.certificate();
    Instant end = certificate.getNotAfter().toInstant();
    Instant start = certificate.getNotBefore().toInstant();
    Instant renewal = end.minus(Duration.between(start, end).dividedBy(3));
    return clock.instant().isBefore(renewal)
        && dnsNames(certificate).equals(new HashSet<>(hosts))
        && chainsToAnchor(identity.chain());
  }

  private boolean chainsToAnchor(List<X509Certificate> chain) {
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

  private static Set<String> dnsNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(DNS_NAME))
              .map(name -> String.valueOf(name.get(1)))
              .collect(Collectors.toUnmodifiableSet());
    } catch (CertificateParsingException unreadable) {
      return Set.of();
    }
  }

  private static SslBundle bundle(TlsIdentity identity)
      throws GeneralSecurityException, IOException {
    return SslBundle.of(
        SslStoreBundle.of(identity.keyStore(), "", null), SslBundleKey.of("", "web"));
  }
}
