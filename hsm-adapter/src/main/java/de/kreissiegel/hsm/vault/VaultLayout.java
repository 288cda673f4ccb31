package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import java.util.List;
import java.util.Optional;

/**
 * Where the keys of a new vault may live. The ceremony's key lives on the token that holds it, else
 * on the software token.
 *
 * @param tokens HSMs beside the software token
 * @param journal the HSM for the journal's key, by its name, with a PIN in a file; none for the
 *     software token
 * @throws IllegalArgumentException if there is no such HSM, two have one name or hold one key
 */
public record VaultLayout(List<HsmConfig> tokens, Optional<String> journal) {
  /** Without HSMs. */
  public static final VaultLayout SOFTWARE = new VaultLayout(List.of(), Optional.empty());

  public VaultLayout {
    tokens = List.copyOf(tokens);
    for (HsmConfig token : tokens) {
      boolean once =
          tokens.stream()
              .filter(other -> other != token)
              .noneMatch(
                  other ->
                      other.name().equals(token.name())
                          || (token.holds().isPresent() && token.holds().equals(other.holds())));
      if (!once) {
        throw new IllegalArgumentException(
            "two tokens are named %s or hold its key".formatted(token.name()));
      }
    }
    if (journal.isPresent() && journalToken(tokens, journal.get()).isEmpty()) {
      throw new IllegalArgumentException(
          "the journal's key needs a token %s with a PIN file".formatted(journal.get()));
    }
  }

  private static Optional<HsmConfig> journalToken(List<HsmConfig> tokens, String name) {
    return tokens.stream()
        .filter(token -> token.name().equals(name) && token.pinFile().isPresent())
        .findFirst();
  }

  /** The token that holds a key alone. */
  Optional<HsmConfig> holder(KeyId key) {
    return tokens.stream().filter(token -> token.holds().equals(Optional.of(key))).findFirst();
  }
}
