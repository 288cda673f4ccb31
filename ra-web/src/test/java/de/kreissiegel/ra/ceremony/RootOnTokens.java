package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.ceremony.KeyShare;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.HsmConfig;
import de.kreissiegel.hsm.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A program of its own, for SoftHSM2 reads the environment of its process. {@code play FOLDER
 * LIBRARY}: a root on the token {@code first} is rolled over to the token {@code second}, broken
 * off at each step before, and ended. {@code move FOLDER LIBRARY}: a root on the software token
 * goes on to the token {@code third}. {@code halt FOLDER LIBRARY}: the same, and the power fails in
 * the middle; {@code go-on FOLDER LIBRARY} holds it again. What it sees it writes to a file in the
 * folder.
 */
final class RootOnTokens {
  static final String PIN = "8765-initial-pin";
  private static final AuthorityName ROOT = new AuthorityName("root");
  private static final AuthorityName PEOPLE = new AuthorityName("people");
  private static final AuthorityName DEVICES = new AuthorityName("devices");

  /** Each question of a rollover where somebody may break it off. */
  private static final List<String> QUESTIONS =
      List.of(
          "tokens.confirm",
          "keys.confirm",
          "shares.confirm",
          "share-root-2",
          "links.confirm",
          "share-root",
          "retire.confirm",
          "close.confirm");

  private final Path folder;
  private final Path library;
  private final Rehearsal rehearsal;
  private final Place place;
  private final List<String> seen = new ArrayList<>();

  private RootOnTokens(Path folder, Path library) throws Exception {
    this.folder = folder;
    this.library = library;
    this.rehearsal = new Rehearsal(folder, Clock.systemUTC());
    this.place = new Place(rehearsal.data);
  }

  public static void main(String[] arguments) throws Exception {
    var program = new RootOnTokens(Path.of(arguments[1]), Path.of(arguments[2]));
    switch (arguments[0]) {
      case "play" -> program.play();
      case "move" -> program.move();
      case "halt" -> program.halt();
      default -> program.goOn();
    }
    Files.write(program.folder.resolve("seen.txt"), program.seen);
    Files.writeString(program.folder.resolve("said.txt"), program.rehearsal.said.toString());
  }

  private void play() throws Exception {
    Files.writeString(
        rehearsal.plan(),
        Files.readString(rehearsal.plan()).replace("Root CA 1}", "Root CA 1, token: safe}")
            + "tokens: [{name: safe, library: %1$s, label: first, pin-file: %2$s/pin, so-pin-file: %2$s/so-pin}]\n"
                .formatted(library, folder));
    note(
        "init",
        ready().readBack(".ceremony/shares").ceremonies(Locale.GERMAN).init(rehearsal.plan()));
    refused(Optional.empty());
    refused(Optional.of(token("safe-2", "first")));
    refused(Optional.of(token("safe-2", "card")));
    refused(Optional.of(token("safe-2", "nowhere")));
    breakOffEverywhere();
    note("roll-over", led().rollOver(ROOT, now(), plain(), Optional.of(token("safe-2", "second"))));
    note("renew-crl", again("root").renewCrl(Optional.of(ROOT), List.of(), 0));
    note("renew-crl", again("root-2").renewCrl(List.of(), 0));
    note("roll-over", again("root-2").rollOver(PEOPLE, now(), plain()));
    note("roll-over", again("root-2").rollOver(DEVICES, now(), plain()));
    Rehearsal.copy(place.authorities(), folder.resolve("authorities"));
    rehearsal.answer("backup-place", "").answer("by", "Dr. Käthe Größl");
    rehearsal.answer("share-destroyed", "ja");
    for (AuthorityName one : List.of(PEOPLE, DEVICES)) {
      Path list = folder.resolve(one + ".crl");
      Files.write(list, PublishedList.of(place, one.value()).toArray());
      note("terminate", again().terminate(one, Optional.of(list)));
    }
    note("terminate", again("root").terminate(ROOT, Optional.empty()));
    note("renew-crl", again("root-2").renewCrl(List.of(), 0));
    seen.add("first empty: " + isEmpty("first", rootSecret()));
  }

  /** The secret of the first root's shares, as its token's PIN until the end. */
  private char[] rootSecret() throws Exception {
    var shares = new ArrayList<KeyShare>();
    for (int number : new int[] {1, 3}) {
      Path file = place.shares().resolve(number + "-root.txt");
      shares.add(KeyShare.read(Files.readString(file).strip()));
    }
    try (Vault vault = LaterCeremoniesTest.open(place);
        ActivationSecret secret =
            ActivationSecret.combine(
                shares, KeyShare.vaultId(vault.ceremonyPublicKey()), new KeyId("root"))) {
      return secret.passphrase();
    }
  }

