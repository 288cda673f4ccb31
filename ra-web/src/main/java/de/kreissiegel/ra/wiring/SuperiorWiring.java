package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.superior.FetchSettings;
import de.kreissiegel.ca.superior.SuperiorWatch;
import de.kreissiegel.ra.health.SuperiorMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** CRLs of external superiors. */
@Configuration(proxyBeanMethods = false)
public class SuperiorWiring {
  @Bean
  SuperiorWatch superiorWatch(Installation installation, CertificationAuthority authority) {
    return authority.superiorWatch(
        installation.authorities(), settings(installation.superiorCrls()));
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> beginSuperiors(
      CertificationAuthority authority, SuperiorWatch watch) {
    return _ -> authority.start(watch);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  SuperiorMetrics superiorMetrics(SuperiorWatch watch, Clock clock, MeterRegistry registry) {
    return new SuperiorMetrics(watch::states, clock, registry);
  }

  /**
   * Holds what a file says of it against the hierarchy, without starting anything.
   *
   * @param configuration {@code kreissiegel.yaml}
   * @param authorities the hierarchy; empty if it isn't at hand
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException with a sentence, if it is wrong
   */
  public static void check(Path configuration, Optional<AuthorityCatalog> authorities)
      throws IOException {
    try {
      Installation.@Nullable SuperiorCrls said =
          InstallationReader.binder(configuration)
              .bind("kreissiegel.superior-crls", Installation.SuperiorCrls.class)
              .orElse(null);
      if (said != null) {
        FetchSettings settings = settings(said);
        authorities.ifPresent(there -> SuperiorWatch.require(there, settings));
      }
    } catch (BindException wrong) {
      throw new IOException(configuration + ": " + wrong.getMessage(), wrong);
    }
  }

  static FetchSettings settings(Installation.SuperiorCrls said) {
    Map<AuthorityName, List<URI>> addresses = new LinkedHashMap<>();
    if (said.addresses() != null) {
      said.addresses().forEach((name, of) -> addresses.put(new AuthorityName(name), of));
    }
    return new FetchSettings(
        said.fetch(),
        addresses,
        said.largest().toBytes(),
        said.connectTimeout(),
        said.timeout(),
        Optional.ofNullable(said.proxy()).map(SuperiorWiring::proxy));
  }

  /** Its name is looked up when it is needed: it may move. */
  private static InetSocketAddress proxy(URI address) {
    if (!"http".equals(address.getScheme())
        || address.getHost() == null
        || address.getPort() < 1
        || address.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "kreissiegel.superior-crls.proxy takes an address as http://proxy.example:3128, not "
              + address);
    }
    return InetSocketAddress.createUnresolved(address.getHost(), address.getPort());
  }
}
