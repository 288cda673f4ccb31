package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalDamaged;
import de.kreissiegel.hsm.journal.OrderSignatures;
import de.kreissiegel.hsm.journal.Surroundings;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.SoftwareToken;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenUnavailable;
import de.kreissiegel.hsm.token.pkcs11.LibraryUnusable;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Config;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Token;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * From a directory to a vault's parts: its tokens, its journal and what that remembers, its keys.
 */
record VaultOpening(VaultFiles files, Clock clock, SecureRandom randomness) {
  /** The parts of an open vault. */
  record Opened(
      VaultLock lock,
      VaultFiles files,
      TokenRack rack,
      KeyCabinet cabinet,
      Journal journal,
      Memory memory) {}

  static VaultOpening at(Path directory, Clock clock, SecureRandom randomness) {
    return new VaultOpening(new VaultFiles(directory), clock, randomness);
  }

  /** Makes the vault's own two keys and an empty journal; {@code vault.yaml} comes last. */
  void make(List<Pkcs11Config> tokens, char[] passphrase, char[] ceremonyPassphrase)
      throws VaultUnusable, IOException {
    if (files.complete()) {
      throw new VaultExists("there is a vault in " + files.directory() + " already");
    }
    DurableFiles.makeDirectory(files.directory());
    try (VaultLock _ = VaultLock.take(files.lock())) {
      files.makeEmpty();
      Token token = SoftwareToken.open(files.keys(), randomness, clock);
      Bytes journalKey =
          token.make(InnerKeys.JOURNAL, KeyAlgorithm.ECDSA_P256, passphrase, false).publicKey();
      Bytes ceremonyKey =
          token
              .make(InnerKeys.CEREMONY, KeyAlgorithm.ECDSA_P384, ceremonyPassphrase, true)
              .publicKey();
      Journal.create(files.journal(), journalKey, surroundings(token));
      files.writeSheet(new VaultSheet(clock.instant(), journalKey, ceremonyKey, tokens));
    } catch (TokenUnavailable impossible) {
      throw new IOException(impossible);
    }
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
    Token software = SoftwareToken.open(files.keys(), randomness, clock);
    openJournalKey(sheet, software, passphrase);
    TokenRack rack = rack(software, sheet);
    Journal journal =
        Journal.open(
            files.journal(),
            sheet.journalPublicKey(),
            surroundings(software).with(OrderSignatures.by(sheet.ceremonyPublicKey())));
    try {
      Memory memory = new Memory();
      var now = clock.instant();
      journal.recall(
          entry ->
              memory.recall(
                  entry.key(), entry.structure(), entry.kind(), entry.time(), entry.kept(), now));
      KeyCabinet cabinet = new KeyCabinet(files, rack);
      cabinet.load(passphrase, sheet.ceremonyPublicKey(), memory);
      return new Opened(lock, files, rack, cabinet, journal, memory);
    } catch (VaultUnusable | IOException | RuntimeException failed) {
      journal.close();
      rack.close();
      throw failed;
    }
  }

  private TokenRack rack(Token software, VaultSheet sheet) throws VaultUnusable {
    List<Token> tokens = new ArrayList<>(List.of(software));
    for (Pkcs11Config config : sheet.tokens()) {
      try {
        tokens.add(Pkcs11Token.open(config, clock, randomness));
      } catch (LibraryUnusable unusable) {
        throw new VaultDamaged(
            "the token %s can't be used: %s".formatted(config.name(), unusable.getMessage()),
            unusable);
      }
    }
    return new TokenRack(tokens);
  }

  private static void openJournalKey(VaultSheet sheet, Token token, char[] passphrase)
      throws VaultUnusable, IOException {
    boolean there =
        token
            .key(InnerKeys.JOURNAL)
            .filter(key -> key.publicKey().equals(sheet.journalPublicKey()))
            .isPresent();
    if (!there) {
      throw new VaultDamaged("the journal's key is not the one that vault.yaml names");
    }
    try {
      token.activate(InnerKeys.JOURNAL, passphrase);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    } catch (KeyUnreadable _) {
      throw new WrongPassphrase("the passphrase doesn't open the vault");
    }
  }

  private Surroundings surroundings(Token token) {
    return Surroundings.of(
        files.journal(),
        checkpoint -> {
          try {
            return token.sign(InnerKeys.JOURNAL, checkpoint).toArray();
          } catch (KeyLocked | TokenUnavailable locked) {
            throw new IOException("the journal's key can't be used", locked);
          }
        },
        clock);
  }
}
