package de.kreissiegel.ra.launcher;

import de.kreissiegel.hsm.doctor.Diagnosis;
import de.kreissiegel.hsm.doctor.Doctor;
import de.kreissiegel.hsm.doctor.Examination;
import de.kreissiegel.hsm.doctor.Examination.PinSource;
import de.kreissiegel.hsm.doctor.Finding;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signer}: the process with the keys. */
@Command(
    name = "signer",
    description = "The signer: the process that holds the keys.",
    mixinStandardHelpOptions = true,
    subcommands = SignerCommand.Examine.class)
final class SignerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** {@code signer doctor}: needs no running signer, and changes nothing. */
  @Command(
      name = "doctor",
      description =
          "Looks at an HSM's library, its slots, mechanisms and keys, lets each key compute once,"
              + " looks at a vault's policies and journal, and says what to do about what is wrong."
              + " Exit 1 if something is.",
      mixinStandardHelpOptions = true)
  static final class Examine implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
        names = "--library",
        paramLabel = "FILE",
        description = "The PKCS#11 library of the HSM's vendor.")
    private @Nullable Path library;

    @Option(
        names = "--token",
        paramLabel = "LABEL",
        description = "The token's label, if the library has several.")
    private @Nullable String token;

    @Option(
        names = "--pin-file",
        paramLabel = "FILE",
        description = "A file whose first line is the PIN.")
    private @Nullable Path pinFile;

    @Option(names = "--ask-pin", description = "Ask for the PIN at the terminal.")
    private boolean askPin;

    @Option(names = "--vault", paramLabel = "DIR", description = "A vault's directory.")
    private @Nullable Path vault;

    @Override
    public Integer call() throws LaunchFailure {
      if (library == null && (token != null || pinFile != null || askPin)) {
        throw new LaunchFailure("--token and the PIN need --library, the HSM's PKCS#11 library.");
      }
      if (pinFile != null && askPin) {
        throw new LaunchFailure("give the PIN by --pin-file or by --ask-pin, not by both.");
      }
      Diagnosis diagnosis =
          new Doctor(Clock.systemUTC(), new SecureRandom())
              .examine(
                  new Examination(
                      Optional.ofNullable(library).map(Path::toAbsolutePath),
                      Optional.ofNullable(token),
                      pin(),
                      Optional.ofNullable(vault)));
      diagnosis.facts().forEach(fact -> say("  " + fact));
      diagnosis.findings().forEach(this::tell);
      say(
          diagnosis.findings().isEmpty()
              ? "All is well."
              : diagnosis.healthy()
                  ? "It works; some things could be better."
                  : "Not all is well.");
      return diagnosis.healthy() ? 0 : 1;
    }

    private Optional<PinSource> pin() {
      if (pinFile != null) {
        return Optional.of(PinSource.file(pinFile));
      }
      return askPin ? Optional.of(Examine::ask) : Optional.empty();
    }

    /** Never by an option: a command line can be read by all users. */
    private static char[] ask() throws IOException {
      Console terminal = System.console();
      char[] pin =
          terminal == null || !terminal.isTerminal()
              ? null
              : terminal.readPassword("The token's PIN: ");
      if (pin == null || pin.length == 0) {
        throw new IOException("there is no terminal to ask at, or nothing was typed");
      }
      return pin;
    }

    private void tell(Finding finding) {
      say(
          (finding.severity() == Finding.Severity.ERROR ? "WRONG: " : "could be better: ")
              + finding.sentence()
              + ".");
      say("  To do: " + finding.remedy() + ".");
    }

    private void say(String line) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }
}
