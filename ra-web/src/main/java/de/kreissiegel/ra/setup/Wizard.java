package de.kreissiegel.ra.setup;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificationRequest;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ra.ceremony.PlanCheck;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.setup.Trial.Line;
import de.kreissiegel.ra.wiring.DirectoryTrial;
import de.kreissiegel.ra.wiring.InstallationCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one installation that is being set up, and what is made of them. One at a time.
 */
final class Wizard {
  private static final String SAVED = "saved.";
  private static final int LARGEST_REQUEST = 64 * 1024;

  /** As {@code EmbeddedDatabase} takes it; 26 characters of 32 make 130 bits. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int PASSWORD = 26;

  private final SetupFolder folder;
  private final Path home;
  private final SetupWords words;
  private final Checks checks;
  private final Trials trials;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, Integer> secretChanges = new HashMap<>();
  private final Map<Step, Trial> tried = new EnumMap<>(Step.class);
  private final List<Fault> uploads = new ArrayList<>();
  private Optional<DirectoryTrial.Seen> seen = Optional.empty();
  private Answers answers;
  private boolean written;

  /**
   * @param home where the program lies
   */
  Wizard(SetupFolder folder, Path home, SetupWords words, InstantSource clock, SecureRandom random)
      throws SetupRefused {
    this.folder = folder;
    this.home = home;
    this.words = words;
    this.clock = clock;
    this.random = random;
    this.checks = new Checks(folder, clock);
    this.trials = new Trials(folder, words, clock);
    this.answers = folder.answers();
  }

  synchronized Answers answers() {
    return answers;
  }

  /** Whether the installation is there. */
  synchronized boolean isWritten() {
    return written;
  }

  synchronized boolean isSaved(Step step) {
    return answers.has(SAVED + step.word());
  }

  synchronized boolean hasSecret(String name) {
    return folder.hasSecret(name);
  }

  List<String> choices(Input input) {
    return checks.choices(input, answers());
  }

  /** What is wrong in a step that was answered; nothing is in one that wasn't. */
  synchronized List<Fault> faults(Step step, Locale language) throws IOException {
    if (!isSaved(step)) {
      return List.of();
    }
    var faults = new ArrayList<>(checks.of(step, answers, language));
    if (step.takesFile()) {
      faults.addAll(uploads);
    }
    return List.copyOf(faults);
  }

  /** Whether a step was answered and nothing is wrong. */
  synchronized boolean isDone(Step step, Locale language) throws IOException {
    return isSaved(step) && faults(step, language).isEmpty();
  }

