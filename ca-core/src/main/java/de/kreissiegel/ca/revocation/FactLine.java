package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.CertificateStatus.Good;
import de.kreissiegel.ca.inventory.CertificateStatus.OnHold;
import de.kreissiegel.ca.inventory.CertificateStatus.Revoked;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A fact as a line of JSON, as {@code {"number":7,"authority":"people","serial":"01ab…",
 * "state":"revoked","since":"2026-11-29T08:00:00Z","reason":"keyCompromise",
 * "recordedAt":"2026-11-29T08:00:01Z"}}. All values are of letters, digits and a few signs, so
 * nothing is ever escaped.
 */
public final class FactLine {
  /** No line of ours comes near. */
  private static final int LONGEST = 1000;

  private FactLine() {}

  /** The line, without an end of line. */
  public static String of(RevocationFact fact) {
    var line = new StringBuilder("{\"number\":").append(fact.number());
    add(line, "authority", fact.authority().value());
    add(line, "serial", fact.serial().toHex());
    switch (fact.status()) {
      case Good _ -> add(line, "state", "good");
      case OnHold held -> {
        add(line, "state", "hold");
        add(line, "since", held.since());
      }
      case Revoked revoked -> {
        add(line, "state", "revoked");
        add(line, "since", revoked.since());
        add(line, "reason", revoked.reason().asn1Name());
        revoked.invalidSince().ifPresent(date -> add(line, "invalidSince", date));
      }
    }
    add(line, "recordedAt", fact.recordedAt());
    return line.append('}').toString();
  }

  private static void add(StringBuilder line, String name, Object value) {
    line.append(",\"").append(name).append("\":\"").append(value).append('"');
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static RevocationFact read(String line) {
    if (line.length() > LONGEST) {
      throw new IllegalArgumentException("a line of " + line.length() + " characters");
    }
    try {
      // JSON is YAML; a line of this length can't grow by aliases either.
      if (new Load(LoadSettings.builder().build()).loadFromString(line) instanceof Map<?, ?> map) {
        return fact(map);
      }
    } catch (YamlEngineException | DateTimeException unreadable) {
      throw new IllegalArgumentException("not a fact: " + unreadable.getMessage(), unreadable);
    }
    throw new IllegalArgumentException("not a fact");
  }

  private static RevocationFact fact(Map<?, ?> map) {
    if (!(map.get("number") instanceof Integer || map.get("number") instanceof Long)) {
      throw new IllegalArgumentException("a fact without its number");
    }
    return new RevocationFact(
        ((Number) map.get("number")).longValue(),
        new AuthorityName(text(map, "authority")),
        SerialNumber.fromHex(text(map, "serial")),
        status(map),
        Instant.parse(text(map, "recordedAt")));
  }

  private static CertificateStatus status(Map<?, ?> map) {
    return switch (text(map, "state")) {
      case "good" -> new Good();
      case "hold" -> new OnHold(Instant.parse(text(map, "since")));
      case "revoked" ->
          new Revoked(
              Instant.parse(text(map, "since")),
              RevocationReason.ofName(text(map, "reason")),
              optional(map, "invalidSince").map(Instant::parse));
      default -> throw new IllegalArgumentException("no such state: " + map.get("state"));
    };
  }

  private static String text(Map<?, ?> map, String name) {
    return optional(map, name)
        .orElseThrow(() -> new IllegalArgumentException("a fact without its " + name));
  }

  private static Optional<String> optional(Map<?, ?> map, String name) {
    @Nullable Object value = map.get(name);
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
