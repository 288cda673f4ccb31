package de.kreissiegel.ra.health;

import java.util.List;
import java.util.Map;

/** How the parts of the house are, as its health says it. */
public interface HouseState {
  /** All of them, by name. Asks each; may take seconds where one doesn't answer. */
  List<Part> parts();

  /**
   * One of them.
   *
   * @param name as in {@code /actuator/health}: {@code signer}
   * @param well how it is
   * @param details what it says of itself, in English
   */
  record Part(String name, Well well, Map<String, String> details) {
    public Part {
      details = Map.copyOf(details);
    }
  }

  /** How well. */
  enum Well {
    GOOD,
    /** Works, and somebody has to look soon. */
    ATTENTION,
    BAD
  }
}
