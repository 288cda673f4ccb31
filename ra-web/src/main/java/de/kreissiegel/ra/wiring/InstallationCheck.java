package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.settings.ConfigurationFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.NoSuchElementException;
import org.springframework.boot.context.properties.bind.BindException;

/** Holds a configuration against what {@code start} reads, and starts nothing. */
public final class InstallationCheck {
  private InstallationCheck() {}

  /**
   * Reads it as {@code start} does.
   *
   * @param configuration {@code kreissiegel.yaml}
   * @throws IOException with a sentence, if it can't be read or lacks something
   */
  public static void require(Path configuration) throws IOException {
    try {
      Installation installation =
          InstallationReader.binder(configuration).bind("kreissiegel", Installation.class).get();
      if (installation.publicBaseUrl() == null
          || installation.validationBaseUrl() == null
          || installation.validation() == null
          || installation.database() == null
          || installation.web() == null
          || installation.trust() == null) {
        throw new IOException(
            "a configuration needs public-base-url, validation-base-url, validation, database, web"
                + " and trust");
      }
      installation.database().address();
      SuperiorWiring.settings(installation.superiorCrls());
      DirectoryWiring.configs(installation);
      Installation.Mail mail = installation.mail();
      if (mail != null) {
        MailWiring.server(mail);
      }
    } catch (BindException
        | NoSuchElementException
        | ConfigurationFaults
        | IllegalArgumentException
        | CertificateException wrong) {
      throw new IOException(String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
