package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.util.List;

/** Which part of a list is wanted. */
record Slice(int offset, int limit) {
  static final String DEFAULT_LIMIT = "50";
  private static final int MOST = 500;

  static Slice of(int offset, int limit) throws Refused {
    if (offset < 0 || limit < 1 || limit > MOST) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "offset starts from 0, limit is from 1 to " + MOST);
    }
    return new Slice(offset, limit);
  }

  <T> List<T> of(List<T> all) {
    return all.stream().skip(offset).limit(limit).toList();
  }
}
