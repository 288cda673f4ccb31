package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CanonicalJson;
import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Policy;
import de.kreissiegel.hsm.ceremony.Seal;
import de.kreissiegel.hsm.ceremony.VaultBackup;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Closes a ceremony: the record is signed, drawn on paper, and put where records lie. */
final class Archive {
  static final String RECORD = "record.json";
  static final String SIGNATURE = ".sig";
  static final String RECEIPT = "record.journal.json";
  static final String KEY = "ceremony.pem";
  private static final Pattern POLICY_OF = Pattern.compile("(?m)^key: (\\S+)$");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Room room;
  private final SecureRandom random;

  Archive(Room room, SecureRandom random) {
    this.room = room;
    this.random = random;
  }

  /**
   * Writes all of it; the ceremony's key must be active.
   *
   * @param ceremonies where records lie
   * @param papers what else belongs to it, by file name
   * @return the record's folder
   */
  Path close(OpenVault open, Path ceremonies, Map<String, byte[]> papers)
      throws IOException, SigningUnavailable, SigningRefused {
    Vault vault = open.vault();
    for (JournalRecord entry : JournalEnd.since(vault, open.before().entries())) {
      if (entry.structure() == SignedStructure.KEY_POLICY) {
        entry.toBeSigned().ifPresent(this::policy);
      }
    }
    CeremonyRecord record =
        room.minutes()
            .record(room, open.id(), open.before(), JournalEnd.of(vault, vault.journalPublicKey()));
    Bytes json = record.encoded();
    Signed signed = sign(vault, json);
    var files = new TreeMap<String, byte[]>(papers);
    files.put(RECORD, json.toArray());
    files.put(RECORD + SIGNATURE, signed.signature().toArray());
    files.put(
        RECEIPT,
        CanonicalJson.write(
            Map.of("entry", signed.journalIndex(), "hash", signed.entryHash().toHex())));
    files.put(KEY, Pem.publicKey(vault.ceremonyPublicKey()).getBytes(StandardCharsets.US_ASCII));
    files.put("record.pdf", new RecordPaper(room.words()).write(record, signed));
    Bytes sums = sums(files);
    Bytes seal = Seal.over(sums);
    files.put(VaultBackup.SUMS, sums.toArray());
    files.put(Seal.FILE, seal.toArray());
    files.put(Seal.SIGNATURE, sign(vault, seal).signature().toArray());
    return write(ceremonies, files);
  }

  private Path write(Path ceremonies, Map<String, byte[]> files) throws IOException {
    Place.folder(ceremonies);
    String name = name(room, ceremonies);
    Path beside = ceremonies.resolve("." + name);
    Place.clear(beside);
    Place.folder(beside);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Place.write(beside.resolve(file.getKey()), file.getValue());
    }
    Path folder = ceremonies.resolve(name);
    Place.move(beside, folder);
    return folder;
  }

  /**
   * What the record of the ceremony in that room will be called. Two may begin within a second, one
   * after the other; the vault's lock keeps them from doing so side by side.
   *
   * @param ceremonies where records lie
   */
  static String name(Room room, Path ceremonies) {
    String stamp = STAMP.format(room.minutes().begun);
    String name = stamp + "-" + room.act();
    for (int i = 2; Files.exists(ceremonies.resolve(name)); i++) {
      name = stamp + "-" + i + "-" + room.act();
    }
    return name;
  }

  /**
   * Whether the hierarchy that these records tell of was made in a rehearsal; then all that follows
   * is one.
   *
   * @param ceremonies where records lie
   */
  static boolean rehearsed(Path ceremonies) throws IOException {
    if (!Files.isDirectory(ceremonies)) {
      return false;
    }
    try (DirectoryStream<Path> records = Files.newDirectoryStream(ceremonies, "*-init")) {
      for (Path folder : records) {
        Path record = folder.resolve(RECORD);
        if (Files.exists(record)
            && Boolean.TRUE.equals(
                CanonicalJson.read(Files.readAllBytes(record)).get("rehearsal"))) {
          return true;
        }
      }
    }
    return false;
  }

  Signed sign(Vault vault, Bytes octets) throws SigningUnavailable, SigningRefused {
    return vault.sign(
        new SignRequest(
            new UUID(random.nextLong(), random.nextLong()),
            Vault.CEREMONY_KEY,
            SignedStructure.CEREMONY_RECORD,
            octets));
  }

  private void policy(Bytes text) {
    Matcher key = POLICY_OF.matcher(new String(text.toArray(), StandardCharsets.UTF_8));
    room.minutes()
        .policies
        .add(new Policy(key.find() ? key.group(1) : "?", Digest.sha256(text.toArray())));
  }

  private static Bytes sums(Map<String, byte[]> files) {
    var lines = new StringBuilder();
    files.forEach(
        (name, octets) ->
            lines.append(Digest.sha256(octets).toHex()).append("  ").append(name).append('\n'));
    return Bytes.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
