package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.ca.settings.SettingsSheet;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.ceremony.SettingsOfInstallation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code settings}: what two people have to consent to before it takes effect. */
@Command(
    name = "settings",
    description = "Profiles and hierarchy: what changed, and who consents to it.",
    mixinStandardHelpOptions = true,
    subcommands = {SettingsCommand.Show.class, SettingsCommand.Consent.class})
final class SettingsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** Which installation, and its settings as they are now. */
  static final class Which {
    @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
    private Path data = DataDirectory.standard();

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The installation's configuration, if it lies elsewhere.")
    private @Nullable Path configuration;

    Now now() throws LaunchFailure {
      var folder = new DataDirectory(data.toAbsolutePath().normalize());
      InstallationFile file = InstallationFile.of(configuration, folder);
      try {
        Optional<Path> profiles = file.path("profiles");
        var settings =
            new SettingsOfInstallation(
                file.requiredPath("authorities"), file.requiredPath("trust"));
        SettingsSheet sheet =
            settings.sheet(
                profiles.isPresent()
                    ? ProfileCatalog.load(profiles.get())
                    : ProfileCatalog.bundled());
        return new Now(sheet, settings.entitled(), settings.consents());
      } catch (ConfigurationFaults faults) {
        throw new LaunchFailure(String.valueOf(faults.getMessage()), faults);
      } catch (IOException unreadable) {
        throw new LaunchFailure(
            "the settings can't be read: " + unreadable.getMessage() + ".", unreadable);
      }
    }
  }

  /**
   * The settings, who may consent, and where consents lie.
   *
   * @param entitled SHA-256 of their keys
   */
  record Now(SettingsSheet sheet, Set<Bytes> entitled, ConsentFolder consents) {
    void show(PrintWriter out) throws IOException {
      Optional<SettingsSheet> before = consents.before(sheet, entitled);
      List<String> lines =
          before.isPresent() ? sheet.changesSince(before.get()) : sheet.text().lines().toList();
      out.println(
          before.isPresent()
              ? "Changed since the settings " + before.get().digest() + ":"
              : "The settings, all new:");
      lines.forEach(line -> out.println("  " + line));
      out.printf(
          "The settings %s: %d of %d consents.%n",
          sheet.digest(), consents.givers(sheet, entitled).size(), ConsentFolder.NEEDED);
      out.flush();
    }
  }

  /** {@code settings show}. */
  @Command(
      name = "show",
      description = "Shows what changed, and how many have consented. Exit 1 if that is too few.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Override
    public Integer call() throws LaunchFailure {
      Now now = which.now();
      try {
        now.show(spec.commandLine().getOut());
        int consents = now.consents().givers(now.sheet(), now.entitled()).size();
        return consents >= ConsentFolder.NEEDED ? 0 : 1;
      } catch (IOException unreadable) {
        throw new LaunchFailure(
            "the consents can't be read: " + unreadable.getMessage() + ".", unreadable);
      }
    }
  }

  /** {@code settings consent}. */
  @Command(
      name = "consent",
      description = {
        "Shows what changed, asks, and signs the consent with your key. Two of those who may have",
        "to consent before the authority starts with these settings."
      },
      mixinStandardHelpOptions = true)
  static final class Consent implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "Your key, PKCS#12. Its password is typed, or the first line of the input.")
    private Path key = Path.of("");

    @Override
    public Integer call() throws LaunchFailure {
      Now now = which.now();
      PrintWriter out = spec.commandLine().getOut();
      try {
        var asked = new Consenting(out, key, now.entitled(), now.consents());
        int consents =
            asked.ask(now.sheet(), () -> now.show(out), "Do you consent to these settings? (yes) ");
        out.printf("Kept: %d of %d consents.%n", consents, ConsentFolder.NEEDED);
        out.flush();
        return 0;
      } catch (IOException | GeneralSecurityException unusable) {
        throw new LaunchFailure(key + " can't be used: " + unusable.getMessage() + ".", unusable);
      }
    }
  }
}
