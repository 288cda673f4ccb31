package de.kreissiegel.ra.credentials;

/** Writes a small YAML document with comments, which no YAML library does well. */
final class YamlText {
  private final StringBuilder text = new StringBuilder();
  private boolean afterComment;

  void comment(String line) {
    if (!afterComment && !text.isEmpty()) {
      text.append('\n');
    }
    text.append("# ").append(line).append('\n');
    afterComment = true;
  }

  void map(String key) {
    line("", key + ":");
  }

  void innerMap(String key) {
    line("  ", key + ":");
  }

  void topEntry(String key, String value) {
    line("", key + ": " + quoted(value));
  }

  void entry(String key, String value) {
    line("  ", key + ": " + quoted(value));
  }

  void innerEntry(String key, String value) {
    line("    ", key + ": " + quoted(value));
  }

  private void line(String indent, String content) {
    text.append(indent).append(content).append('\n');
    afterComment = false;
  }

  /** A double-quoted scalar (YAML 1.2.2 §7.3.1), on one line whatever it holds. */
  private static String quoted(String value) {
    var quoted = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
              } else if (printable(point)) {
                quoted.appendCodePoint(point);
              } else {
                quoted.append("\\U%08x".formatted(point));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
