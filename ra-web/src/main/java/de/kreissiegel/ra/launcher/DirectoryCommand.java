package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ldap.DirectoryCheck;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ra.wiring.DirectoryWiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code directory}: the directories of an installation. */
@Command(
    name = "directory",
    description = "Looks at the directories that an installation names.",
    mixinStandardHelpOptions = true,
    subcommands = DirectoryCommand.Check.class)
final class DirectoryCommand {
  private DirectoryCommand() {}

  /** {@code directory check}: what would be taken for what, before anything is taken over. */
  @Command(
      name = "check",
      description =
          "Tries each directory: reaches it, reads it once, and shows ten examples of each kind"
              + " and what it can't map. Changes nothing. Exit 1 if one can't be followed.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The installation's configuration (default: that of the data directory).")
    private @Nullable Path configuration;

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
    private Path data = DataDirectory.standard();

    @Override
    public Integer call() throws LaunchFailure {
      Path file = InstallationFile.of(configuration, new DataDirectory(data)).file();
      List<DirectoryConfig> configs;
      try {
        configs = DirectoryWiring.configs(file);
      } catch (IOException | ConfigurationFaults | RuntimeException wrong) {
        throw new LaunchFailure(String.valueOf(wrong.getMessage()), wrong);
      }
      PrintWriter out = spec.commandLine().getOut();
      boolean sound = true;
      for (DirectoryConfig config : configs) {
        sound &= new DirectoryCheck(config, Clock.systemUTC(), out::println).passes();
        out.flush();
      }
      return sound ? 0 : 1;
    }
  }
}
