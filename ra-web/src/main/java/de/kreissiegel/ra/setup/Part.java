package de.kreissiegel.ra.setup;

import java.util.List;

/**
 * What belongs together in a step.
 *
 * @param name words for people stand under {@code setup.part.NAME}
 * @param inputs what is asked, once or in each row
 * @param most how many rows there may be; 0 where it is asked once
 */
record Part(String name, List<Input> inputs, int most) {
  static Part of(String name, Input... inputs) {
    return new Part(name, List.of(inputs), 0);
  }

  static Part rows(String name, int most, Input... columns) {
    return new Part(name, List.of(columns), most);
  }

  boolean isRows() {
    return most > 0;
  }
}