  /** The first step that isn't done. */
  synchronized Optional<Step> open(Locale language) throws IOException {
    for (Step step : Step.values()) {
      if (!isDone(step, language)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /** How it went with the answers as they are; empty if they weren't tried. */
  synchronized Optional<Trial> trial(Step step) {
    return Optional.ofNullable(tried.get(step)).filter(one -> one.of().equals(digest(step)));
  }

  /**
   * Keeps what was typed in a step, whatever it is: the next page says what is wrong.
   *
   * @param typed by the names of the inputs
   * @param files what was uploaded, likewise
   */
  synchronized void say(Step step, Map<String, String> typed, Map<String, byte[]> files)
      throws IOException {
    requireUnwritten();
    Answers said = answers.with(Map.of(SAVED + step.word(), "yes"));
    uploads.clear();
    for (Part part : step.parts()) {
      said =
          part.isRows()
              ? said.withRows(part.name(), rows(part, typed, files))
              : said.with(values(part, typed));
    }
    answers = said;
    folder.keep(answers);
  }

  private Map<String, String> values(Part part, Map<String, String> typed) throws IOException {
    var values = new TreeMap<String, String>();
    for (Input input : part.inputs()) {
      String value = bounded(input, typed.getOrDefault(input.name(), ""));
      if (input.kind() != Input.Kind.PASSWORD) {
        values.put(input.name(), value);
      } else if (!value.isEmpty()) {
        folder.keepSecret(input.name(), value);
        secretChanges.merge(input.name(), 1, Integer::sum);
      }
    }
    return values;
  }

  private List<Map<String, String>> rows(
      Part part, Map<String, String> typed, Map<String, byte[]> files) {
    var rows = new ArrayList<Map<String, String>>();
    for (int i = 0; i < part.most(); i++) {
      var row = new TreeMap<String, String>();
      boolean blank = true;
      for (Input column : part.inputs()) {
        String name = part.name() + "." + i + "." + column.name();
        if (column.kind() == Input.Kind.FILE) {
          blank &= !takeRequest(files.get(name), row, part.name() + "." + rows.size());
        } else {
          String value = bounded(column, typed.getOrDefault(name, ""));
          row.putIfAbsent(column.name(), value);
          blank &= value.isEmpty() || column.kind() == Input.Kind.CHOICE;
        }
      }
      if (!blank) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Reads the fingerprint of a key from the request that its holder made. */
  private boolean takeRequest(byte @Nullable [] file, Map<String, String> row, String place) {
    if (file == null || file.length == 0) {
      return false;
    }
    try {
      if (file.length > LARGEST_REQUEST) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "the file is too large");
      }
      String text = new String(file, StandardCharsets.US_ASCII);
      row.put(
          "key",
          CertificationRequest.verified(Pem.certificationRequest(text)).key().hash().toHex());
    } catch (Refused refused) {
      uploads.add(new Fault(place + ".request", "request", String.valueOf(refused.getMessage())));
    }
    return true;
  }

  /** Without what stands around it; longer than allowed only so far that it is noticed. */
  private static String bounded(Input input, String typed) {
    String text = typed.replace("\r\n", "\n").strip();
    if (input.kind() != Input.Kind.LINES) {
      text = text.replace("\n", " ");
    }
    return text.length() > input.longest() + 1 ? text.substring(0, input.longest() + 1) : text;
  }

  /** Tries the answers of a step in which nothing is wrong. */
  synchronized Trial tryOut(Step step) throws IOException {
    requireUnwritten();
    Trials.Result result = trials.of(step, answers);
    if (step == Step.DIRECTORY) {
      seen = result.seen();
      if (answers.rows("tenants").isEmpty()) {
        fillTenants();
      }
    }
    var trial = new Trial(digest(step), result.good(), result.lines());
    tried.put(step, trial);
    return trial;
  }

  /** Whether the directory has told of tenants. */
  synchronized boolean knowsTenants() {
    return seen.filter(one -> !one.tenants().isEmpty()).isPresent();
  }

  /** Takes the tenants as the directory has them instead of those that stand there. */
  synchronized void fillTenants() throws IOException {
    requireUnwritten();
    if (seen.isEmpty()) {
      return;
    }
    var rows = new ArrayList<Map<String, String>>();
    for (Tenant tenant : seen.get().tenants()) {
      var domains = new TreeSet<String>();
      String id = tenant.id().value();
      if (Rule.DOMAINS.fault(id).isEmpty()) {
        domains.add(id);
      }
      var mail = new TreeSet<>(domains);
      mail.addAll(seen.get().mailDomains().getOrDefault(id, Set.of()));
      rows.add(
          Map.of(
              "name",
              tenant.name(),
              "mail",
              String.join(" ", mail),
              "dns",
              String.join(" ", domains)));
    }
    answers = answers.withRows("tenants", rows);
    folder.keep(answers);
  }

  /** Takes the chosen mapping as the beginning of one's own. */
  synchronized void takeMapping() throws IOException {
    requireUnwritten();
    String chosen = answers.get("mapping");
    if (DirectoryTrial.presets().contains(chosen)) {
      answers =
          answers.with(
              Map.of("mapping", "own", "mapping-text", DirectoryTrial.preset(chosen).strip()));
      folder.keep(answers);
    }
  }

  /** What whoever writes now should know. */
  synchronized List<Line> remarks() {
    var remarks = new ArrayList<Line>();
    var texts = new Texts(answers);
    for (Step step : Step.values()) {
      if (step.isTried()) {
        Optional<Trial> trial = trial(step);
        if (trial.isEmpty()) {
          remarks.add(Line.of(Tone.WARNING, "setup.remark.untried", "#setup.step." + step.word()));
        } else if (!trial.get().good()) {
          remarks.add(Line.of(Tone.DANGER, "setup.remark.failed", "#setup.step." + step.word()));
        }
      }
    }
    if (!texts.knowsEveryKey()) {
      remarks.add(Line.of(Tone.WARNING, "setup.remark.keys-missing"));
    }
    if (answers.is("mail", "yes") && !texts.lettersAreSigned()) {
      remarks.add(Line.of(Tone.WARNING, "setup.remark.letters-unsigned"));
    }
    for (Map<String, String> token : answers.rows("tokens")) {
      String library = token.getOrDefault("library", "");
      if (!library.isEmpty() && !Files.isReadable(Path.of(library))) {
        remarks.add(Line.of(Tone.WARNING, "setup.remark.library", library));
      }
    }
    remarks.add(Line.of(Tone.INFO, "setup.remark.validation", answers.get("validation-base-url")));
    return List.copyOf(remarks);
  }

  /**
   * Writes the installation's files, after the readers that will read them have.
   *
   * @return what is wrong, in sentences; none if they are there
   */
  synchronized List<String> write(Locale language) throws IOException {
    requireUnwritten();
    if (open(language).isPresent()) {
      return List.of(words.of("setup.write.open"));
    }
    Path made = folder.fresh("made");
    List<String> wrong = make(made, language);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    folder.moveIn(made);
    written = true;
    return List.of();
  }

  private List<String> make(Path made, Locale language) throws IOException {
    var texts = new Texts(answers);
    Path secrets = folder.folder(made.resolve(SetupFolder.SECRETS));
    for (String secret : secretsUsed()) {
      String text = folder.secret(secret).orElse("");
      SetupFolder.write(secrets.resolve(secret), text + "\n");
    }
    if (answers.is("database", "embedded")) {
      SetupFolder.write(secrets.resolve("database-password"), password());
    }
    optional(made.resolve(Texts.DIRECTORY_CA), answers.get("directory-ca"));
    optional(made.resolve(Texts.MAIL_CA), answers.is("mail", "yes") ? answers.get("mail-ca") : "");
    optional(
        made.resolve(Texts.OWN_MAPPING),
        answers.is("mapping", "own") ? answers.get("mapping-text") : "");

    Path check = made.resolve("check.yaml");
    SetupFolder.write(check, texts.configuration(Texts.Places.tried(made, secrets)));
    try {
      InstallationCheck.require(check);
    } catch (IOException wrong) {
      return List.of(String.valueOf(wrong.getMessage()));
    }
    SetupFolder.write(check, texts.plan(Texts.Missing.KEYS));
    List<String> wrong = PlanCheck.wrong(check, clock.instant(), language);
    Files.delete(check);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    Path plan = made.resolve(SetupFolder.PLAN);
    SetupFolder.write(plan, texts.plan(Texts.Missing.TOLD));
    if (texts.knowsEveryKey()) {
      wrong = PlanCheck.wrong(plan, clock.instant(), language);
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    SetupFolder.write(
        made.resolve(SetupFolder.CHECKLIST), checklist(Locale.of(answers.get("language"))).text());
    SetupFolder.write(made.resolve(Checklist.UNIT), checklist(Locale.ENGLISH).unit());
    SetupFolder.write(
        made.resolve(SetupFolder.CONFIGURATION),
        texts.configuration(Texts.Places.in(folder.root())));
    return List.of();
  }

  private List<String> secretsUsed() {
    boolean own = answers.is("database", "own");
    boolean letters = answers.is("mail", "yes") && !answers.get("mail-user").isEmpty();
    return Stream.of(
            Stream.of("directory-password"),
            own
                ? Stream.of("database-password", "database-owner-password")
                : Stream.<String>empty(),
            letters ? Stream.of("mail-password") : Stream.<String>empty())
        .flatMap(names -> names)
        .toList();
  }

  private static void optional(Path file, String text) throws IOException {
    if (!text.isEmpty()) {
      SetupFolder.write(file, text + "\n");
    }
  }

  private String password() {
    var made = new StringBuilder();
    for (int i = 0; i < PASSWORD; i++) {
      made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return made.append('\n').toString();
  }

  /** What is to be done from here to the first log-in. */
  synchronized Checklist checklist(Locale language) {
    return new Checklist(answers, folder.root(), home, words, language);
  }

  /** What was answered in a step, and how often its passwords changed; kept nowhere. */
  private String digest(Step step) {
    var text = new StringBuilder();
    for (Part part : step.parts()) {
      for (Input input : part.inputs()) {
        text.append(answers.get(input.name()))
            .append('\0')
            .append(secretChanges.getOrDefault(input.name(), 0))
            .append('\0');
      }
    }
    return text.toString();
  }

  private void requireUnwritten() {
    if (written) {
      throw new IllegalStateException("the installation is written");
    }
  }
}
