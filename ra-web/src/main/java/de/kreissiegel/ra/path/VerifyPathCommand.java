package de.kreissiegel.ra.path;

import de.kreissiegel.ca.path.ExpectedName;
import de.kreissiegel.ca.path.PathMaterial;
import de.kreissiegel.ca.path.PathOptions;
import de.kreissiegel.ca.path.PathPurpose;
import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathValidation;
import de.kreissiegel.ca.path.PathVerdict;
import de.kreissiegel.ca.path.UnreadableMaterial;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify-path}: exit code 0 if the path is valid, 1 if not, 2 if the question isn't one. */
@Command(
    name = "verify-path",
    description =
        "Says whether a certificate is to be believed: path, status, purpose and names, by RFC 5280"
            + " §6 and a policy set. Exit 0 valid, 1 invalid, 2 wrong question.",
    mixinStandardHelpOptions = true)
public final class VerifyPathCommand implements Callable<Integer> {
  private static final Pattern OBJECT_IDENTIFIER =
      Pattern.compile("[0-2](\\.(0|[1-9][0-9]*)){1,63}");

  private final Clock clock;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Option(
      names = "--anchor",
      paramLabel = "FILE",
      required = true,
      description = "A certificate that you believe; may be repeated. PEM, DER or PKCS#7.")
  private List<Path> anchors = new ArrayList<>();

  @Option(
      names = "--chain",
      paramLabel = "FILE",
      required = true,
      description =
          "The certificate and what leads from it to the anchor, in any order; may be repeated. It"
              + " is the one that issued none of the others; if that isn't clear, the first.")
  private List<Path> chains = new ArrayList<>();

