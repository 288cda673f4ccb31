package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ca.campaign.Progress;
import de.kreissiegel.ca.campaign.Standing;
import java.util.List;

/**
 * How many certificates stand where.
 *
 * @param standing its name
 * @param width of the bar, 0 to 100, where all are 100
 */
record StandingBar(String standing, long count, double width) {
  /** In the order of standings, those that there are. */
  static List<StandingBar> of(Progress progress) {
    long total = progress.total();
    return progress.byStanding().entrySet().stream()
        .filter(one -> one.getValue() > 0 || one.getKey() == Standing.RENEWED)
        .map(
            one ->
                new StandingBar(
                    one.getKey().name(), one.getValue(), LoadBar.width(one.getValue(), total)))
        .toList();
  }
}
