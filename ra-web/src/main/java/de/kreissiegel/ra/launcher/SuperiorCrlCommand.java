package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.SuperiorLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code superior-crl}: takes in what an external superior has revoked. */
@Command(
    name = "superior-crl",
    description =
        "Takes in newer CRLs of external superiors, so that health and calendar know how those"
            + " above us stand. Verified first; a running system sees them at once.",
    mixinStandardHelpOptions = true)
final class SuperiorCrlCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
  private Path data = DataDirectory.standard();

  @Option(
      names = "--authorities",
      paramLabel = "DIR",
      description = "The hierarchy's folder, if it lies elsewhere.")
  private @Nullable Path authorities;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "CRLs, PEM or DER.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws LaunchFailure {
    Path folder =
        authorities == null
            ? new DataDirectory(data.toAbsolutePath().normalize()).authorities()
            : authorities;
    for (Path file : files) {
      try {
        if (Files.size(file) > SuperiorLists.MOST_OCTETS) {
          throw new LaunchFailure(file + " is longer than any superior's CRL.");
        }
        List<AuthorityName> taken =
            SuperiorLists.take(folder, Files.readAllBytes(file), Instant.now());
        spec.commandLine()
            .getOut()
            .println(
                taken.isEmpty()
                    ? file + ": known already."
                    : "%s: the newest of %s now.".formatted(file, names(taken)));
      } catch (SuperiorLists.Refused refused) {
        throw new LaunchFailure(file + ": " + refused.getMessage() + ".", refused);
      } catch (IOException unreadable) {
        throw new LaunchFailure(file + ": " + unreadable.getMessage(), unreadable);
      }
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static String names(List<AuthorityName> taken) {
    return String.join(", ", taken.stream().map(AuthorityName::value).toList());
  }
}
