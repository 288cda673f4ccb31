package de.kreissiegel.ca.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A mapping of a {@link Sheet}. Settings are taken out one by one; what is wrong is noted and read
 * over, so that a file's faults come all at once. {@link #end} notes what nobody took.
 */
public final class Section {
  private final String file;
  private final String place;
  private final int line;
  private final Map<String, Entry> entries;
  private final List<ConfigurationFault> faults;
  private final Set<String> taken = new HashSet<>();

  Section(
      String file,
      String place,
      int line,
      Map<String, Entry> entries,
      List<ConfigurationFault> faults) {
    this.file = file;
    this.place = place;
    this.line = line;
    this.entries = new LinkedHashMap<>(entries);
    this.faults = faults;
  }

  /**
   * What stands behind a key: words or sections, not both.
   *
   * @param list whether it was written as a list
   * @param line counted from 1
   */
  record Entry(List<String> words, List<Section> sections, boolean list, int line) {
    Entry {
      words = List.copyOf(words);
      sections = List.copyOf(sections);
    }
  }

  /** A setting that must be there; the stand-in is only used to go on after a fault. */
  public <T> T required(String key, Function<String, T> parser, T standIn, String remedy) {
    if (!entries.containsKey(key)) {
      fault(key, "is missing", remedy);
      return standIn;
    }
    return optional(key, parser, remedy).orElse(standIn);
  }

  /**
   * A setting that may be there.
   *
   * @param parser whose exceptions mean that the value is not allowed
   */
  public <T> Optional<T> optional(String key, Function<String, T> parser, String remedy) {
    taken.add(key);
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.list() || entry.words().size() != 1 || entry.words().getFirst().isBlank()) {
      fault(key, "needs one value", remedy);
      return Optional.empty();
    }
    return parse(key, entry.words().getFirst(), parser, remedy);
  }

  /** A list of words, which may be absent. */
  public <T> List<T> list(String key, Function<String, T> parser, String remedy) {
    taken.add(key);
    Entry entry = entries.get(key);
    List<T> parsed = new ArrayList<>();
    if (entry == null) {
      return parsed;
    }
    if (!entry.list() || !entry.sections().isEmpty()) {
      fault(key, "needs a list of words", remedy);
      return parsed;
    }
    for (String word : entry.words()) {
      parse(key, word, parser, remedy).ifPresent(parsed::add);
    }
    return parsed;
  }

  /** A list of sections, which may be absent. */
  public List<Section> sections(String key, String remedy) {
    taken.add(key);
    Entry entry = entries.get(key);
    if (entry == null) {
      return List.of();
    }
    if (!entry.list() || !entry.words().isEmpty()) {
      fault(key, "needs a list of settings", remedy);
      return List.of();
    }
    return entry.sections();
  }

  /** A section within, which may be absent. */
  public Optional<Section> section(String key, String remedy) {
    taken.add(key);
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.list() || entry.sections().size() != 1) {
      fault(key, "needs settings of its own", remedy);
      return Optional.empty();
    }
    return Optional.of(entry.sections().getFirst());
  }

  /** All settings of one word each, taken at once for a reader of its own; others are faults. */
  public Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    for (String key : List.copyOf(entries.keySet())) {
      optional(key, Function.identity(), "Write one value.").ifPresent(one -> words.put(key, one));
    }
    return words;
  }

  /** Whether the key stands there. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Notes a fault in a setting of this section; in all of it where the key is empty. */
  public void fault(String key, String message, String remedy) {
    taken.add(key);
    Entry entry = entries.get(key);
    String at = place.isEmpty() || key.isEmpty() ? place + key : place + "." + key;
    faults.add(
        new ConfigurationFault(file, entry == null ? line : entry.line(), at, message, remedy));
  }

  /** Notes a fault unless the condition holds. */
  public void check(boolean holds, String key, String message, String remedy) {
    if (!holds) {
      fault(key, message, remedy);
    }
  }

  /** Ends the reading: whatever was not taken is unknown. */
  public void end() {
    String known = String.join(", ", new TreeSet<>(taken));
    for (String key : List.copyOf(entries.keySet())) {
      if (!taken.contains(key)) {
        fault(key, "is no setting here", "Known are: " + known + ".");
      }
    }
  }

  private <T> Optional<T> parse(
      String key, String value, Function<String, T> parser, String remedy) {
    try {
      return Optional.of(parser.apply(value));
    } catch (RuntimeException unreadable) {
      fault(key, "'" + value + "' is not allowed here", remedy);
      return Optional.empty();
    }
  }
}
