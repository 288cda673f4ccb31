package de.kreissiegel.ra.ceremony;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.process.SignerProcess;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A program of its own, for SoftHSM2 reads the environment of its process. {@code play FOLDER
 * LIBRARY}: all keys of a rehearsal are made on the tokens {@code daily}, {@code root} and {@code
 * ceremony}, and every ceremony but the last is held. {@code end FOLDER}: the root is destroyed.
 * {@code cards FOLDER LIBRARY}: shares are handed out on the cards {@code card 1} to {@code card
 * 3}, and open the root. What it sees it writes to files in the folder.
 */
final class CeremoniesOnTokens {
  private static final String COMMON_NAME = "PROBE Haßberge Verwaltungs-CA";
  private static final String CARD_PIN = "4711-card";
  private static final KeyId ROOT = new KeyId("root");
  private static final KeyId PEOPLE = new KeyId("people");
  private static final KeyId OCSP = new KeyId("ocsp-people");

  private final Path folder;
  private final Rehearsal rehearsal;
  private final Place place;
  private final List<String> seen = new ArrayList<>();

  private CeremoniesOnTokens(Path folder) throws Exception {
    this.folder = folder;
    this.rehearsal = new Rehearsal(folder, Clock.systemUTC());
    this.place = new Place(rehearsal.data);
  }

  public static void main(String[] arguments) throws Exception {
    var program = new CeremoniesOnTokens(Path.of(arguments[1]));
    switch (arguments[0]) {
      case "play" -> program.play(arguments[2]);
      case "cards" -> program.cards(arguments[2]);
      default -> program.end();
    }
    Files.write(program.folder.resolve(arguments[0] + "-seen.txt"), program.seen);
    Files.writeString(
        program.folder.resolve(arguments[0] + "-said.txt"), program.rehearsal.said.toString());
  }

