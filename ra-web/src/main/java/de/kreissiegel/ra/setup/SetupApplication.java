package de.kreissiegel.ra.setup;

import de.kreissiegel.ra.pages.PagesAlone;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The wizard's own, small application: pages, languages, security, and nothing of the house. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(basePackages = {"de.kreissiegel.ra.language", "de.kreissiegel.ra.setup"})
@Import(PagesAlone.class)
@ImportAutoConfiguration({
  PropertyPlaceholderAutoConfiguration.class,
  MessageSourceAutoConfiguration.class,
  SslAutoConfiguration.class,
  TomcatServletWebServerAutoConfiguration.class,
  HttpEncodingAutoConfiguration.class,
  MultipartAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  ErrorMvcAutoConfiguration.class,
  ThymeleafAutoConfiguration.class,
  SecurityAutoConfiguration.class,
  ServletWebSecurityAutoConfiguration.class,
  SecurityFilterAutoConfiguration.class
})
class SetupApplication {
  /** The name of the bundle in {@code server.ssl.bundle}. */
  private static final String BUNDLE = "setup";

  @Bean
  SslBundleRegistrar runCertificate(RunCertificate certificate) {
    return registry -> registry.registerBundle(BUNDLE, certificate.bundle());
  }

  @Bean
  Wizard wizard(
      SetupFolder folder,
      SetupSettings settings,
      SetupWords words,
      Clock clock,
      SecureRandom random)
      throws SetupRefused {
    return new Wizard(folder, settings.home(), words, clock, random);
  }
}
