package de.kreissiegel.ca.letter;

import java.io.IOException;
import java.util.function.BiConsumer;

/** Where it is heard of letters that came back. */
@FunctionalInterface
public interface BounceSource {
  /**
   * Tells of each letter that came back for good since the last time.
   *
   * @param each gets the letter's token, and what the other server said
   * @throws IOException if it can't be read now
   */
  void read(BiConsumer<String, String> each) throws IOException;
}
