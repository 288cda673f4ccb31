package de.kreissiegel.hsm.doctor;

import de.kreissiegel.hsm.journal.Finding;
import de.kreissiegel.hsm.journal.VerificationReport;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.vault.VaultInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A vault's directory: its policies' signatures, and its journal. */
final class VaultPart {
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private VaultPart() {}

  static void examine(Path vault, List<TokenKey> onToken, Clock clock, Notes notes) {
    try {
      VaultInspection seen = VaultInspection.of(vault, onToken);
      notes.fact(
          "vault: " + vault + ", " + seen.policies() + " policies, all signatures looked at");
      seen.unsigned()
          .forEach(
              sentence ->
                  notes.error(
                      sentence, "the signer doesn't start with it; restore the files of the key"));
      seen.keysWithoutPolicy()
          .forEach(
              key ->
                  notes.warning(
                      "the key " + key + " has no signed policy, so it is not used",
                      "make its policy in a ceremony, or destroy the key"));
      seen.policiesWithoutKey()
          .forEach(
              key ->
                  notes.warning(
                      "there is a policy for the key " + key + ", but the key was not seen",
                      "if it lies on an HSM, name the library and the token, and give the PIN"));
      journal(seen.journal(), notes);
      clock(vault.resolve("journal"), clock, notes);
    } catch (IOException unreadable) {
      notes.error(
          "the vault can't be read: " + unreadable.getMessage(),
          "name the vault's directory, and look as the signer's user or as root");
    }
  }

  private static void journal(VerificationReport report, Notes notes) {
    notes.fact(
        "journal: %d entries verified, %d behind the last checkpoint"
            .formatted(report.entries(), report.uncovered()));
    for (Finding finding : report.findings()) {
      notes.error(
          "the journal is not whole: entry %d: %s".formatted(finding.entry(), finding.sentence()),
          "keep this directory as it is, stop the signer, and compare with the exported copies;"
              + " kreissiegel journal verify tells more");
    }
  }

  /** A clock that went back makes signatures of a time that the journal has passed. */
  private static void clock(Path journal, Clock clock, Notes notes) throws IOException {
    Instant last = Instant.MIN;
    try (Stream<Path> files = Files.list(journal)) {
      for (Path file : files.toList()) {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        last = written.isAfter(last) ? written : last;
      }
    }
    if (last.isAfter(clock.instant().plus(AHEAD))) {
      notes.error(
          "the journal was written at %s, but this machine's clock says %s"
              .formatted(last, clock.instant()),
          "the clock went back: set it before the signer signs anything");
    }
  }
}
