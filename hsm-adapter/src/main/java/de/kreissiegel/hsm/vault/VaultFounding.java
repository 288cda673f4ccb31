package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the vault's own two keys and an empty journal; {@code vault.yaml} comes last. */
record VaultFounding(VaultFiles files, Clock clock, SecureRandom randomness) {
  private static final System.Logger LOG = System.getLogger(VaultFounding.class.getName());

  void perform(VaultLayout layout, char[] passphrase, char[] ceremonyPassphrase)
      throws VaultUnusable, IOException {
    if (files.complete()) {
      throw new VaultExists("there is a vault in " + files.directory() + " already");
    }
    DurableFiles.makeDirectory(files.directory());
    try (VaultLock _ = VaultLock.take(files.lock())) {
      files.makeEmpty();
      List<VaultToken> tokens = layout.tokens().stream().map(HsmConfig::asToken).toList();
      try (TokenRack rack = TokenRack.open(files, tokens, clock, randomness)) {
        found(layout, tokens, rack, passphrase, ceremonyPassphrase);
      }
    }
  }

  private void found(
      VaultLayout layout,
      List<VaultToken> tokens,
      TokenRack rack,
      char[] passphrase,
      char[] ceremonyPassphrase)
      throws IOException {
    Token daily = layout.journal().map(rack::named).orElseGet(rack::software);
    Token rare =
        layout
            .holder(InnerKeys.CEREMONY)
            .map(token -> rack.named(token.name()))
            .orElseGet(rack::software);
    char[] secret = journalSecret(layout, passphrase);
    var made = new ArrayList<Runnable>();
    boolean whole = false;
    try {
      Bytes journalKey = make(daily, InnerKeys.JOURNAL, secret, made);
      Bytes ceremonyKey = make(rare, InnerKeys.CEREMONY, ceremonyPassphrase, made);
      Journal.create(files.journal(), journalKey, InnerKeys.surroundings(files, daily, clock));
      files.writeSheet(
          new VaultSheet(clock.instant(), journalKey, ceremonyKey, layout.journal(), tokens));
      whole = true;
    } catch (TokenUnavailable gone) {
      throw new IOException(gone.getMessage(), gone);
    } finally {
      Arrays.fill(secret, '\0');
      if (!whole) {
        made.forEach(Runnable::run);
      }
    }
  }

  private static char[] journalSecret(VaultLayout layout, char[] passphrase) throws IOException {
    Optional<HsmConfig> token =
        layout.tokens().stream()
            .filter(one -> layout.journal().equals(Optional.of(one.name())))
            .findFirst();
    return token.isPresent() ? token.get().pin().orElseThrow() : passphrase.clone();
  }

  private static Bytes make(Token token, KeyId id, char[] secret, List<Runnable> made)
      throws IOException, TokenUnavailable {
    boolean ceremony = id.equals(InnerKeys.CEREMONY);
    Bytes key =
        token
            .make(
                id, ceremony ? KeyAlgorithm.ECDSA_P384 : KeyAlgorithm.ECDSA_P256, secret, ceremony)
            .publicKey();
    made.add(() -> unmake(token, id));
    return key;
  }

  /** On an HSM it would stand in the way of the next attempt. */
  private static void unmake(Token token, KeyId id) {
    try {
      token.destroy(id);
    } catch (IOException | TokenUnavailable failed) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The key {0} remains on the token {1}: {2}",
          id,
          token.name(),
          failed.getMessage());
    }
  }
}
