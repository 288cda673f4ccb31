package de.kreissiegel.ca.audit;

import java.math.BigInteger;

/** One JSON object on one line (RFC 8259). */
public final class JsonLine {
  private final StringBuilder line = new StringBuilder();

  /** A member that is a text; its name is one of ours. */
  public JsonLine text(String name, String value) {
    name(name);
    line.append('"');
    value.chars().forEach(this::escaped);
    line.append('"');
    return this;
  }

  /** A member that is a whole number. */
  public JsonLine number(String name, BigInteger value) {
    name(name);
    line.append(value);
    return this;
  }

  /** The line, without its end. */
  public String end() {
    return line.append('}').toString();
  }

  /** Names are ours and need no escapes. */
  private void name(String name) {
    line.append(line.isEmpty() ? "{\"" : ",\"").append(name).append("\":");
  }

  private void escaped(int unit) {
    if (unit == '"' || unit == '\\') {
      line.append('\\').append((char) unit);
    } else if (unit < 0x20 || unit == 0x2028 || unit == 0x2029) {
      line.append("\\u%04x".formatted(unit));
    } else {
      line.append((char) unit);
    }
  }
}
