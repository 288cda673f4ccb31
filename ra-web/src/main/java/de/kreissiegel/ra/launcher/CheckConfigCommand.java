package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.delivery.ServiceCatalog;
import de.kreissiegel.ca.hierarchy.ProfileCalendar;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ra.wiring.DirectoryWiring;
import de.kreissiegel.ra.wiring.MailWiring;
import de.kreissiegel.ra.wiring.SuperiorWiring;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check-config}: says what is wrong with settings, without starting anything. */
@Command(
    name = "check-config",
    description =
        "Checks profiles and other settings without starting: each fault with file, line and remedy.",
    mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Option(
      names = "--profiles",
      paramLabel = "DIR",
      description = "The folder of the profiles (default: those that come along).")
  private @Nullable Path profiles;

  @Option(
      names = "--authorities",
      paramLabel = "DIR",
      description =
          "The hierarchy's folder: its hierarchy.yaml, exceptions.yaml, services.yaml and terms.yaml are"
              + " checked, too, and the profiles against them.")
  private @Nullable Path authorities;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The installation's configuration: its directories and their mappings are checked, too,"
              + " the templates of its letters, and where CRLs of external superiors are fetched.")
  private @Nullable Path configuration;

  @Override
  public Integer call() throws LaunchFailure {
    try {
      ProfileCatalog catalog =
          profiles == null ? ProfileCatalog.bundled() : ProfileCatalog.load(profiles);
      AuthorityCatalog hierarchy =
          authorities == null
              ? new AuthorityCatalog(List.of(), Map.of())
              : AuthorityFiles.read(authorities);
      List<ConfigurationFault> more =
          ProfileCalendar.faults(catalog.all(), hierarchy, Instant.now());
      if (!more.isEmpty()) {
        throw new ConfigurationFaults(more);
      }
      String services =
          authorities == null
              ? ""
              : ", %d services, %d terms"
                  .formatted(
                      ServiceCatalog.read(authorities, hierarchy, catalog).services().size(),
                      TermsCatalog.read(authorities, catalog).all().size());
      if (configuration != null) {
        List<ConfigurationFault> letters = MailWiring.faults(configuration);
        if (!letters.isEmpty()) {
          throw new ConfigurationFaults(letters);
        }
        SuperiorWiring.check(
            configuration, authorities == null ? Optional.empty() : Optional.of(hierarchy));
      }
      String directories =
          configuration == null
              ? ""
              : ", %d directories".formatted(DirectoryWiring.configs(configuration).size());
      spec.commandLine()
          .getOut()
          .println(catalog.all().size() + " profiles" + services + directories + ", no faults.");
      return 0;
    } catch (ConfigurationFaults faults) {
      spec.commandLine().getOut().println(String.valueOf(faults.getMessage()));
      return 1;
    } catch (IllegalArgumentException wrong) {
      throw new LaunchFailure(String.valueOf(wrong.getMessage()), wrong);
    } catch (IOException unreadable) {
      throw new LaunchFailure("settings can't be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
