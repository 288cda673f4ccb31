package de.kreissiegel.ra.pages.revision;

import de.kreissiegel.ca.revision.ReviewPeriod;
import de.kreissiegel.ca.revision.Task;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A period with its reviews.
 *
 * @param title from which day to which
 * @param deadline until when they have to be signed off, as a day
 * @param running whether it isn't over
 * @param done whether all of them are signed off
 */
record PeriodCard(
    String title, String deadline, boolean running, boolean done, List<TaskRow> rows) {
  static List<PeriodCard> of(List<Task> tasks, Words words) {
    Map<ReviewPeriod, List<Task>> byPeriod = new LinkedHashMap<>();
    tasks.forEach(
        task -> byPeriod.computeIfAbsent(task.period(), _ -> new ArrayList<>()).add(task));
    return byPeriod.entrySet().stream()
        .map(
            one ->
                new PeriodCard(
                    title(one.getKey().from(), one.getKey().until(), words),
                    words.date(one.getValue().getFirst().deadline().minusSeconds(1)),
                    one.getValue().stream().anyMatch(task -> task.state() == Task.State.RUNNING),
                    one.getValue().stream().allMatch(task -> task.state() == Task.State.SIGNED),
                    one.getValue().stream().map(task -> TaskRow.of(task, words)).toList()))
        .toList();
  }

  static String title(Instant from, Instant until, Words words) {
    return words.of("revision.period", words.date(from), words.date(until.minusSeconds(1)));
  }
}
