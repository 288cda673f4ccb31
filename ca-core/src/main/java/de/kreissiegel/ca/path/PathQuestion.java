package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;

/**
 * What is asked.
 *
 * @param anchors certificates that are believed, DER, at least one
 * @param certificate the one that is asked about, DER
 * @param others certificates that may be of use, DER, in any order
 * @param lists CRLs, full and delta, DER, in any order
 * @param time for when: validity and status are looked at then
 */
public record PathQuestion(
    List<Bytes> anchors,
    Bytes certificate,
    List<Bytes> others,
    List<Bytes> lists,
    Instant time,
    PathOptions options) {
  public PathQuestion {
    anchors = List.copyOf(anchors);
    others = List.copyOf(others);
    lists = List.copyOf(lists);
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to believe without an anchor");
    }
  }
}
