package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CanonicalJson;
import de.kreissiegel.hsm.ceremony.RecordVerifier;
import de.kreissiegel.hsm.ceremony.Seal;
import de.kreissiegel.hsm.ceremony.VaultBackup;
import de.kreissiegel.hsm.journal.JournalVerifier;
import de.kreissiegel.hsm.journal.OrderSignatures;
import de.kreissiegel.hsm.journal.VerificationReport;
import de.kreissiegel.hsm.journal.Witness;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies a record offline: its signature, the files beside it, its place in the journal. */
public final class RecordCheck {
  private final Path folder;
  private final Bytes ceremonyKey;
  private final List<String> found = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * For one record.
   *
   * @param record its folder, or the file record.json in it
   * @param ceremonyKey the ceremony's public key, PEM, kept apart from the record
   */
  public RecordCheck(Path record, Path ceremonyKey) throws IOException {
    this.folder = Files.isDirectory(record) ? record : record.resolveSibling("");
    this.ceremonyKey = Pem.publicKey(Files.readString(ceremonyKey));
  }

  /** What is right, in sentences. */
  public List<String> found() {
    return List.copyOf(found);
  }

  /** What is wrong; nothing if the record is good. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** The record's signature, and those of the files that came with it. */
  public RecordCheck signatures() throws IOException {
    var verifier = new RecordVerifier(ceremonyKey);
    try {
      Map<String, Object> record =
          verifier.verify(read(Archive.RECORD), read(Archive.RECORD + Archive.SIGNATURE));
      found.add(
          "The record of \"%s\" of %s (%s) is signed by this vault's ceremony key."
              .formatted(record.get("act"), record.get("organization"), record.get("ended")));
      if (Boolean.TRUE.equals(record.get("rehearsal"))) {
        found.add("It is the record of a REHEARSAL.");
      }
    } catch (IllegalArgumentException refused) {
      wrong.add(String.valueOf(refused.getMessage()));
    }
    Bytes sums = read(VaultBackup.SUMS);
    if (!verifier.sealed(sums, read(Seal.SIGNATURE))) {
      wrong.add("record-files: the list of files is not sealed by the ceremony's key");
      return this;
    }
    files(new String(sums.toArray(), StandardCharsets.UTF_8));
    return this;
  }

  private void files(String sums) throws IOException {
    int good = 0;
    for (String line : sums.lines().toList()) {
      Path file = folder.resolve(line.substring(66));
      if (!folder.equals(file.getParent()) || !Files.exists(file)) {
        wrong.add("record-files: " + line.substring(66) + " is missing");
      } else if (!Digest.sha256(Files.readAllBytes(file)).toHex().equals(line.substring(0, 64))) {
        wrong.add("record-files: " + file.getFileName() + " is not the file that was signed");
      } else {
        good++;
      }
    }
    found.add("%d files are as they were signed.".formatted(good));
  }

  /**
   * Whether the vault's journal holds the entry of this record.
   *
   * @param journal the journal's folder
   * @param journalKey its public key, PEM
   */
  public RecordCheck inJournal(Path journal, Path journalKey) throws IOException {
    Map<String, Object> receipt = CanonicalJson.read(read(Archive.RECEIPT).toArray());
    if (!(receipt.get("entry") instanceof Number entry)
        || !(receipt.get("hash") instanceof String hash)) {
      wrong.add("record-receipt: the receipt names no entry");
      return this;
    }
    VerificationReport report =
        JournalVerifier.verify(
            journal,
            Pem.publicKey(Files.readString(journalKey)),
            List.of(new Witness(entry.longValue(), Bytes.fromHex(hash))),
            List.of(),
            Optional.of(OrderSignatures.by(ceremonyKey)));
    report.findings().forEach(finding -> wrong.add("record-journal: " + finding.sentence()));
    if (report.intact()) {
      found.add("The journal is intact and holds the record as entry %s.".formatted(entry));
    }
    return this;
  }

  private Bytes read(String name) throws IOException {
    return Bytes.of(Files.readAllBytes(folder.resolve(name)));
  }
}
