package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.SoftwareToken;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.pkcs11.LibraryUnusable;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Token;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tokens of a vault: the software token, and those that its sheet names. */
final class TokenRack implements AutoCloseable {
  private final List<Token> tokens;

  TokenRack(List<Token> tokens) {
    this.tokens = new CopyOnWriteArrayList<>(tokens);
  }

  /** All of a vault's tokens, connected where they are there; their keys are locked. */
  static TokenRack open(
      VaultFiles files, List<VaultToken> named, Clock clock, SecureRandom randomness)
      throws VaultDamaged, IOException {
    List<Token> tokens =
        new ArrayList<>(List.of(SoftwareToken.open(files.keys(), randomness, clock)));
    for (VaultToken one : named) {
      try {
        tokens.add(connect(one, clock, randomness));
      } catch (VaultDamaged unusable) {
        tokens.forEach(Token::close);
        throw unusable;
      }
    }
    return new TokenRack(tokens);
  }

  /** An HSM that no rack has yet, connected if it is there; its keys are locked. */
  static Token connect(VaultToken named, Clock clock, SecureRandom randomness) throws VaultDamaged {
    try {
      return Pkcs11Token.open(named.config(), clock, randomness);
    } catch (LibraryUnusable unusable) {
      throw new VaultDamaged(
          "the token %s can't be used: %s".formatted(named.config().name(), unusable.getMessage()),
          unusable);
    }
  }

  void add(Token token) {
    tokens.add(token);
  }

  /** The caller closes it. */
  void remove(Token token) {
    tokens.remove(token);
  }

  /** The HSMs among them. */
  List<Pkcs11Token> hsms() {
    return tokens.stream()
        .filter(Pkcs11Token.class::isInstance)
        .map(Pkcs11Token.class::cast)
        .toList();
  }

  List<Token> all() {
    return List.copyOf(tokens);
  }

  /** The one that makes keys where nobody says otherwise. */
  Token software() {
    return tokens.getFirst();
  }

  Optional<Token> find(String name) {
    return tokens.stream().filter(token -> token.name().equals(name)).findFirst();
  }

  /**
   * A token by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Token named(String name) {
    return find(name)
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

  @Override
  public void close() {
    tokens.forEach(Token::close);
  }
}
