package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalDamaged;
import de.kreissiegel.hsm.journal.OrderSignatures;
import de.kreissiegel.hsm.token.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * From a directory to a vault's parts: its tokens, its journal and what that remembers, its keys.
 *
 * @param ceremony whether tokens are opened, too, that hold the key of a ceremony
 */
record VaultOpening(VaultFiles files, Clock clock, SecureRandom randomness, boolean ceremony) {
  /** The parts of an open vault. */
  record Opened(
      VaultLock lock,
      VaultFiles files,
      CurrentSheet sheet,
      TokenRack rack,
      KeyCabinet cabinet,
      Journal journal,
      Memory memory) {}

  static VaultOpening at(Path directory, Clock clock, SecureRandom randomness, boolean ceremony) {
    return new VaultOpening(new VaultFiles(directory), clock, randomness, ceremony);
  }

  Opened open(char[] passphrase) throws VaultUnusable, IOException {
    if (!files.complete()) {
      throw new VaultDamaged("there is no whole vault in " + files.directory());
    }
    VaultLock lock = VaultLock.take(files.lock());
    try {
      return opened(lock, files.sheet(), passphrase);
    } catch (JournalDamaged damaged) {
      lock.close();
      throw new VaultDamaged("the journal is damaged: " + damaged.getMessage(), damaged);
    } catch (VaultUnusable | IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private Opened opened(VaultLock lock, VaultSheet sheet, char[] passphrase)
      throws VaultUnusable, JournalDamaged, IOException {
    List<VaultToken> tokens =
        sheet.tokens().stream().filter(token -> ceremony || token.holds().isEmpty()).toList();
    TokenRack rack = TokenRack.open(files, tokens, clock, randomness);
    try {
      return opened(lock, sheet, rack, passphrase);
    } catch (VaultUnusable | JournalDamaged | IOException | RuntimeException failed) {
      rack.close();
      throw failed;
    }
  }

  private Opened opened(VaultLock lock, VaultSheet sheet, TokenRack rack, char[] passphrase)
      throws VaultUnusable, JournalDamaged, IOException {
    Memory memory = new Memory();
    var current = new CurrentSheet(files, sheet);
    KeyCabinet cabinet = new KeyCabinet(files, rack, current, memory);
    Token journals = cabinet.openJournalKey(passphrase, ceremony);
    Journal journal =
        Journal.open(
            files.journal(),
            sheet.journalPublicKey(),
            InnerKeys.surroundings(files, journals, clock)
                .with(OrderSignatures.by(sheet.ceremonyPublicKey())));
    try {
      var now = clock.instant();
      journal.recall(
          entry ->
              memory.recall(
                  entry.key(), entry.structure(), entry.kind(), entry.time(), entry.kept(), now));
      cabinet.load(passphrase);
      return new Opened(lock, files, current, rack, cabinet, journal, memory);
    } catch (VaultUnusable | IOException | RuntimeException failed) {
      journal.close();
      throw failed;
    }
  }
}
