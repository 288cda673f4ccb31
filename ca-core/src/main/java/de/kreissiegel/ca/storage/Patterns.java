package de.kreissiegel.ca.storage;

/** What people type into a search field, made fit for {@code LIKE}. */
final class Patterns {
  private Patterns() {}

  /** Matches what contains this text, its own wildcards taken literally. */
  static String containing(String text) {
    String literal = storable(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return "%" + literal + "%";
  }

  /** Without U+0000, which no text in PostgreSQL holds. */
  static String storable(String text) {
    return text.replace("\0", "");
  }
}
