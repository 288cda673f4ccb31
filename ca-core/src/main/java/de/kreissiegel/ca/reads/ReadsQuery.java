package de.kreissiegel.ca.reads;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is looked for, newest first.
 *
 * @param about whose data: a directory id, a whole mail address or a part of the name, as
 *     certificates and applications have them; empty for everybody's
 * @param reader who looked: an id or a part of the name; empty for everybody
 * @param tenant only this one's
 * @param from the first moment
 * @param until the first moment after
 */
public record ReadsQuery(
    String about, String reader, Optional<TenantId> tenant, Instant from, Instant until) {
  private static final int LONGEST = 200;

  /** Later ones the database has no room for. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * @throws IllegalArgumentException if the time ends before it begins, or a text is too long
   */
  public ReadsQuery {
    if (!from.isBefore(until)
        || from.isBefore(Instant.EPOCH)
        || until.isAfter(LATEST)
        || about.length() > LONGEST
        || reader.length() > LONGEST) {
      throw new IllegalArgumentException("from before until, texts of 200 characters at most");
    }
  }
}
