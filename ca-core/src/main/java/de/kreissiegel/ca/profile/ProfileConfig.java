package de.kreissiegel.ca.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A profile's file as it was read; nothing of it is believed yet.
 *
 * @param file the file's name, as {@code smime.yaml}
 * @param text as it was written
 * @param entries by key; a key within a key is written with a point, as {@code title.de}
 */
record ProfileConfig(String file, String text, Map<String, Entry> entries) {
  ProfileConfig {
    entries = new LinkedHashMap<>(entries);
  }

  /**
   * A value and where it stands.
   *
   * @param values the values; one unless it is a list
   * @param list whether it was written as a list
   * @param line counted from 1
   */
  record Entry(List<String> values, boolean list, int line) {
    Entry {
      values = List.copyOf(values);
    }
  }
}
