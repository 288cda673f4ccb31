package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.emergency.MassConsents;
import de.kreissiegel.ca.emergency.MassPath;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ra.ceremony.SettingsOfInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For commands of the mass path: which installation, and which of its authorities. */
final class MassPlace {
  /** Something that is done with the mass path. */
  @FunctionalInterface
  interface Deed {
    int with(MassPath path, Books books)
        throws Refused, LaunchFailure, IOException, GeneralSecurityException;
  }

  @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
  private Path data = DataDirectory.standard();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The installation's configuration, if it lies elsewhere.")
  private @Nullable Path configuration;

  @Option(
      names = "--authority",
      paramLabel = "NAME",
      required = true,
      description = "The authority's generation, as `people` or `people-2`.")
  private String authority = "";

  AuthorityName authority() throws LaunchFailure {
    try {
      return new AuthorityName(authority);
    } catch (IllegalArgumentException none) {
      throw new LaunchFailure("'" + authority + "' can't be an authority's name.", none);
    }
  }

  private InstallationFile file() throws LaunchFailure {
    return InstallationFile.of(configuration, new DataDirectory(data.toAbsolutePath().normalize()));
  }

  /** Those who may consent to settings may consent to runs. */
  MassConsents consents() throws LaunchFailure {
    InstallationFile file = file();
    try {
      Path trust = file.requiredPath("trust");
      return new MassConsents(
          new ConsentFolder(trust.resolve("mass-consents")),
          new SettingsOfInstallation(file.requiredPath("authorities"), trust).entitled());
    } catch (IOException unreadable) {
      throw new LaunchFailure(
          "who may consent can't be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  int have(Deed deed) throws LaunchFailure {
    InstallationFile file = file();
    try {
      var authorities = AuthorityFiles.read(file.requiredPath("authorities"));
      Optional<Path> folder = file.path("profiles");
      ProfileCatalog profiles =
          folder.isPresent() ? ProfileCatalog.load(folder.get()) : ProfileCatalog.bundled();
      var random = new SecureRandom();
      return new InstallationDatabase(file.file())
          .<Outcome>read(
              source -> {
                Books books = Books.of(source, MassCommand.CHAIN, Clock.systemUTC(), random);
                var path =
                    new MassPath(
                        authorities, profiles, books.ofMassPath(), Clock.systemUTC(), random);
                return outcome(deed, path, books);
              })
          .exitCode();
    } catch (ConfigurationFaults faults) {
      throw new LaunchFailure(String.valueOf(faults.getMessage()), faults);
    } catch (IOException | JdbiException failure) {
      throw new LaunchFailure(failure.getMessage() + ".", failure);
    }
  }

  private static Outcome outcome(Deed deed, MassPath path, Books books) {
    try {
      return new Outcome(deed.with(path, books), Optional.empty());
    } catch (Refused refused) {
      return failed(new LaunchFailure(refused.refusal().detail() + ".", refused));
    } catch (LaunchFailure told) {
      return failed(told);
    } catch (IOException | GeneralSecurityException unusable) {
      return failed(new LaunchFailure(unusable.getMessage() + ".", unusable));
    }
  }

  private static Outcome failed(LaunchFailure failure) {
    return new Outcome(1, Optional.of(failure));
  }

  /** What came of it. */
  private record Outcome(int code, Optional<LaunchFailure> failure) {
    int exitCode() throws LaunchFailure {
      if (failure.isPresent()) {
        throw failure.get();
      }
      return code;
    }
  }
}
