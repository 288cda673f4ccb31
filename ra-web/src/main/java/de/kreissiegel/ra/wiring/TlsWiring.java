package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.tls.CertificateConnector;
import de.kreissiegel.ra.tls.TlsIssuer;
import de.kreissiegel.ra.tls.WebServerCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509ExtendedKeyManager;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The web server's own certificate: there before the server is, renewed while it runs. And the door
 * where clients are asked for theirs.
 */
@Configuration(proxyBeanMethods = false)
public class TlsWiring {
  private static final System.Logger LOG = System.getLogger(TlsWiring.class.getName());

  /** The name of the bundle in {@code server.ssl.bundle}. */
  public static final String BUNDLE = "web";

  private static final ProfileName PROFILE = new ProfileName("web-server");
  private static final Duration LOOK_EVERY = Duration.ofMinutes(10);

  @Bean
  WebServerCertificate webServerCertificate(
      Installation installation,
      CertificationAuthority authority,
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      Clock clock,
      SecureRandom random)
      throws CertificateException {
    return new WebServerCertificate(
        installation.web(),
        List.of(installation.publicBaseUrl().getHost()),
        Chains.rootAbove(profiles.get(PROFILE), authorities, clock),
        issuer(authority, authorities),
        clock,
        random);
  }

  @Bean
  SslBundleRegistrar webBundle(WebServerCertificate certificate) {
    return registry -> {
      try {
        registry.registerBundle(BUNDLE, certificate.current());
      } catch (Refused | IOException | GeneralSecurityException failure) {
        throw new IllegalStateException(
            "the web server's certificate can't be made: " + failure.getMessage(), failure);
      }
    };
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> certificateConnector(
      Installation installation,
      ServerProperties server,
      SslBundles bundles,
      AuthorityCatalog authorities)
      throws GeneralSecurityException {
    var key = new AtomicReference<>(serverKey(bundles.getBundle(BUNDLE)));
    bundles.addBundleUpdateHandler(BUNDLE, renewed -> key.set(serverKey(renewed)));
    List<X509Certificate> issuers = new ArrayList<>();
    for (Authority authority : authorities.all()) {
      issuers.add(readable(authority.certificate()));
    }
    var connector =
        CertificateConnector.at(
            server.getAddress(), installation.certificateDoor().port(), key::get, issuers);
    return factory -> factory.addAdditionalConnectors(connector);
  }

  /** Refuses to start where everybody's word about their address would count. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(Environment settings) {
    ProxyTrust.check(
        settings.getProperty(ProxyTrust.STRATEGY), settings.getProperty(ProxyTrust.PROXIES));
    // Either header alone adds Tomcat's valve, too.
    if (settings.containsProperty("server.tomcat.remoteip.remote-ip-header")
        || settings.containsProperty("server.tomcat.remoteip.protocol-header")) {
      ProxyTrust.check("native", settings.getProperty(ProxyTrust.PROXIES));
    }
    return _ -> {};
  }

  private static X509ExtendedKeyManager serverKey(SslBundle bundle) {
    return (X509ExtendedKeyManager) bundle.getManagers().getKeyManagers()[0];
  }

  private static X509Certificate readable(Bytes encoded) {
    try {
      return Chains.certificate(encoded);
    } catch (CertificateException impossible) {
      throw new IllegalStateException("an authority whose certificate can't be read", impossible);
    }
  }

  /** Tomcat listens to the bundle and takes a new certificate without a restart. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> renewal(
      WebServerCertificate certificate, SslBundleRegistry registry) {
    return _ -> Thread.ofVirtual().name("tls-renewal").start(() -> keepGood(certificate, registry));
  }

  private static void keepGood(WebServerCertificate certificate, SslBundleRegistry registry) {
    while (true) {
      try {
        Thread.sleep(LOOK_EVERY);
        certificate.renewIfDue().ifPresent(bundle -> registry.updateBundle(BUNDLE, bundle));
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        return;
      } catch (Refused | IOException | GeneralSecurityException failure) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the web server's certificate can't be renewed now: {0}",
            failure.getMessage());
      }
    }
  }

  private static TlsIssuer issuer(CertificationAuthority authority, AuthorityCatalog authorities) {
    return (PublicKey key, List<String> hosts) -> {
      StoredCertificate issued =
          authority.systemCertificates().issue(PROFILE, Bytes.of(key.getEncoded()), hosts);
      return Chains.of(issued, authorities.get(issued.authority()));
    };
  }
}