  @Option(
      names = "--crl",
      paramLabel = "FILE",
      description = "CRLs, full or delta; may be repeated. The network is never asked.")
  private List<Path> lists = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "For when, as 2026-12-01T12:00:00Z; else now.")
  private @Nullable String at;

  @Option(names = "--purpose", paramLabel = "PURPOSE", description = "What it is to be used for.")
  private @Nullable String purpose;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Host, mailbox or IP address that it must name; may be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--policy-set",
      paramLabel = "SET",
      description = "rfc5280, compatibility, bsi-kommunal (default) or bsi-strict.")
  private String policySet = PolicySet.DEFAULT.configName();

  @Option(
      names = "--initial-policy",
      paramLabel = "OID",
      description = "A certificate policy that you accept; may be repeated. Else any.")
  private List<String> initialPolicies = new ArrayList<>();

  @Option(names = "--explicit-policy", description = "The path must be valid for a policy.")
  private boolean explicitPolicy;

  @Option(names = "--inhibit-mapping", description = "Policies must not be mapped.")
  private boolean inhibitMapping;

  @Option(names = "--inhibit-any", description = "anyPolicy stands for none.")
  private boolean inhibitAny;

  @Option(
      names = "--without-status",
      description = "Without CRLs the path may be valid, under the BSI's sets, too.")
  private boolean withoutStatus;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
  private String format = "text";

  @Option(names = "--lang", paramLabel = "LANGUAGE", description = "de (default) or en.")
  private String language = "de";

  /** As picocli makes it. */
  public VerifyPathCommand() {
    this(Clock.systemUTC());
  }

  VerifyPathCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      check(List.of("text", "json"), format, "--format");
      check(List.of("de", "en"), language, "--lang");
      PathQuestion question = question();
      PathVerdict verdict = PathValidation.verify(question);
      out.println(
          format.equals("json")
              ? VerdictJson.of(question, verdict)
              : VerdictText.of(question, verdict, language));
      out.flush();
      return verdict instanceof PathVerdict.Valid ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (WrongQuestion wrong) {
      spec.commandLine().getErr().println("kreissiegel: " + wrong.in(language));
      spec.commandLine().getErr().flush();
      return ExitCode.USAGE;
    }
  }

  private PathQuestion question() throws WrongQuestion {
    PathMaterial chain = read(chains);
    Bytes certificate = end(chain);
    PathMaterial all = chain.plus(read(lists));
    List<Bytes> believed = read(anchors).certificates();
    if (believed.isEmpty()) {
      throw new WrongQuestion(
          "Die Dateien von --anchor enthalten kein Zertifikat.",
          "The files of --anchor hold no certificate.");
    }
    return new PathQuestion(
        believed, certificate, all.certificates(), all.lists(), time(), options());
  }

  private Bytes end(PathMaterial chain) throws WrongQuestion {
    try {
      Optional<Bytes> end = chain.end();
      return end.orElseThrow(
          () ->
              new WrongQuestion(
                  "Die Dateien von --chain enthalten kein Zertifikat.",
                  "The files of --chain hold no certificate."));
    } catch (UnreadableMaterial unreadable) {
      throw new WrongQuestion(unreadable.german(), String.valueOf(unreadable.getMessage()));
    }
  }

  private PathOptions options() throws WrongQuestion {
    PolicySet set =
        PolicySet.ofConfigName(policySet)
            .orElseThrow(() -> WrongQuestion.choice("--policy-set", PolicySet.configNames()));
    Optional<PathPurpose> wanted = Optional.empty();
    if (purpose != null) {
      wanted = PathPurpose.ofConfigName(purpose);
      if (wanted.isEmpty()) {
        throw WrongQuestion.choice("--purpose", PathPurpose.configNames());
      }
    }
    for (String policy : initialPolicies) {
      if (policy.length() > 200 || !OBJECT_IDENTIFIER.matcher(policy).matches()) {
        throw new WrongQuestion(
            "--initial-policy ist ein Objektbezeichner wie 1.3.6.1.4.1.99.",
            "--initial-policy is an object identifier, as 1.3.6.1.4.1.99.");
      }
    }
    return new PathOptions(
        set,
        wanted,
        expectedNames(),
        new HashSet<>(initialPolicies),
        explicitPolicy,
        inhibitMapping,
        inhibitAny,
        set.isBsi() && !withoutStatus);
  }

  private List<ExpectedName> expectedNames() throws WrongQuestion {
    var expected = new ArrayList<ExpectedName>();
    for (String name : names) {
      try {
        expected.add(ExpectedName.of(name));
      } catch (IllegalArgumentException wrong) {
        throw new WrongQuestion(
            "--name ist ein Rechnername, eine E-Mail-Adresse oder eine IP-Adresse: "
                + wrong.getMessage()
                + ".",
            "--name is a host, a mailbox or an IP address: " + wrong.getMessage() + ".");
      }
    }
    return expected;
  }

  private Instant time() throws WrongQuestion {
    if (at == null) {
      return clock.instant();
    }
    try {
      return Instant.parse(at);
    } catch (DateTimeParseException wrong) {
      throw new WrongQuestion(
          "--at ist ein Zeitpunkt wie 2026-12-01T12:00:00Z.",
          "--at is a time, as 2026-12-01T12:00:00Z.");
    }
  }

  private static PathMaterial read(List<Path> files) throws WrongQuestion {
    PathMaterial all = PathMaterial.EMPTY;
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        all = all.plus(PathMaterial.read(in.readNBytes(PathMaterial.MOST_OCTETS + 1)));
      } catch (NoSuchFileException missing) {
        throw new WrongQuestion(
            "Die Datei " + file + " gibt es nicht.", "There is no file " + file + ".");
      } catch (IOException unreadable) {
        throw new WrongQuestion(
            "Die Datei " + file + " lässt sich nicht lesen: " + unreadable.getMessage() + ".",
            "The file " + file + " can't be read: " + unreadable.getMessage() + ".");
      } catch (UnreadableMaterial wrong) {
        throw new WrongQuestion(file + ": " + wrong.german(), file + ": " + wrong.getMessage());
      }
    }
    return all;
  }

  private static void check(List<String> choices, String choice, String option)
      throws WrongQuestion {
    if (!choices.contains(choice)) {
      throw WrongQuestion.choice(option, String.join(", ", choices));
    }
  }
}
