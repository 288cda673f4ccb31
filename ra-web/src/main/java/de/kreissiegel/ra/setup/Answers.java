package de.kreissiegel.ra.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was answered, by the names of the inputs; rows as {@code people.0.name}. Passwords are never
 * among them. A change makes another one.
 */
final class Answers {
  private final TreeMap<String, String> values;

  Answers(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  Map<String, String> values() {
    return Map.copyOf(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** What was said, or what is proposed. */
  String get(String name) {
    String said = values.get(name);
    return said == null ? Proposals.of(name, this) : said;
  }

  boolean is(String name, String value) {
    return get(name).equals(value);
  }

  /** A number; 0 where none stands. */
  int number(String name) {
    String text = get(name);
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  /** The lines of an answer, without those that are empty. */
  List<String> lines(String name) {
    return get(name).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Words with spaces or commas between. */
  static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s,;]+")).filter(word -> !word.isEmpty()).toList();
  }

  /** The rows of a part that were said, or that are proposed. */
  List<Map<String, String>> rows(Part part) {
    return rows(part.name());
  }

  List<Map<String, String>> rows(String part) {
    if (!values.containsKey(part + ".rows")) {
      return Proposals.rows(part, this);
    }
    int count = Integer.parseInt(values.getOrDefault(part + ".rows", "0"));
    var rows = new ArrayList<Map<String, String>>();
    for (int i = 0; i < count; i++) {
      String prefix = part + "." + i + ".";
      var row = new TreeMap<String, String>();
      values.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              row.put(name.substring(prefix.length()), value);
            }
          });
      rows.add(row);
    }
    return rows;
  }

  /** The same with these said. */
  Answers with(Map<String, String> said) {
    var all = new TreeMap<>(values);
    all.putAll(said);
    return new Answers(all);
  }

  /** The same with these rows instead of those that a part had. */
  Answers withRows(String part, List<Map<String, String>> rows) {
    var all = new TreeMap<>(values);
    all.keySet().removeIf(name -> name.startsWith(part + "."));
    all.put(part + ".rows", Integer.toString(rows.size()));
    for (int i = 0; i < rows.size(); i++) {
      String prefix = part + "." + i + ".";
      rows.get(i).forEach((name, value) -> all.put(prefix + name, value));
    }
    return new Answers(all);
  }
}
