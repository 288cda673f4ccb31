package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Base64;

/** Writes one JSON object (RFC 8259) of texts, numbers, objects and lists. */
final class JsonLine {
  private final StringBuilder text = new StringBuilder("{");
  private boolean first = true;

  JsonLine text(String name, String value) {
    name(name);
    quoted(value);
    return this;
  }

  JsonLine number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  JsonLine truth(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  JsonLine hex(String name, Bytes value) {
    return text(name, value.toHex());
  }

  JsonLine base64(String name, Bytes value) {
    return text(name, Base64.getEncoder().encodeToString(value.toArray()));
  }

  /** Something that is JSON already. */
  JsonLine raw(String name, String json) {
    name(name);
    text.append(json);
    return this;
  }

  /** The object; nothing may be added afterwards. */
  String end() {
    return text.append('}').toString();
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    quoted(name);
    text.append(':');
  }

  private void quoted(String value) {
    text.append(quotedText(value));
  }

  /** A text as JSON. */
  static String quotedText(String value) {
    StringBuilder text = new StringBuilder();
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean lone =
          Character.isSurrogate(c)
              && !(Character.isHighSurrogate(c)
                  && i + 1 < value.length()
                  && Character.isLowSurrogate(value.charAt(i + 1)))
              && !(Character.isLowSurrogate(c)
                  && i > 0
                  && Character.isHighSurrogate(value.charAt(i - 1)));
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == 0x7F || c == 0x2028 || c == 0x2029 || lone) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
