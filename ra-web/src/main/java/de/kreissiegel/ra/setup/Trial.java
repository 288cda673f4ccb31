package de.kreissiegel.ra.setup;

import de.kreissiegel.ra.pages.Mark.Tone;
import java.util.Arrays;
import java.util.List;

/**
 * How it went when the answers of a step were tried.
 *
 * @param of the digest of what was tried; other answers haven't been
 * @param good whether it works as it was answered
 * @param lines what was seen
 */
record Trial(String of, boolean good, List<Line> lines) {
  Trial {
    lines = List.copyOf(lines);
  }

  /**
   * Something that was seen.
   *
   * @param tone how good that is
   * @param key its words
   * @param arguments what those words name; a key of other words after {@code #}
   * @param detail in the words of whoever answered; may be empty
   */
  record Line(Tone tone, String key, List<String> arguments, String detail) {
    static Line of(Tone tone, String key, Object... arguments) {
      return new Line(tone, key, Arrays.stream(arguments).map(String::valueOf).toList(), "");
    }

    Line in(String words) {
      return new Line(tone, key, arguments, words);
    }
  }
}
