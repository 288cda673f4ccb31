package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ca.campaign.Preview;
import de.kreissiegel.ca.campaign.Progress;
import de.kreissiegel.ca.campaign.Standing;
import de.kreissiegel.ra.pages.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Certificates of one administration and kind.
 *
 * @param done how many are renewed
 * @param left of how many something has still to happen; before the begin, how many machines ask
 *     for
 */
record PartRow(String tenant, String kind, long count, long done, long left) {
  static List<PartRow> of(Preview preview, Words words) {
    return preview.parts().stream()
        .map(
            one ->
                new PartRow(
                    words.tenant(one.tenant()),
                    words.profile(one.profile()),
                    one.count(),
                    one.done(),
                    one.machine()))
        .toList();
  }

  static List<PartRow> of(Progress progress, Words words) {
    Map<List<String>, PartRow> rows = new LinkedHashMap<>();
    for (Progress.Part part : progress.parts()) {
      rows.merge(
          List.of(part.tenant().value(), part.profile().value()),
          new PartRow(
              words.tenant(part.tenant()),
              words.profile(part.profile()),
              part.count(),
              part.standing() == Standing.RENEWED ? part.count() : 0,
              part.standing().isLeft() ? part.count() : 0),
          PartRow::plus);
    }
    return List.copyOf(rows.values());
  }

  private PartRow plus(PartRow other) {
    return new PartRow(tenant, kind, count + other.count, done + other.done, left + other.left);
  }
}