  private void play(String library) throws Exception {
    String usual = Files.readString(rehearsal.plan());
    Files.writeString(rehearsal.plan(), plan(usual, library));
    breakOff();
    note(
        "init",
        rehearsal
            .confirmed(6)
            .readBack(".ceremony/shares")
            .ceremonies(Locale.GERMAN)
            .init(rehearsal.plan()));
    try (Signer signer = new Signer(place)) {
      serve(signer.remote);
    }
    note("renew-crl", again("ceremony", "root").renewCrl(List.of(), 0));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), requests());
    KeyId second = new KeyId("verwaltung");
    note(
        "make-key",
        again("ceremony").makeKey(second, KeyAlgorithm.ECDSA_P384, policy, Optional.of("network")));
    rehearsal.answer("handed", "Frau Süß, Landesamt");
    note(
        "external-request",
        again("ceremony")
            .requestFromSuperior(
                new AuthorityName("verwaltung"), second, COMMON_NAME, LocalDate.of(2027, 1, 31)));
    Files.writeString(policy, "ocsp:\n  clock-tolerance: PT5M\n  longest-validity: P1D\n");
    note("change-policy", again("ceremony").changePolicy(second, policy));
    rehearsal.answer("medium", "USB-Stift 1");
    note("back-up", again("ceremony").backUp(folder.resolve("backup")));
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(rehearsal.data, elsewhere);
    for (String key : List.of("operational", "ceremony", "root")) {
      rehearsal.answer("share-" + key, Rehearsal.shares(elsewhere + "/shares", key, 2, 3));
    }
    note(
        "restore",
        rehearsal
            .confirmed(5)
            .ceremonies(Locale.GERMAN)
            .restore(folder.resolve("backup"), Optional.empty()));
    Rehearsal.copy(elsewhere.resolve("shares"), rehearsal.data.resolve("shares"));
    try (Signer signer = new Signer(place)) {
      seen.add("restored vault signs: " + certificate(signer.remote).length);
    }
    rehearsal.answer("backup-place", "");
    note("destroy", again("ceremony").destroy(second));
  }

  private static String requests() {
    return "certification-requests:\n  subject: %s\n  extensions: []\n"
        .formatted(
            Base64.getEncoder()
                .encodeToString(
                    AuthorityNames.encoded("Landkreis Haßberge", COMMON_NAME).toArray()));
  }

  private void end() throws Exception {
    rehearsal.answer("backup-place", "").answer("by", "Dr. Käthe Größl");
    rehearsal.answer("share-destroyed", "ja");
    note("destroy", again("ceremony", "root").destroy(ROOT));
  }

  private void cards(String library) throws Exception {
    String plan = Files.readString(rehearsal.plan());
    plan = plan.replace("medium: file", "medium: card, library: " + library);
    for (int i = 1; i <= 3; i++) {
      plan = plan.replaceFirst("role: custodian}", "role: custodian, card: card " + i + "}");
    }
    Files.writeString(rehearsal.plan(), plan);
    rehearsal.confirmed(5).answer("card-pin", List.of("wrong", CARD_PIN));
    note("init", rehearsal.ceremonies(Locale.GERMAN).init(rehearsal.plan()));
    // A number that nobody has, a card under a wrong PIN, and one that was given already.
    rehearsal.answer("share-ceremony", List.of("7", "2", "2", "3"));
    rehearsal.answer("card-pin", List.of("wrong", CARD_PIN));
    rehearsal.answer("share-root", List.of("1", "3"));
    note("renew-crl", rehearsal.confirmed(5).ceremonies(Locale.GERMAN).renewCrl(List.of(), 0));
    rehearsal.answer("card-pin", "wrong");
    try {
      Path record = rehearsal.confirmed(5).ceremonies(Locale.GERMAN).renewCrl(List.of(), 0);
      throw new AssertionError("not refused: " + record);
    } catch (CeremonyAborted aborted) {
      seen.add("aborted after wrong PINs");
    }
  }

  /** The tokens get back what they had, so that it can be begun again. */
  private void breakOff() throws Exception {
    rehearsal.confirmed(6).readBack(".ceremony/shares").answer("init.close.confirm", "abbruch");
    try {
      Path record = rehearsal.ceremonies(Locale.GERMAN).init(rehearsal.plan());
      throw new AssertionError("not broken off: " + record);
    } catch (CeremonyAborted aborted) {
      seen.add("broken off");
    }
    rehearsal.answers.remove("init.close.confirm");
  }

  private String plan(String plan, String library) {
    return plan.replace("Root CA 1}", "Root CA 1, token: safe}")
            .replace("Personen CA 1}", "Personen CA 1, token: network, ocsp-token: network}")
            .replace("Geräte CA 1}", "Geräte CA 1, token: network, ocsp-token: network}")
        + """
        ceremony: {token: quorum}
        journal: {token: network}
        audit: {token: network}
        tokens:
          - {name: network, library: %1$s, label: daily, pin-file: %2$s/pin}
          - {name: safe, library: %1$s, label: root, pin-file: %2$s/initial-pin, so-pin-file: %2$s/so-pin}
          - {name: quorum, library: %1$s, label: ceremony, pin-file: %2$s/initial-pin, so-pin-file: %2$s/so-pin}
        """
            .formatted(library, folder);
  }

  private Ceremonies again(String... keys) throws Exception {
    return rehearsal.confirmed(5).given(keys).ceremonies(Locale.GERMAN);
  }

  private void note(String act, Path record) throws Exception {
    List<String> wrong =
        new RecordCheck(record, place.trust().resolve("ceremony.pem"))
            .signatures()
            .inJournal(place.vault().resolve("journal"), place.trust().resolve("journal.pem"))
            .wrong();
    seen.add(act + " " + wrong);
    Files.copy(record.resolve("record.json"), folder.resolve(act + ".json"), REPLACE_EXISTING);
  }

  private void serve(RemoteSigner signer) throws Exception {
    Files.write(folder.resolve("responder.cer"), certificate(signer));
    seen.add(
        "signer's keys: " + signer.keys().stream().map(key -> key.id().value()).sorted().toList());
    for (KeyId inner : List.of(ROOT, new KeyId("ceremony"))) {
      try {
        Bytes octets =
            Bytes.of(
                AuthorityFiles.read(place.authorities())
                    .get(new AuthorityName("people"))
                    .certificate()
                    .toArray());
        var unused =
            signer.sign(
                new SignRequest(UUID.randomUUID(), inner, SignedStructure.CERTIFICATE, octets));
        seen.add(inner + " signs");
      } catch (SigningRefused refused) {
        seen.add(inner + " refused: " + refused.reason());
      }
    }
  }

  private byte[] certificate(RemoteSigner signer) throws Exception {
    X509Certificate people =
        Papers.parse(
            AuthorityFiles.read(place.authorities())
                .get(new AuthorityName("people"))
                .certificate());
    var certificate =
        new ResponderCertificate(
            "people",
            people,
            key(signer, PEOPLE).signatureAlgorithm(),
            key(signer, OCSP).publicKey());
    return certificate.with(
        signer
            .sign(
                new SignRequest(
                    UUID.randomUUID(),
                    PEOPLE,
                    SignedStructure.CERTIFICATE,
                    certificate.toBeSigned()))
            .signature());
  }

  private static VaultKey key(RemoteSigner signer, KeyId id) throws Exception {
    return signer.keys().stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
  }

  /** The signer as a process of its own, on the vault that the ceremonies made. */
  private static final class Signer implements AutoCloseable {
    private static final List<String> OF_SIGNER =
        List.of(
            "hsm-adapter",
            "/bcprov-",
            "/bcpkix-",
            "/bcutil-",
            "/AmazonCorrettoCryptoProvider-",
            "/snakeyaml-engine-",
            "/jspecify-");

    private final Process process;
    private final RemoteSigner remote;

    Signer(Place place) throws Exception {
      Path socket = place.root().resolve("run").resolve("signer.sock");
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  ofSigner(),
                  SignerProcess.class.getName(),
                  "--vault",
                  place.vault().toString(),
                  "--socket",
                  socket.toString(),
                  "--passphrase-file",
                  place.passphrase().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String line = process.inputReader().readLine();
      if (!"signer ready".equals(line)) {
        process.destroyForcibly();
        throw new IllegalStateException("the signer says " + line);
      }
      remote = new RemoteSigner(socket, Duration.ofSeconds(30));
    }

    /** What the signer has on its class path where it is installed, and nothing of the web's. */
    private static String ofSigner() {
      return Arrays.stream(System.getProperty("java.class.path").split(":"))
          .filter(part -> OF_SIGNER.stream().anyMatch(part::contains))
          .collect(Collectors.joining(":"));
    }

    @Override
    public void close() throws Exception {
      remote.close();
      process.destroy();
      process.waitFor();
    }
  }
}
