package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Which HSMs a vault has: while the ceremony's key is active, one that holds a key alone comes in,
 * and goes out again. {@code vault.yaml} says so before anybody uses it.
 */
final class TokenDesk {
  private final CurrentSheet sheet;
  private final TokenRack rack;
  private final KeyCabinet cabinet;
  private final CeremonyDesk ceremony;
  private final Clock clock;
  private final SecureRandom randomness;

  TokenDesk(
      CurrentSheet sheet,
      TokenRack rack,
      KeyCabinet cabinet,
      CeremonyDesk ceremony,
      Clock clock,
      SecureRandom randomness) {
    this.sheet = sheet;
    this.rack = rack;
    this.cabinet = cabinet;
    this.ceremony = ceremony;
    this.clock = clock;
    this.randomness = randomness;
  }

  synchronized void add(HsmConfig hsm, char[] pin) throws VaultUnusable, IOException {
    ceremony.requireOpen();
    KeyId key =
        hsm.holds()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a ceremony takes in only HSMs that hold one key; say which the HSM %s is to hold"
                            .formatted(hsm.name())));
    if (InnerKeys.are(key) || cabinet.find(key).isPresent() || rack.holder(key).isPresent()) {
      throw new IllegalArgumentException("there is a key named " + key);
    }
    VaultSheet next = sheet.get().withToken(hsm.asToken());
    hsm.requireEmpty(pin);
    Token token = TokenRack.connect(hsm.asToken(), clock, randomness);
    boolean whole = false;
    try {
      sheet.replace(next);
      rack.add(token);
      whole = true;
    } finally {
      if (!whole) {
        token.close();
      }
    }
  }

  synchronized void remove(String name) throws VaultUnusable, IOException {
    ceremony.requireOpen();
    if (sheet.get().heldAlone(name).isEmpty()) {
      throw new IllegalArgumentException(
          "vault.yaml names no HSM %s that holds one key".formatted(name));
    }
    Token token = rack.named(name);
    if (!token.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "the HSM %s still holds a key: %s"
              .formatted(name, token.keys().stream().map(TokenKey::id).toList()));
    }
    sheet.replace(sheet.get().without(name));
    rack.remove(token);
    token.close();
  }
}
