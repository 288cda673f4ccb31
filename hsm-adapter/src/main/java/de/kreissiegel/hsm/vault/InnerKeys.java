package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.journal.Surroundings;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The vault's own two keys. What they may sign is fixed: no file can widen it. */
final class InnerKeys {
  /** Signs the journal's checkpoints and the receipts; nobody can ask it for a signature. */
  static final KeyId JOURNAL = new KeyId("journal");

  /** Signs policies and records of ceremonies; locked but in a ceremony. */
  static final KeyId CEREMONY = new KeyId("ceremony");

  private InnerKeys() {}

  static boolean are(KeyId id) {
    return id.equals(JOURNAL) || id.equals(CEREMONY);
  }

  /** The journal's key on a token that may be away: its public part is known without it. */
  static GuardedKey journalOn(Token token, Bytes publicKey) {
    return guarded(new TokenKey(JOURNAL, KeyAlgorithm.ECDSA_P256, publicKey, false), token);
  }

  /** What a journal needs whose checkpoints that token signs. */
  static Surroundings surroundings(VaultFiles files, Token token, Clock clock) {
    return Surroundings.of(
        files.journal(),
        checkpoint -> {
          try {
            return token.sign(JOURNAL, checkpoint).toArray();
          } catch (KeyLocked | TokenUnavailable locked) {
            throw new IOException(
                "the journal's key can't be used: " + locked.getMessage(), locked);
          }
        },
        clock);
  }

  static GuardedKey guarded(TokenKey key, Token token) {
    KeyPolicy policy = key.id().equals(CEREMONY) ? KeyPolicy.ofCeremony() : KeyPolicy.nothing();
    return new GuardedKey(
        key, token, policy, Digests.sha256(key.id().value().getBytes(StandardCharsets.UTF_8)));
  }
}
