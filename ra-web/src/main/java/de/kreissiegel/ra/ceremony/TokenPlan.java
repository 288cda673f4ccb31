package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.HsmConfig;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The HSMs of a plan, and which keys live there; all others live on the software token. An HSM's
 * PIN opens all of its keys at once, so the root and the ceremony's key, which shares open, have
 * each a token of their own.
 *
 * @param tokens the HSMs
 * @param places the name of the HSM for each key that lives on one
 */
record TokenPlan(List<Token> tokens, Map<KeyId, String> places) {
  /** Without HSMs. */
  static final TokenPlan SOFTWARE = new TokenPlan(List.of(), Map.of());

  TokenPlan {
    tokens = List.copyOf(tokens);
    places = Map.copyOf(places);
  }

  /**
   * An HSM's token.
   *
   * @param hsm as the vault is to know it: of one whose PIN becomes a secret of this ceremony
   *     without a PIN file
   * @param pinFile the PIN that it has before the ceremony; none if it is typed
   * @param officerPinFile the same of its security officer's
   */
  record Token(HsmConfig hsm, Optional<Path> pinFile, Optional<Path> officerPinFile) {
    String name() {
      return hsm.name();
    }
  }

  static TokenPlan read(YamlNode plan, Optional<KeyId> root) throws CeremonyFailed {
    var places = new TreeMap<KeyId, String>((a, b) -> a.value().compareTo(b.value()));
    if (root.isPresent()) {
      put(places, root.get().value(), plan.child("root").optional("token"));
    }
    put(places, Vault.CEREMONY_KEY.value(), plan.child("ceremony").only("token").optional("token"));
    put(places, Vault.JOURNAL_KEY.value(), plan.child("journal").only("token").optional("token"));
    for (YamlNode one : plan.children("issuing")) {
      String name = one.text("name");
      put(places, one.text("key", name), one.optional("token"));
      put(places, one.text("ocsp-key", "ocsp-" + name), one.optional("ocsp-token"));
    }
    put(places, CeremonyPlan.ESCROW.value(), plan.child("escrow").optional("token"));
    YamlNode audit = plan.child("audit");
    put(places, audit.text("key", "audit"), audit.optional("token"));
    var alone = new TreeMap<String, KeyId>();
    Stream.concat(root.stream(), Stream.of(Vault.CEREMONY_KEY))
        .filter(places::containsKey)
        .forEach(key -> alone.put(places.get(key), key));
    var tokens = new ArrayList<Token>();
    for (YamlNode token : plan.children("tokens")) {
      tokens.add(token(token, Optional.ofNullable(alone.get(token.text("name")))));
    }
    var read = new TokenPlan(tokens, places);
    read.require(plan.place());
    return read;
  }

  private static Token token(YamlNode token, Optional<KeyId> holds) throws CeremonyFailed {
    token.only("name", "library", "label", "pin-file", "so-pin-file");
    Optional<Path> pinFile = token.optional("pin-file").map(Path::of);
    Optional<Path> officer = token.optional("so-pin-file").map(Path::of);
    if (holds.isEmpty() && officer.isPresent()) {
      throw new CeremonyFailed(
          token.place() + ": so-pin-file belongs to a token of the root or the ceremony's key.");
    }
    return new Token(
        new HsmConfig(
            token.text("name"),
            Path.of(token.text("library")),
            token.text("label"),
            holds.isPresent() ? Optional.empty() : pinFile,
            holds),
        pinFile,
        officer);
  }

  private static void put(Map<KeyId, String> places, String key, Optional<String> token) {
    token.ifPresent(name -> places.put(new KeyId(key), name));
  }

  private void require(String place) throws CeremonyFailed {
    var names = new HashSet<String>();
    for (Token token : tokens) {
      if (!names.add(token.name())) {
        throw new CeremonyFailed("%s: two tokens have the name %s.".formatted(place, token.name()));
      }
      if (token.hsm().holds().isPresent() && keysOn(token.name()).size() > 1) {
        throw new CeremonyFailed(
            "%s: the key %s needs the token %s for itself, since an HSM's PIN opens all of its keys; there are to be: %s."
                .formatted(
                    place,
                    token.hsm().holds().get(),
                    token.name(),
                    String.join(", ", keysOn(token.name()))));
      }
    }
    for (Map.Entry<KeyId, String> key : places.entrySet()) {
      if (!names.contains(key.getValue())) {
        throw new CeremonyFailed(
            "%s: the key %s belongs on the token %s, but 'tokens' names none of that name."
                .formatted(place, key.getKey(), key.getValue()));
      }
    }
    if (journal().isPresent() && token(journal().get()).pinFile().isEmpty()) {
      throw new CeremonyFailed(
          "%s: the journal's key is needed at each start of the signer, so the token %s needs a pin-file."
              .formatted(place, journal().get()));
    }
  }

  private Token token(String name) {
    return tokens.stream().filter(token -> token.name().equals(name)).findFirst().orElseThrow();
  }

  private Optional<String> journal() {
    return Optional.ofNullable(places.get(Vault.JOURNAL_KEY));
  }

  /** As the vault is made. */
  VaultLayout layout() {
    return new VaultLayout(tokens.stream().map(Token::hsm).toList(), journal());
  }

  /** Tells which keys are to live on which HSM. */
  void tell(Room room) {
    for (Token token : tokens) {
      room.tell(
          room.words()
              .say(
                  "plan.token",
                  token.name(),
                  token.hsm().label(),
                  String.join(", ", keysOn(token.name()))));
    }
  }

  /** The keys of one HSM, by name. */
  List<String> keysOn(String token) {
    return places.entrySet().stream()
        .filter(key -> key.getValue().equals(token))
        .map(key -> key.getKey().value())
        .sorted()
        .toList();
  }
}