  private void move() throws Exception {
    note("init", rehearsal.init());
    try {
      Path unused =
          led()
              .rollOver(
                  ROOT,
                  now(),
                  plain(),
                  Optional.of(
                      new RootToken(
                          "safe", "third", Optional.empty(), Optional.empty(), Optional.empty())));
      throw new AssertionError("not refused: " + unused);
    } catch (CeremonyFailed failed) {
      seen.add("refused: " + failed.getMessage());
    }
    rehearsal.answer("pin-safe", PIN).answer("so-pin-safe", "");
    rehearsal.answer("so-holder-safe", "ISB des Landkreises");
    note(
        "roll-over",
        led()
            .rollOver(
                ROOT,
                now(),
                plain(),
                Optional.of(
                    new RootToken(
                        "safe",
                        "third",
                        Optional.of(library),
                        Optional.empty(),
                        Optional.empty()))));
    note("renew-crl", again("root").renewCrl(Optional.of(ROOT), List.of(), 0));
    note("renew-crl", again("root-2").renewCrl(List.of(), 0));
    note("roll-over", again("root-2").rollOver(PEOPLE, now(), plain()));
    rehearsal.answer("backup-place", "").answer("by", "Dr. Käthe Größl");
    rehearsal.answer("share-destroyed", "ja");
    note("destroy", again("root").destroy(new KeyId("root")));
    refused(Optional.empty());
    rehearsal.answer("medium", "USB-Stift 1");
    note("back-up", again().backUp(folder.resolve("backup")));
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(rehearsal.data, elsewhere);
    for (String key : List.of("operational", "ceremony", "root-2")) {
      rehearsal.answer("share-" + key, Rehearsal.shares(elsewhere + "/shares", key, 2, 3));
    }
    Ceremonies restoring = ready().ceremonies(Locale.GERMAN);
    note("restore", restoring.restore(folder.resolve("backup"), Optional.empty()));
    Rehearsal.copy(elsewhere.resolve("shares"), rehearsal.data.resolve("shares"));
    note("renew-crl", again("root-2").renewCrl(List.of(), 0));
    leftInTheSafe();
  }

  /** The token isn't found any more: nobody is asked for a share of it. */
  private void leftInTheSafe() throws Exception {
    Path sheet = place.vault().resolve("vault.yaml");
    Files.writeString(sheet, Files.readString(sheet).replace("\"third\"", "\"nowhere\""));
    try {
      Path unused = ready().given("ceremony").ceremonies(Locale.GERMAN).renewCrl(List.of(), 0);
      throw new AssertionError("not refused: " + unused);
    } catch (CeremonyFailed failed) {
      seen.add("refused: " + failed.getMessage());
    }
  }

  private void halt() throws Exception {
    note("init", rehearsal.init());
    Ceremonies unused = led();
    var random = new SecureRandom();
    Path record =
        new Ceremonies(
                rehearsal.data,
                new HaltingDialogue(folder.resolve("script.yaml"), "roll-over.close.confirm"),
                Locale.GERMAN,
                false,
                VaultAccess.inProcess(Clock.systemUTC(), random),
                Clock.systemUTC(),
                random)
            .rollOver(ROOT, now(), plain(), Optional.of(third()));
    throw new AssertionError("no power failure: " + record);
  }

  /** A script that somebody pulls the plug on. */
  private final class HaltingDialogue implements Dialogue {
    private final Dialogue script;
    private final String at;

    HaltingDialogue(Path script, String at) throws Exception {
      this.script = new ScriptedDialogue(script, rehearsal.data, new PrintWriter(rehearsal.said));
      this.at = at;
    }

    @Override
    public void tell(String text) {
      script.tell(text);
    }

    @Override
    public String ask(String id, String question, boolean hidden) throws CeremonyAborted {
      if (id.equals(at)) {
        Runtime.getRuntime().halt(0);
      }
      return script.ask(id, question, hidden);
    }

    @Override
    public boolean scripted() {
      return true;
    }
  }

  private void goOn() throws Exception {
    seen.add("keys: " + keys().keySet());
    note("roll-over", led().rollOver(ROOT, now(), plain(), Optional.of(third())));
    note("renew-crl", again("root").renewCrl(Optional.of(ROOT), List.of(), 0));
    note("roll-over", again("root-2").rollOver(PEOPLE, now(), plain()));
  }

  private RootToken third() {
    return new RootToken(
        "safe",
        "third",
        Optional.of(library),
        Optional.of(folder.resolve("pin")),
        Optional.of(folder.resolve("so-pin")));
  }

