package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Token;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keys of HSMs that come late: their token was away when the vault was opened, or shows them only
 * after log-in. Each is taken up as at the start, under its signed policy.
 */
final class LateKeys {
  private static final System.Logger LOG = System.getLogger(LateKeys.class.getName());

  private final TokenRack rack;
  private final KeyCabinet cabinet;
  private final char[] passphrase;

  /**
   * @param passphrase the operational one; it remains the caller's
   */
  LateKeys(TokenRack rack, KeyCabinet cabinet, char[] passphrase) {
    this.rack = rack;
    this.cabinet = cabinet;
    this.passphrase = passphrase;
  }

  /** Looks for what is still missing; a token that is away says itself when it is worth a try. */
  synchronized void sweep() {
    List<Pkcs11Token> hsms = rack.hsms();
    try {
      if (!hsms.isEmpty()) {
        cabinet.activatePending();
        if (!cabinet.awaited().isEmpty()) {
          for (Pkcs11Token token : hsms) {
            look(token);
          }
        }
      }
    } catch (IOException unreadable) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Missing keys can''t be looked for: {0}",
          unreadable.getMessage());
    }
  }

  private void look(Pkcs11Token token) throws IOException {
    try {
      token.lookAgain();
    } catch (TokenUnavailable away) {
      LOG.log(System.Logger.Level.DEBUG, away.getMessage());
    }
    for (TokenKey key : token.keys()) {
      if (!cabinet.hasSeen(key.id())) {
        take(key, token);
      }
    }
  }

  private void take(TokenKey key, Token token) throws IOException {
    try {
      cabinet.take(key, token, passphrase);
      LOG.log(System.Logger.Level.INFO, "The token {0} shows the key {1}.", token.name(), key.id());
    } catch (VaultDamaged damaged) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The key {0} is not used: {1}",
          key.id(),
          damaged.getMessage());
    }
  }

  /** How the tokens are; where keys are missing, the HSMs that may hold them say so. */
  List<VaultHealth.TokenState> health() {
    List<VaultHealth.TokenState> states = rack.all().stream().map(Token::health).toList();
    List<KeyId> awaited = awaited();
    if (awaited.isEmpty()) {
      return states;
    }
    boolean away = states.stream().anyMatch(state -> !state.present());
    return states.stream()
        .map(state -> isHsm(state) && state.present() != away ? awaiting(state, awaited) : state)
        .toList();
  }

  private List<KeyId> awaited() {
    try {
      return rack.hsms().isEmpty() ? List.of() : cabinet.awaited();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static boolean isHsm(VaultHealth.TokenState state) {
    return state.kind().equals("pkcs11");
  }

  private static VaultHealth.TokenState awaiting(
      VaultHealth.TokenState state, List<KeyId> awaited) {
    String keys = awaited.stream().map(KeyId::value).collect(Collectors.joining(", "));
    String sentence =
        state.sentence().isEmpty()
            ? "no token shows the keys %s, which have policies".formatted(keys)
            : "%s; keys that no token shows: %s".formatted(state.sentence(), keys);
    return new VaultHealth.TokenState(state.name(), state.kind(), state.present(), sentence);
  }
}
