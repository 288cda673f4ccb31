package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import java.nio.charset.StandardCharsets;

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

  static GuardedKey guarded(TokenKey key, Token token) {
    KeyPolicy policy = key.id().equals(CEREMONY) ? KeyPolicy.ofCeremony() : KeyPolicy.nothing();
    return new GuardedKey(
        key, token, policy, Digests.sha256(key.id().value().getBytes(StandardCharsets.UTF_8)));
  }
}
