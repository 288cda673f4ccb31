package de.kreissiegel.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Counts, and keeps the first ten as examples. */
final class Tally {
  private static final int EXAMPLES = 10;
  private final List<String> examples = new ArrayList<>();
  private int count;

  void add(String example) {
    count++;
    if (examples.size() < EXAMPLES) {
      examples.add(example);
    }
  }

  int count() {
    return count;
  }

  void tell(String what, Consumer<String> out) {
    out.accept("  %s: %d".formatted(what, count));
    examples.forEach(example -> out.accept("    " + example));
    if (count > examples.size()) {
      out.accept("    and %d more".formatted(count - examples.size()));
    }
  }
}
