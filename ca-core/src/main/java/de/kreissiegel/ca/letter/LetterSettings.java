package de.kreissiegel.ca.letter;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * What is told, and when.
 *
 * @param reminders how many days before the end of a certificate its holder is reminded, 1 to 365,
 *     from many to few; the last one goes to the officers, too. Empty: nobody is reminded
 * @param zone whose days these are
 * @param operator who hears of alarms, and of what no officer is there for
 * @param giveUpAfter for how long a letter is tried
 * @param keep for how long it is kept after its end
 */
public record LetterSettings(
    List<Integer> reminders, ZoneId zone, String operator, Duration giveUpAfter, Duration keep) {
  private static final int LONGEST = 365;

  /**
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public LetterSettings {
    reminders = reminders.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    if (reminders.stream().anyMatch(days -> days < 1 || days > LONGEST)) {
      throw new IllegalArgumentException(
          "reminders are 1 to 365 days before the end: " + reminders);
    }
    if (giveUpAfter.isNegative() || keep.toDays() < 1) {
      throw new IllegalArgumentException("times of letters are positive, 'keep' a day at least");
    }
  }
}
