package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens of a vault: the software token, and those that its sheet names. */
final class TokenRack implements AutoCloseable {
  private final List<Token> tokens;

  TokenRack(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  List<Token> all() {
    return tokens;
  }

  /** The one that makes keys where nobody says otherwise. */
  Token software() {
    return tokens.getFirst();
  }

  /**
   * A token by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Token named(String name) {
    return tokens.stream()
        .filter(token -> token.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no token named %s; vault.yaml names %s"
                        .formatted(name, tokens.stream().map(Token::name).toList())));
  }

  /** The token that holds a key. */
  Optional<Token> holder(KeyId id) {
    return tokens.stream().filter(token -> token.key(id).isPresent()).findFirst();
  }

  /**
   * The token that holds a key that is there.
   *
   * @throws IllegalArgumentException if there is no key of that name
   */
  Token of(KeyId id) {
    return holder(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no key named " + id));
  }

  /** All keys with their tokens; a name that stands on two tokens is nobody's. */
  Map<Token, List<TokenKey>> keys() throws VaultDamaged {
    Map<KeyId, Token> seen = new HashMap<>();
    Map<Token, List<TokenKey>> found = new HashMap<>();
    for (Token token : tokens) {
      List<TokenKey> keys = token.keys();
      for (TokenKey key : keys) {
        Token other = seen.put(key.id(), token);
        if (other != null) {
          throw new VaultDamaged(
              "the key %s is on two tokens, %s and %s; take one away"
                  .formatted(key.id(), other.name(), token.name()));
        }
      }
      found.put(token, keys);
    }
    return found;
  }

  List<VaultHealth.TokenState> health() {
    List<VaultHealth.TokenState> states = new ArrayList<>();
    tokens.forEach(token -> states.add(token.health()));
    return List.copyOf(states);
  }

  @Override
  public void close() {
    tokens.forEach(Token::close);
  }
}
