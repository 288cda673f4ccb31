package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Config;
import de.kreissiegel.hsm.token.pkcs11.TokenChoice;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * {@code vault.yaml}: what makes a directory a vault.
 *
 * @param made when
 * @param journalPublicKey with it, anybody can verify the journal
 * @param ceremonyPublicKey with it, the vault knows the policies that a ceremony made
 * @param journalToken the HSM with the journal's key, by its name; none for the software token
 * @param tokens where keys live beside the software token
 */
record VaultSheet(
    Instant made,
    Bytes journalPublicKey,
    Bytes ceremonyPublicKey,
    Optional<String> journalToken,
    List<VaultToken> tokens) {
  private static final int VERSION = 2;

  VaultSheet {
    tokens = List.copyOf(tokens);
  }

  /** Whether a key is one of the vault's own two, octet by octet. */
  boolean isInner(TokenKey key) {
    return (key.id().equals(InnerKeys.JOURNAL) && key.publicKey().equals(journalPublicKey))
        || (key.id().equals(InnerKeys.CEREMONY) && key.publicKey().equals(ceremonyPublicKey));
  }

  /** The one key that a token holds alone. */
  Optional<KeyId> heldAlone(String token) {
    return tokens.stream()
        .filter(one -> one.config().name().equals(token))
        .findFirst()
        .flatMap(VaultToken::holds);
  }

  /**
   * The same with another token.
   *
   * @throws IllegalArgumentException if one has its name, holds its key, or is the same token
   */
  VaultSheet withToken(VaultToken token) {
    for (VaultToken other : tokens) {
      if (other.config().name().equals(token.config().name())) {
        throw new IllegalArgumentException(
            "vault.yaml names a token %s already".formatted(token.config().name()));
      }
      if (token.holds().isPresent() && token.holds().equals(other.holds())) {
        throw new IllegalArgumentException(
            "the token %s holds the key %s already"
                .formatted(other.config().name(), token.holds().get()));
      }
      if (other.isSameAs(token)) {
        throw new IllegalArgumentException(
            "%s is the token that vault.yaml names %s"
                .formatted(token.config().token().words(), other.config().name()));
      }
    }
    var more = new ArrayList<VaultToken>(tokens);
    more.add(token);
    return with(more);
  }

  /** The same without the token of that name. */
  VaultSheet without(String token) {
    return with(tokens.stream().filter(one -> !one.config().name().equals(token)).toList());
  }

  private VaultSheet with(List<VaultToken> others) {
    return new VaultSheet(made, journalPublicKey, ceremonyPublicKey, journalToken, others);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("# A vault of Kreissiegel.\n");
    text.append("version: %d\n".formatted(VERSION));
    text.append("made: \"%s\"\n".formatted(made));
    text.append("# With this key, anybody can verify the journal.\n");
    text.append("journal-public-key: %s\n".formatted(base64(journalPublicKey)));
    text.append("# Policies count only with this key's signature.\n");
    text.append("ceremony-public-key: %s\n".formatted(base64(ceremonyPublicKey)));
    journalToken.ifPresent(name -> text.append("journal-token: %s\n".formatted(name)));
    if (!tokens.isEmpty()) {
      text.append("# Where keys live beside the software token.\ntokens:\n");
      tokens.forEach(token -> write(text, token));
    }
    return text.toString();
  }

  private static void write(StringBuilder text, VaultToken one) {
    Pkcs11Config token = one.config();
    text.append("  - name: %s\n".formatted(token.name()));
    text.append("    library: %s\n".formatted(quoted(token.library().toString())));
    text.append(
        switch (token.token()) {
          case TokenChoice.Label(String label) -> "    label: %s\n".formatted(quoted(label));
          case TokenChoice.Serial(String serial) -> "    serial: %s\n".formatted(quoted(serial));
          case TokenChoice.Slot(long id) -> "    slot: %d\n".formatted(id);
        });
    token
        .pinFile()
        .ifPresent(file -> text.append("    pin-file: %s\n".formatted(quoted(file.toString()))));
    one.holds().ifPresent(key -> text.append("    holds: %s\n".formatted(key)));
    text.append("    sessions: %d\n".formatted(token.maxSessions()));
  }

  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String base64(Bytes octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }

  /**
   * Reads one.
   *
   * @param file its name, for the sentence
   * @throws VaultDamaged if it can't be used
   */
  static VaultSheet read(Path file, String text) throws VaultDamaged {
    try {
      Map<?, ?> sheet =
          mapping(
              new Load(LoadSettings.builder().setLabel(file.toString()).build())
                  .loadFromString(text));
      if (!Integer.valueOf(VERSION).equals(sheet.get("version"))) {
        throw new VaultDamaged(
            "%s is of version %s, this program knows version %d; make the vault anew"
                .formatted(file, sheet.get("version"), VERSION));
      }
      List<VaultToken> tokens = new ArrayList<>();
      if (sheet.get("tokens") instanceof List<?> listed) {
        listed.forEach(one -> tokens.add(token(mapping(one))));
      }
      return new VaultSheet(
          Instant.parse(word(sheet, "made")),
          Bytes.of(Base64.getDecoder().decode(word(sheet, "journal-public-key"))),
          Bytes.of(Base64.getDecoder().decode(word(sheet, "ceremony-public-key"))),
          optional(sheet, "journal-token"),
          tokens);
    } catch (YamlEngineException | IllegalArgumentException | java.time.DateTimeException fault) {
      throw new VaultDamaged("%s can't be read: %s".formatted(file, fault.getMessage()), fault);
    }
  }

  private static VaultToken token(Map<?, ?> token) {
    Object sessions = token.get("sessions");
    return new VaultToken(
            new Pkcs11Config(
                word(token, "name"),
                Path.of(word(token, "library")),
                choice(token),
                optional(token, "pin-file").map(Path::of),
                sessions instanceof Integer number ? number : Pkcs11Config.USUAL_SESSIONS),
            optional(token, "holds").map(KeyId::new))
        .require();
  }

  private static Optional<String> optional(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key)).map(Object::toString);
  }

  private static TokenChoice choice(Map<?, ?> token) {
    if (token.containsKey("label")) {
      return new TokenChoice.Label(word(token, "label"));
    }
    if (token.containsKey("serial")) {
      return new TokenChoice.Serial(word(token, "serial"));
    }
    if (token.get("slot") instanceof Number number) {
      return new TokenChoice.Slot(number.longValue());
    }
    throw new IllegalArgumentException(
        "the token %s needs a label, a serial or a slot".formatted(token.get("name")));
  }

  private static Map<?, ?> mapping(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("keys and values belong there");
  }

  private static String word(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException("\"" + key + "\" is missing");
    }
    return value.toString();
  }
}
