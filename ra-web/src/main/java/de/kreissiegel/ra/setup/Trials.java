package de.kreissiegel.ra.setup;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ra.database.DatabaseAddress;
import de.kreissiegel.ra.database.DatabaseTrial;
import de.kreissiegel.ra.mail.SmtpServer;
import de.kreissiegel.ra.mail.TrialLetter;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.setup.Trial.Line;
import de.kreissiegel.ra.wiring.DirectoryTrial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tries what was answered against those whom it names: database, directory, mail server. */
final class Trials {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_NAMES = 10;

  private final SetupFolder folder;
  private final SetupWords words;
  private final InstantSource clock;

  Trials(SetupFolder folder, SetupWords words, InstantSource clock) {
    this.folder = folder;
    this.words = words;
    this.clock = clock;
  }

  /**
   * What was seen, and what it proposes for other steps.
   *
   * @param good whether it works
   * @param seen what the directory holds; empty of others
   */
  record Result(boolean good, List<Line> lines, Optional<DirectoryTrial.Seen> seen) {}

  Result of(Step step, Answers answers) throws IOException {
    return switch (step) {
      case DATABASE -> database(answers);
      case DIRECTORY -> directory(answers);
      case MAIL -> mail(answers);
      case DISTRICT, KEYS, PEOPLE -> new Result(true, List.of(), Optional.empty());
    };
  }

  private Result database(Answers answers) throws IOException {
    if (answers.is("database", "embedded")) {
      return new Result(
          true, List.of(Line.of(Tone.SUCCESS, "setup.trial.database.embedded")), Optional.empty());
    }
    String address;
    try {
      address = DatabaseAddress.of(answers.get("database-url"), null, null);
    } catch (IllegalArgumentException unsafe) {
      return new Result(
          false,
          List.of(
              Line.of(Tone.DANGER, "setup.trial.database.worker.wrong")
                  .in(String.valueOf(unsafe.getMessage()))),
          Optional.empty());
    }
    List<DatabaseTrial.Seen> seen =
        DatabaseTrial.of(
            address,
            role(answers.get("database-user"), "database-password"),
            role(answers.get("database-owner"), "database-owner-password"));
    boolean good = seen.stream().allMatch(DatabaseTrial.Seen::good);
    return new Result(good, seen.stream().map(Trials::line).toList(), Optional.empty());
  }

  private DatabaseTrial.Role role(String user, String secret) throws IOException {
    return new DatabaseTrial.Role(user, folder.secret(secret).orElse(""));
  }

  private static Line line(DatabaseTrial.Seen seen) {
    String key = "setup.trial.database." + seen.code() + (seen.good() ? "" : ".wrong");
    Line line = Line.of(seen.good() ? Tone.SUCCESS : Tone.DANGER, key, seen.detail());
    boolean server = seen.code().equals("worker") || seen.code().equals("owner");
    return server && !seen.good() ? line.in(seen.detail()) : line;
  }

  private Result directory(Answers answers) throws IOException {
    Path place = folder.fresh("directory-check");
    if (!answers.get("directory-ca").isEmpty()) {
      SetupFolder.write(place.resolve(Texts.DIRECTORY_CA), answers.get("directory-ca"));
    }
    if (answers.is("mapping", "own")) {
      SetupFolder.write(place.resolve(Texts.OWN_MAPPING), answers.get("mapping-text"));
    }
    Path file = place.resolve(SetupFolder.CONFIGURATION);
    SetupFolder.write(
        file,
        new Texts(answers)
            .configuration(Texts.Places.tried(place, folder.draft().resolve(SetupFolder.SECRETS))));
    DirectoryTrial trial = DirectoryTrial.of(file, clock);
    var lines = new ArrayList<Line>();
    if (!trial.passes()) {
      String code =
          trial.failure().orElse("unfit").replaceAll("\\W+", "-").toLowerCase(Locale.ROOT);
      lines.add(
          Line.of(Tone.DANGER, words.orElse("setup.trial.directory.failed", code))
              .in(failures(trial.lines())));
    }
    trial.seen().ifPresent(seen -> tell(seen, lines));
    return new Result(trial.passes(), lines, trial.seen());
  }

