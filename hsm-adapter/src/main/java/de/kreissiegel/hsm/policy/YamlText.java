package de.kreissiegel.hsm.policy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a mapping in YAML, line by line. */
final class YamlText {
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private final StringBuilder text;
  private final int depth;
  private boolean item;

  YamlText(StringBuilder text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  /** A key with a value that needs no quotes. */
  YamlText put(String key, Object plain) {
    start();
    text.append(key).append(": ").append(plain).append('\n');
    return this;
  }

  YamlText quoted(String key, String value) {
    return put(key, quoted(value));
  }

  YamlText duration(String key, Duration value) {
    return put(key, duration(value));
  }

  /** A key with a list in one line, as it stands. */
  YamlText list(String key, Collection<String> words) {
    return put(key, flow(words));
  }

  /** A key whose mapping follows, one step in. */
  YamlText section(String key) {
    start();
    text.append(key).append(":\n");
    return new YamlText(text, depth + 1);
  }

  /** A list's next item, a mapping in one line; to be asked of what {@link #section} gave. */
  void item(Row row) {
    text.append("  ".repeat(depth)).append("- ").append(row).append('\n');
  }

  /** A mapping in one line. */
  static final class Row {
    private final StringBuilder entries = new StringBuilder();

    Row put(String key, Object plain) {
      entries.append(entries.isEmpty() ? "" : ", ").append(key).append(": ").append(plain);
      return this;
    }

    Row flag(String key, boolean set) {
      return set ? put(key, true) : this;
    }

    @Override
    public String toString() {
      return "{" + entries + "}";
    }
  }

  /** A list's next item, a mapping; to be asked of what {@link #section} gave. */
  YamlText item() {
    YamlText next = new YamlText(text, depth + 1);
    next.item = true;
    return next;
  }

  private void start() {
    text.append("  ".repeat(item ? depth - 1 : depth)).append(item ? "- " : "");
    item = false;
  }

  static String flow(Collection<String> words) {
    return words.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  static List<String> quotedAndSorted(Collection<String> values) {
    return values.stream().sorted().map(YamlText::quoted).toList();
  }

  /** In whole days where it is; P365D is easier to compare than PT8760H. */
  static String duration(Duration value) {
    boolean days = value.getNano() == 0 && !value.isZero() && value.toSeconds() % DAY == 0;
    return days ? "P%dD".formatted(value.toSeconds() / DAY) : value.toString();
  }

  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
              }
            });
    return quoted.append('"').toString();
  }
}
