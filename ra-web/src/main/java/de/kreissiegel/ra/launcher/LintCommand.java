package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.lint.KeyPurpose;
import de.kreissiegel.ca.lint.KnownKeys;
import de.kreissiegel.ca.lint.Lint;
import de.kreissiegel.ca.lint.LintCatalog;
import de.kreissiegel.ca.lint.LintContext;
import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.lint.Linter;
import de.kreissiegel.ca.lint.Severity;
import de.kreissiegel.ca.lint.WeakKeyLists;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code lint}: holds certificates in files against the lints that ours have to pass. */
@Command(
    name = "lint",
    description = "Holds certificates against all lints. Exit 1 if one has an error.",
    mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
  /** How the answer is written. */
  enum Format {
    text,
    json
  }

  /** In which language the rules are told. */
  enum Language {
    de,
    en
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Certificates, in PEM or DER.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--list", description = "Prints all lints instead.")
  private boolean list;

  @Option(
      names = "--purpose",
      paramLabel = "P",
      description =
          "What the keys are for: signature, encryption, authentication, approval, status.")
  private @Nullable String purpose;

  @Option(
      names = "--weak-keys",
      paramLabel = "DIR",
      description = "Lists of weak RSA keys: a folder with files blacklist.RSA-*.")
  private @Nullable Path weakKeys;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: text).")
  private Format format = Format.text;

  @Option(names = "--lang", description = "${COMPLETION-CANDIDATES} (default: en).")
  private Language language = Language.en;

  /** What there is to say of one certificate. */
  private record Judged(String name, List<LintFinding> findings) {}

  @Override
  public Integer call() throws LaunchFailure {
    if (list) {
      printCatalog();
      return 0;
    }
    if (files.isEmpty()) {
      spec.commandLine().usage(spec.commandLine().getErr());
      return CommandLine.ExitCode.USAGE;
    }
    LintContext context = context();
    Linter linter = new Linter(KnownKeys.none(), lists());
    List<Judged> judged = new ArrayList<>();
    for (Path file : files) {
      int number = 0;
      for (Bytes certificate : LintedFile.certificates(file)) {
        number++;
        judged.add(
            new Judged(
                number == 1 ? file.toString() : file + "#" + number,
                linter.findings(LintedFile.toBeSigned(file, certificate), context)));
      }
    }
    print(judged);
    return judged.stream().flatMap(one -> one.findings().stream()).anyMatch(LintCommand::isError)
        ? 1
        : 0;
  }

  private LintContext context() {
    if (purpose == null) {
      return LintContext.unknown();
    }
    try {
      return LintContext.of(KeyPurpose.valueOf(purpose.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException unknown) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--purpose: there is no purpose " + purpose);
    }
  }

  private WeakKeyLists lists() throws LaunchFailure {
    try {
      return weakKeys == null ? WeakKeyLists.none() : WeakKeyLists.read(weakKeys);
    } catch (IOException unreadable) {
      throw new LaunchFailure(
          "the lists of weak keys can't be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private static boolean isError(LintFinding finding) {
    return finding.lint().severity() == Severity.ERROR;
  }

  private void print(List<Judged> judged) {
    PrintWriter out = spec.commandLine().getOut();
    Locale locale = Locale.of(language.name());
    if (format == Format.json) {
      out.println(
          json(
              judged.stream()
                  .map(
                      one ->
                          Map.of(
                              "certificate",
                              one.name(),
                              "findings",
                              one.findings().stream().map(this::fields).toList()))
                  .toList()));
    } else {
      for (Judged one : judged) {
        if (one.findings().isEmpty()) {
          out.println(one.name() + ": " + (language == Language.de ? "ohne Befund" : "clean"));
        }
        for (LintFinding finding : one.findings()) {
          out.println(one.name() + ": " + finding.lint().severity() + " " + finding.text(locale));
        }
      }
    }
    out.flush();
  }

  private void printCatalog() {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.json) {
      out.println(json(LintCatalog.all().stream().map(this::fields).toList()));
    } else {
      for (Lint lint : LintCatalog.all()) {
        out.println(
            lint.severity()
                + " "
                + lint.id()
                + ": "
                + lint.sentence(Locale.of(language.name()))
                + " ("
                + lint.source()
                + ")");
      }
    }
    out.flush();
  }

  private Map<String, String> fields(Lint lint) {
    Map<String, String> fields = new java.util.LinkedHashMap<>();
    fields.put("lint", lint.id());
    fields.put("severity", lint.severity().name().toLowerCase(Locale.ROOT));
    fields.put("source", lint.source());
    fields.put("rule", lint.sentence(Locale.of(language.name())));
    return fields;
  }

  private Map<String, String> fields(LintFinding finding) {
    Map<String, String> fields = fields(finding.lint());
    fields.put("detail", finding.detail());
    return fields;
  }

  private static String json(Object value) {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }
}
