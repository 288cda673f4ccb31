package de.kreissiegel.ca.takeover;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts remarks, and keeps the first few of each kind as examples. */
public final class Remarks {
  private static final int EXAMPLES = 5;
  private static final int LONGEST = 200;

  private final Map<Remark, Long> counts = new EnumMap<>(Remark.class);
  private final Map<Remark, List<String>> examples = new EnumMap<>(Remark.class);

  void add(Remark remark, String example) {
    counts.merge(remark, 1L, Long::sum);
    List<String> some = examples.computeIfAbsent(remark, _ -> new ArrayList<>());
    if (some.size() < EXAMPLES) {
      some.add(ForeignText.of(example, LONGEST));
    }
  }

  /** How many of each kind. */
  public Map<Remark, Long> counts() {
    return Map.copyOf(counts);
  }

  /** How many of that kind. */
  public long count(Remark remark) {
    return counts.getOrDefault(remark, 0L);
  }

  /** The first few of that kind: a serial number or a file's name. */
  public List<String> examples(Remark remark) {
    return List.copyOf(examples.getOrDefault(remark, List.of()));
  }
}
