package de.kreissiegel.ra.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ra.ceremony.FirstOfficers;
import de.kreissiegel.ra.ceremony.PlanCheck;
import de.kreissiegel.ra.wiring.InstallationCheck;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first answer to the files that others read. */
class SetupWizardTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  @TempDir private static Path shelf;
  private static DemoDirectory directory;

  @TempDir private Path folder;
  private Path data;
  private RunningSetup running;
  private SetupBrowser browser;

  @BeforeAll
  static void openDirectory() throws Exception {
    directory = DemoDirectory.open(shelf, 0, RANDOM);
  }

  @AfterAll
  static void closeDirectory() throws Exception {
    directory.close();
  }

  @BeforeEach
  void open() throws Exception {
    data = folder.resolve("data");
    running = new RunningSetup(data, Clock.systemUTC());
    browser = running.browser();
    browser.post("/code", Map.of("code", running.code()));
  }

  @AfterEach
  void close() throws Exception {
    running.close();
  }

  private String answer(Step step, Map<String, String> answers) throws Exception {
    HttpResponse<String> answer = browser.post("/steps/" + step.word(), answers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return SetupBrowser.to(answer);
  }

  private String page(Step step) throws Exception {
    return browser.get("/steps/" + step.word()).body();
  }

  private Map<String, String> directoryAnswers(String password) {
    var answers = new HashMap<>(SetupAnswers.directory(directory, password));
    answers.put("mapping", "sample-district");
    return answers;
  }

  private void district() throws Exception {
    assertThat(answer(Step.DISTRICT, SetupAnswers.district(8443, 8444, 8080)))
        .isEqualTo("/steps/database");
  }

  private void untilKeys() throws Exception {
    district();
    assertThat(answer(Step.DATABASE, Map.of())).as("tried first").isEqualTo("/steps/database");
    assertThat(answer(Step.DATABASE, Map.of())).isEqualTo("/steps/directory");
    answer(Step.DIRECTORY, directoryAnswers(directory.passwords().service()));
    assertThat(answer(Step.DIRECTORY, Map.of())).isEqualTo("/steps/mail");
    answer(Step.MAIL, Map.of());
    assertThat(answer(Step.MAIL, Map.of())).isEqualTo("/steps/keys");
  }

  private void untilSummary(SetupAnswers.Officer... officers) throws Exception {
    untilKeys();
    assertThat(
            answer(Step.KEYS, Map.of("signer-socket", data.resolve("run/signer.sock").toString())))
        .as(page(Step.KEYS))
        .isEqualTo("/steps/people");
    var people = new HashMap<>(SetupAnswers.people());
    for (int i = 0; i < officers.length; i++) {
      people.put("officers." + i + ".name", officers[i].name());
      people.put("officers." + i + ".key", officers[i].fingerprint());
    }
    assertThat(answer(Step.PEOPLE, people)).as(page(Step.PEOPLE)).isEqualTo("/summary");
  }

  @Test
  void saysWhatTheDirectoryHoldsAndTakesItsAdministrations() throws Exception {
    untilKeys();
    String seen = page(Step.DIRECTORY);
    assertThat(seen)
        .contains("Gefunden: " + SampleDistrict.people().size() + " Personen")
        .contains("27 Verwaltungen")
        .contains("Registrierungsstelle, ")
        .contains("Revision, ")
        .doesNotContain(directory.passwords().service());
    String keys = page(Step.KEYS);
    assertThat(keys)
        .contains("value=\"Landratsamt Haßberge\"")
        .contains("value=\"Landkreis Haßberge Root CA 1\"");
    assertThat(SetupBrowser.fields(keys).get("tenants.0.mail")).contains(".example");
  }

  @Test
  void saysPlainlyWhyTheDirectoryCantBeUsedAndLetsOneGoOn() throws Exception {
    district();
    assertThat(answer(Step.DIRECTORY, directoryAnswers("wrong"))).isEqualTo("/steps/directory");
    assertThat(page(Step.DIRECTORY)).contains("lässt das Konto aber nicht herein");
    var unreachable = new HashMap<>(directoryAnswers("wrong"));
    unreachable.put("directory-url", "ldap://127.0.0.1:1");
    unreachable.put("action", "try");
    answer(Step.DIRECTORY, unreachable);
    assertThat(page(Step.DIRECTORY)).contains("Der Server ist nicht erreichbar");
    assertThat(answer(Step.DIRECTORY, Map.of("action", "next"))).isEqualTo("/steps/directory");
    assertThat(answer(Step.DIRECTORY, Map.of("action", "anyway"))).isEqualTo("/steps/mail");
    assertThat(browser.get("/summary").body()).contains("Die Probe ist misslungen: Verzeichnis");
  }

  @Test
  void saysAtEachAnswerWhatIsWrongAndLosesNone() throws Exception {
    assertThat(
            answer(
                Step.DISTRICT,
                Map.of(
                    "organization",
                    "Landkreis ${evil}",
                    "public-base-url",
                    "https://user:pw@pki.example/x",
                    "validation-base-url",
                    "https://pki.example",
                    "pages-port",
                    "70000",
                    "contact-mail",
                    "<script>")))
        .isEqualTo("/steps/district");
    String page = page(Step.DISTRICT);
    assertThat(page)
        .contains("Platzhalter")
        .contains("value=\"Landkreis ${evil}\"")
        .contains("value=\"https://user:pw@pki.example/x\"")
        .contains("Eine Adresse wie http://")
        .contains("Eine Zahl von 1 bis 65535.")
        .contains("aria-invalid=\"true\"")
        .doesNotContain("<script>\"");
    assertThat(answer(Step.DIRECTORY, Map.of("directory-url", "ldap://far.example")))
        .isEqualTo("/steps/directory");
    assertThat(page(Step.DIRECTORY)).contains("unverschlüsselt über das Netz");
    assertThat(answer(Step.DATABASE, Map.of("database", "own", "database-url", "jdbc:h2:mem:")))
        .isEqualTo("/steps/database");
    assertThat(page(Step.DATABASE)).contains("Eine Adresse wie jdbc:postgresql://");
    assertThat(answer(Step.DISTRICT, Map.of("organization", "x".repeat(65))))
        .isEqualTo("/steps/district");
    assertThat(page(Step.DISTRICT)).contains("Höchstens 64 Zeichen.");
    assertThat(browser.get("/summary").body())
        .contains("data-testid=\"not-ready\"")
        .doesNotContain("data-testid=\"write\"");
    assertThat(browser.plainPost("/summary", Map.of("_csrf", browser.token("/steps/mail"))).body())
        .contains("Es wurde nichts geschrieben");
    assertThat(data.resolve("kreissiegel.yaml")).doesNotExist();
  }

  @Test
  void goesBackWithoutLossAndSpeaksEnglish() throws Exception {
    district();
    assertThat(answer(Step.DATABASE, Map.of("database", "own", "action", "back")))
        .isEqualTo("/steps/district");
    assertThat(SetupBrowser.fields(page(Step.DATABASE))).containsEntry("database", "own");
    assertThat(browser.get("/steps/database?lang=en").body())
        .contains("PostgreSQL of our own")
        .contains("This is missing.");
  }

  @Test
  void takesAMappingToChangeItAndSaysWhatIsWrongWithIt() throws Exception {
    var answers = new HashMap<>(directoryAnswers("x"));
    answers.put("mapping", "openldap");
    answers.put("action", "mapping");
    district();
    answer(Step.DIRECTORY, answers);
    var fields = SetupBrowser.fields(page(Step.DIRECTORY));
    assertThat(fields).containsEntry("mapping", "own");
    assertThat(fields.get("mapping-text")).contains("id: entryUUID");
    answer(Step.DIRECTORY, Map.of("mapping-text", "schema: 1\nwhat: is this\n"));
    assertThat(page(Step.DIRECTORY)).contains("So wird die Abbildung nicht angenommen");
  }

  @Test
  void holdsThePlanAgainstTheReaderOfTheCeremony() throws Exception {
    untilKeys();
    answer(Step.KEYS, Map.of("root-token", "safe"));
    assertThat(page(Step.KEYS))
        .contains("So würde die Zeremonie den Plan nicht annehmen")
        .contains("belongs on the token safe");
    answer(Step.KEYS, Map.of("root-token", "", "root-years", "9"));
    assertThat(page(Step.KEYS)).contains("a root authority ends after 6 years");
    answer(Step.KEYS, Map.of("root-years", "6", "issuing.0.name", "persons"));
    assertThat(page(Step.KEYS)).contains("je eine Stelle mit dem Kurznamen");
    var people = new HashMap<>(SetupAnswers.people());
    people.put("threshold", "4");
    people.put("people.5.role", "custodian");
    answer(Step.PEOPLE, people);
    assertThat(page(Step.PEOPLE))
        .contains("genau eine Leitung")
        .contains("mindestens zwei Personen als erste Registrierungsstellen");
  }

  @Test
  void plansKeysOnTokens() throws Exception {
    untilKeys();
    assertThat(
            answer(
                Step.KEYS,
                Map.of(
                    "root-token", "safe",
                    "issuing.0.token", "network",
                    "tokens.0.name", "safe",
                    "tokens.0.library", "/usr/lib/softhsm/libsofthsm2.so",
                    "tokens.0.label", "root",
                    "tokens.1.name", "network",
                    "tokens.1.library", "/usr/lib/softhsm/libsofthsm2.so",
                    "tokens.1.label", "daily",
                    "tokens.1.pin-file", "/etc/kreissiegel/hsm.pin")))
        .as(page(Step.KEYS))
        .isEqualTo("/steps/people");
  }

  @Test
  void sendsATrialMailAndSaysWhyItCant() throws Exception {
    var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    district();
    var mail =
        Map.of(
            "mail", "yes",
            "mail-host", "127.0.0.1",
            "mail-port", Integer.toString(smtp.getSmtp().getPort()),
            "mail-encryption", "none",
            "mail-from", "pki@localhost.example",
            "mail-trial-to", "betrieb@hassberge.example",
            "action", "try");
    try {
      answer(Step.MAIL, mail);
      assertThat(page(Step.MAIL)).contains("angenommen");
      assertThat(smtp.getReceivedMessages()[0].getSubject()).isEqualTo("Probe von Kreissiegel");
    } finally {
      smtp.stop();
    }
    answer(Step.MAIL, mail);
    assertThat(page(Step.MAIL)).contains("ließ sich nicht senden");
    answer(Step.MAIL, Map.of("mail-host", "mail.far.example"));
    assertThat(page(Step.MAIL)).contains("unverschlüsselt über das Netz");
  }

  @Test
  void readsTheFingerprintFromAnOfficersRequest() throws Exception {
    untilKeys();
    var officer = SetupAnswers.Officer.make("Jürgen Weiß");
    var people = new HashMap<>(SetupAnswers.people());
    people.put("officers.0.name", officer.name());
    browser.upload(
        "/steps/people",
        people,
        "officers.0.request",
        officer.request().getBytes(StandardCharsets.US_ASCII));
    assertThat(SetupBrowser.fields(page(Step.PEOPLE)))
        .containsEntry("officers.0.key", officer.fingerprint());
    browser.upload(
        "/steps/people",
        people,
        "officers.0.request",
        officer.request().replace('A', 'B').getBytes(StandardCharsets.US_ASCII));
    assertThat(page(Step.PEOPLE)).contains("Das ist keine gültige Anforderung");
  }

  @Test
  void writesWhatTheReadersTakeAndACeremonyRunsFromIt() throws Exception {
    var first = SetupAnswers.Officer.make("Jürgen Weiß");
    var second = SetupAnswers.Officer.make("Ayşe Yılmaz");
    untilSummary(first, second);
    assertThat(browser.get("/checklist").statusCode()).isEqualTo(404);
    assertThat(browser.get("/summary").body()).contains("Die Adresse http://localhost:8080 steht");
    assertThat(SetupBrowser.to(browser.post("/summary", Map.of()))).isEqualTo("/checklist");

    try (Stream<Path> files = Files.walk(data)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> data.relativize(file).toString())
                  .sorted())
          .containsExactly(
              "checklist.txt",
              "kreissiegel-data",
              "kreissiegel.service",
              "kreissiegel.yaml",
              "lock",
              "plan.yaml",
              "secrets/database-password",
              "secrets/directory-password");
    }
    for (String secret : List.of("database-password", "directory-password")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("secrets").resolve(secret))))
          .isEqualTo("rw-------");
    }
    InstallationCheck.require(data.resolve("kreissiegel.yaml"));
    Path plan = data.resolve("plan.yaml");
    assertThat(PlanCheck.wrong(plan, Instant.now(), Locale.GERMAN)).isEmpty();
    assertThat(Files.readString(data.resolve("kreissiegel.yaml")))
        .doesNotContain(directory.passwords().service());
    String checklist = browser.get("/checklist").body();
    assertThat(checklist)
        .contains(
            "./kreissiegel ceremony init --plan " + plan + " --data " + data,
            "./kreissiegel start --config " + data.resolve("kreissiegel.yaml"),
            first.fingerprint(),
            "Hans-Jörg Müller-Lüdenscheidt: Zeugin oder Zeuge");
    assertThat(Files.readString(data.resolve("checklist.txt")))
        .contains("[ ] ", "Die erste Anmeldung", "settings consent --data " + data);
    assertThat(SetupBrowser.to(browser.get("/steps/keys"))).isEqualTo("/checklist");
    assertThat(
            SetupBrowser.to(
                browser.plainPost("/steps/keys", Map.of("_csrf", browser.token("/checklist")))))
        .isEqualTo("/checklist");
    assertThatThrownBy(() -> new RunningSetup(data, Clock.systemUTC()))
        .isInstanceOf(SetupRefused.class);

    var end = browser.plainPost("/finish", Map.of("_csrf", browser.token("/checklist")));
    assertThat(end.body()).contains("Der Assistent ist beendet");
    running.setup.await();

    SetupAnswers.ceremony(folder, data);
    assertThat(FirstOfficers.read(data.resolve("trust"))).hasSize(2);
    assertThat(data.resolve("vault/vault.yaml")).exists();
  }

  @Test
  void plansAHouseUnderASuperiorThatIsNotOurs() throws Exception {
    untilKeys();
    assertThat(
            answer(
                Step.KEYS,
                Map.of(
                    "superior",
                    "external",
                    "signer-socket",
                    data.resolve("run/signer.sock").toString())))
        .as(page(Step.KEYS))
        .isEqualTo("/steps/people");
    var people = new HashMap<>(SetupAnswers.people());
    int number = 0;
    for (String name : List.of("Jürgen Weiß", "Ayşe Yılmaz")) {
      var officer = SetupAnswers.Officer.make(name);
      people.put("officers." + number + ".name", officer.name());
      people.put("officers." + number + ".key", officer.fingerprint());
      number++;
    }
    answer(Step.PEOPLE, people);
    assertThat(browser.get("/summary").body())
        .contains("Eine fremde Stelle, etwa der Verwaltungs-PKI")
        .doesNotContain("Name der Wurzel");
    browser.post("/summary", Map.of());
    Path plan = data.resolve("plan.yaml");
    assertThat(PlanCheck.wrong(plan, Instant.now(), Locale.GERMAN)).isEmpty();
    assertThat(Files.readString(plan)).contains("superior: external").doesNotContain("root");
    assertThat(Files.readString(data.resolve("checklist.txt")))
        .contains(
            "ceremony external-request --data " + data + " --name people --deadline",
            "ceremony external-install --data " + data + " --name devices --chain",
            "Wenn die fremde Stelle geantwortet hat")
        .doesNotContain("Blatt mit dem Fingerabdruck der Wurzel");
  }

  @Test
  void tellsInThePlanWhichFingerprintIsStillMissing() throws Exception {
    var first = SetupAnswers.Officer.make("Jürgen Weiß");
    untilSummary(first, new SetupAnswers.Officer("Ayşe Yılmaz", "", "", first.pair()));
    assertThat(browser.get("/summary").body()).contains("fehlt der Fingerabdruck");
    browser.post("/summary", Map.of());
    Path plan = data.resolve("plan.yaml");
    assertThat(PlanCheck.wrong(plan, Instant.now(), Locale.GERMAN))
        .singleElement()
        .asString()
        .contains("officers 2", "64 hexadecimal digits");
    Files.writeString(
        plan, Files.readString(plan).replace("MISSING", "a".repeat(64)), StandardCharsets.UTF_8);
    assertThat(PlanCheck.wrong(plan, Instant.now(), Locale.GERMAN)).isEmpty();
    assertThat(browser.get("/checklist").body()).contains("statt MISSING ein");
  }
}
