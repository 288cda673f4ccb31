package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ra.security.OpenIdSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Log-in by an OpenID provider, where there is one. It is asked for the first time by a log-in. */
@Configuration(proxyBeanMethods = false)
public class OpenIdWiring {
  @Bean
  ProviderLogin providerLogin(CertificationAuthority authority, StaffLogin staff) {
    return authority.entrance().providerLogin(staff);
  }

  @Bean
  @ConditionalOnProperty("kreissiegel.openid-connect.issuer")
  OpenIdSettings openIdSettings(Installation installation)
      throws IOException, GeneralSecurityException {
    var provider = Objects.requireNonNull(installation.openidConnect());
    Path secret = provider.clientSecretFile();
    return new OpenIdSettings(
        provider.issuer(),
        provider.clientId(),
        secret == null ? Optional.empty() : Optional.of(Files.readString(secret).strip()),
        provider.claim(),
        provider.names(),
        provider.scopes(),
        provider.title(),
        trusting(MailWiring.anchors(provider.trust())));
  }

  private static Optional<SSLContext> trusting(List<X509Certificate> anchors)
      throws IOException, GeneralSecurityException {
    if (anchors.isEmpty()) {
      return Optional.empty();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate anchor : anchors) {
      store.setCertificateEntry("anchor-" + store.size(), anchor);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return Optional.of(context);
  }
}
