package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.settings.ConfigurationFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Takes settings out of a {@link ProfileConfig} one by one and collects what is wrong. */
final class Reading {
  private final ProfileConfig config;
  private final List<ConfigurationFault> faults;
  private final Set<String> taken = new HashSet<>();
  private int found;

  Reading(ProfileConfig config, List<ConfigurationFault> faults) {
    this.config = config;
    this.faults = faults;
  }

  /** A setting that must be there; the stand-in is only used to go on after a fault. */
  <T> T required(String key, Function<String, T> parser, T standIn, String remedy) {
    if (!config.entries().containsKey(key)) {
      fault(key, "is missing", remedy);
      return standIn;
    }
    return optional(key, parser, remedy).orElse(standIn);
  }

  /** A setting that may be there. */
  <T> Optional<T> optional(String key, Function<String, T> parser, String remedy) {
    taken.add(key);
    ProfileConfig.Entry entry = config.entries().get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.list() || entry.values().getFirst().isBlank()) {
      fault(key, "needs one value", remedy);
      return Optional.empty();
    }
    return parse(key, entry.values().getFirst(), parser, remedy);
  }

  /** A list, which may be absent; order is kept, a value that stands there twice is a fault. */
  <T> Set<T> list(String key, Function<String, T> parser, String remedy) {
    taken.add(key);
    Set<T> parsed = new LinkedHashSet<>();
    ProfileConfig.Entry entry = config.entries().get(key);
    if (entry == null) {
      return parsed;
    }
    if (!entry.list()) {
      fault(key, "needs a list", remedy);
      return parsed;
    }
    for (String value : entry.values()) {
      parse(key, value, parser, remedy)
          .ifPresent(
              one -> {
                if (!parsed.add(one)) {
                  fault(key, "'" + value + "' stands there twice", "Remove one of the two.");
                }
              });
    }
    return parsed;
  }

  /** A value or a list of some, which may be absent. */
  <T> Set<T> oneOrMore(String key, Function<String, T> parser, String remedy) {
    ProfileConfig.Entry entry = config.entries().get(key);
    if (entry == null || entry.list()) {
      return list(key, parser, remedy);
    }
    return optional(key, parser, remedy).map(Set::of).orElse(Set.of());
  }

  /** The keys that begin so, in the order of the file. */
  List<String> keysUnder(String prefix) {
    return config.entries().keySet().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  /** Notes a fault in a setting. */
  void fault(String key, String message, String remedy) {
    ProfileConfig.Entry entry = config.entries().get(key);
    taken.add(key);
    found++;
    faults.add(
        new ConfigurationFault(
            config.file(), entry == null ? 0 : entry.line(), key, message, remedy));
  }

  /** Notes a fault unless the condition holds. */
  void check(boolean holds, String key, String message, String remedy) {
    if (!holds) {
      fault(key, message, remedy);
    }
  }

  /** Ends the reading: whatever was not taken is unknown. True if there was no fault. */
  boolean isSound(List<String> known) {
    for (String key : config.entries().keySet()) {
      if (!taken.contains(key)) {
        fault(key, "is not a setting of a profile", "Known are: " + String.join(", ", known) + ".");
      }
    }
    return found == 0;
  }

  /** The keys taken so far, for the message about unknown ones. */
  List<String> takenKeys() {
    var keys = new ArrayList<>(taken);
    keys.sort(null);
    return keys;
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