  private void breakOffEverywhere() throws Exception {
    Map<String, String> before = files();
    for (String question : QUESTIONS) {
      Ceremonies led = led("roll-over." + question);
      try {
        Path unused = led.rollOver(ROOT, now(), plain(), Optional.of(token("safe-2", "second")));
        throw new AssertionError("not broken off: " + unused);
      } catch (CeremonyAborted aborted) {
        seen.add("broken off at %s: %s".formatted(question, left(before)));
      }
      rehearsal.answers.remove("roll-over." + question);
    }
    // The token takes no wrong PIN of its security officer, and the user's is as it was.
    Files.writeString(folder.resolve("wrong"), "wrong-so-pin\n");
    try {
      Path unused =
          led()
              .rollOver(
                  ROOT,
                  now(),
                  plain(),
                  Optional.of(
                      new RootToken(
                          "safe-2",
                          "second",
                          Optional.empty(),
                          Optional.of(folder.resolve("pin")),
                          Optional.of(folder.resolve("wrong")))));
      throw new AssertionError("not refused: " + unused);
    } catch (CeremonyFailed failed) {
      seen.add("broken off by a wrong PIN: " + left(before));
    }
  }

  /** What is not as it was: nothing. */
  private List<String> left(Map<String, String> before) throws Exception {
    List<String> left = new ArrayList<>();
    files()
        .forEach(
            (file, content) -> {
              if (!content.equals(before.get(file))) {
                left.add(file);
              }
            });
    if (!isEmpty("second", PIN.toCharArray())) {
      left.add("a key");
    }
    // The security officer's PIN of before is taken.
    char[] officer = SoftHsmTokens.SO_PIN.toCharArray();
    hsm("second").replaceOfficerPin(officer, officer);
    if (Files.exists(place.workshop().root())) {
      left.add("a workshop");
    }
    if (keys().containsKey("root-2")) {
      left.add("root-2");
    }
    return left;
  }

  /** What a ceremony that breaks off leaves as it is: all but journal and lock. */
  private Map<String, String> files() throws Exception {
    var files = new TreeMap<String, String>();
    for (Path folder :
        List.of(
            place.vault().resolve("keys"), place.authorities(), place.trust(), place.shares())) {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path file : all.filter(one -> !one.toString().endsWith(".sig")).toList()) {
          files.put(file.toString(), Digest.sha256(Files.readAllBytes(file)).toHex());
        }
      }
    }
    Path sheet = place.vault().resolve("vault.yaml");
    files.put(sheet.toString(), Files.readString(sheet));
    return files;
  }

  private Map<String, VaultKey.State> keys() throws Exception {
    var keys = new TreeMap<String, VaultKey.State>();
    try (Vault vault = LaterCeremoniesTest.open(place)) {
      vault.keys().forEach(key -> keys.put(key.id().value(), key.state()));
    }
    return keys;
  }

  private boolean isEmpty(String label, char[] pin) {
    try {
      hsm(label).requireEmpty(pin);
      return true;
    } catch (IOException notEmpty) {
      seen.add(notEmpty.getMessage());
      return false;
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private HsmConfig hsm(String label) {
    return new HsmConfig("any", library, label, Optional.empty());
  }

  private RootToken token(String name, String label) {
    return new RootToken(
        name,
        label,
        Optional.empty(),
        Optional.of(folder.resolve("pin")),
        Optional.of(folder.resolve("so-pin")));
  }

  private void refused(Optional<RootToken> token) throws Exception {
    AuthorityName line =
        AuthorityFiles.read(place.authorities()).lines().stream()
            .filter(one -> one.isRoot())
            .findFirst()
            .orElseThrow()
            .name();
    try {
      Path unused = led().rollOver(line, now(), plain(), token);
      throw new AssertionError("not refused: " + unused);
    } catch (CeremonyFailed failed) {
      seen.add("refused: " + failed.getMessage());
    }
  }

  private static Optional<Instant> now() {
    return Optional.empty();
  }

  private static Optional<KeyAlgorithm> plain() {
    return Optional.empty();
  }

  private Rehearsal ready() {
    return rehearsal.confirmed(9);
  }

  /** A rollover, broken off at these questions. */
  private Ceremonies led(String... brokenOff) throws Exception {
    ready().given("ceremony", "root");
    rehearsal.answer("share-root-2", Rehearsal.shares(".ceremony/shares", "root-2", 1, 2, 3));
    for (String question : brokenOff) {
      rehearsal.answer(question, "abbruch");
    }
    return rehearsal.ceremonies(Locale.GERMAN);
  }

  private Ceremonies again(String... keys) throws Exception {
    return ready().given("ceremony").given(keys).ceremonies(Locale.GERMAN);
  }

  private void note(String act, Path record) throws Exception {
    List<String> wrong =
        new RecordCheck(record, place.trust().resolve("ceremony.pem"))
            .signatures()
            .inJournal(place.vault().resolve("journal"), place.trust().resolve("journal.pem"))
            .wrong();
    seen.add(act + " " + wrong);
    String json = Files.readString(record.resolve("record.json"));
    Files.writeString(folder.resolve(seen.size() + "-" + act + ".json"), json);
  }
}