  private static String failures(List<String> lines) {
    String failed =
        lines.stream()
            .filter(line -> line.contains("FAILED: "))
            .map(line -> line.replaceFirst("^\\s*FAILED: ", ""))
            .limit(MOST_NAMES)
            .collect(Collectors.joining(" "));
    return failed.isEmpty() && !lines.isEmpty() ? lines.getLast() : failed;
  }

  private static void tell(DirectoryTrial.Seen seen, List<Line> lines) {
    lines.add(
        Line.of(
            seen.kinds().isEmpty() ? Tone.WARNING : Tone.SUCCESS,
            "setup.trial.directory.found",
            count(seen, SubjectKind.PERSON),
            count(seen, SubjectKind.FUNCTION),
            count(seen, SubjectKind.DEVICE),
            count(seen, SubjectKind.SERVICE)));
    lines.add(
        Line.of(
            seen.tenants().isEmpty() ? Tone.DANGER : Tone.SUCCESS,
            seen.tenants().isEmpty()
                ? "setup.trial.directory.no-tenants"
                : "setup.trial.directory.tenants",
            seen.tenants().size(),
            names(seen.tenants().stream().map(Tenant::name).toList())));
    for (Office office : Office.values()) {
      if (office.isExclusive()) {
        Set<String> holders = seen.offices().getOrDefault(office, Set.of());
        lines.add(
            Line.of(
                holders.isEmpty() ? Tone.WARNING : Tone.SUCCESS,
                holders.isEmpty()
                    ? "setup.trial.directory.office-empty"
                    : "setup.trial.directory.office",
                "#office." + office,
                holders.size(),
                names(holders)));
      }
    }
    if (!seen.conflicts().isEmpty()) {
      lines.add(
          Line.of(
              Tone.DANGER,
              "setup.trial.directory.conflict",
              seen.conflicts().size(),
              names(seen.conflicts())));
    }
  }

  private static int count(DirectoryTrial.Seen seen, SubjectKind kind) {
    return seen.kinds().getOrDefault(kind, 0);
  }

  private static String names(Collection<String> names) {
    String some = new TreeSet<>(names).stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES ? some + " …" : some;
  }

  private Result mail(Answers answers) throws IOException {
    if (answers.is("mail", "no")) {
      return new Result(
          true, List.of(Line.of(Tone.INFO, "setup.trial.mail.none")), Optional.empty());
    }
    String to =
        answers.get("mail-trial-to").isEmpty()
            ? answers.get("mail-operator")
            : answers.get("mail-trial-to");
    Optional<String> refused;
    try {
      refused =
          new TrialLetter(
                  answers.get("mail-from"),
                  answers.get("organization"),
                  to,
                  words.of("setup.trial.mail.subject"),
                  words.of(
                      "setup.trial.mail.text",
                      answers.get("organization"),
                      answers.get("public-base-url")))
              .send(server(answers), clock.instant());
    } catch (CertificateException | IllegalArgumentException wrong) {
      refused = Optional.of(String.valueOf(wrong.getMessage()));
    }
    Line line =
        refused
            .map(words -> Line.of(Tone.DANGER, "setup.trial.mail.refused", to).in(words))
            .orElseGet(() -> Line.of(Tone.SUCCESS, "setup.trial.mail.sent", to));
    return new Result(refused.isEmpty(), List.of(line), Optional.empty());
  }

  private SmtpServer server(Answers answers) throws IOException, CertificateException {
    Optional<String> password = folder.secret("mail-password");
    return new SmtpServer(
        answers.get("mail-host"),
        answers.number("mail-port"),
        SmtpServer.Encryption.valueOf(answers.get("mail-encryption").toUpperCase(Locale.ROOT)),
        anchors(answers.get("mail-ca")),
        answers.get("mail-user").isEmpty()
            ? Optional.empty()
            : password.map(known -> new SmtpServer.Login(answers.get("mail-user"), known)),
        PATIENCE);
  }

  private static List<X509Certificate> anchors(String pem) throws CertificateException {
    if (pem.isEmpty()) {
      return List.of();
    }
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }
}
