package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.CrlLine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an export says before its facts, as {@code {"list":"people","partition":0,"number":42}}: all
 * that the lists up to this one told of follows.
 *
 * @param authority whose list
 * @param partition of which of its certificates it tells; 0 of those that have no partition
 * @param number its CRLNumber
 */
public record ListLine(AuthorityName authority, int partition, long number) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"list\":\"([a-z0-9-]{1,40})\",\"partition\":([0-9]{1,3}),\"number\":([0-9]{1,18})}");

  /** That of a line whose newest list is known here. */
  public static ListLine of(CrlLine line) {
    return new ListLine(line.authority(), line.partition(), line.number());
  }

  /** The line, without an end of line. */
  public String written() {
    return "{\"list\":\"%s\",\"partition\":%d,\"number\":%d}"
        .formatted(authority, partition, number);
  }

  /** Reads a line; empty if it is of another kind. */
  static Optional<ListLine> read(String line) {
    Matcher parts = FORM.matcher(line);
    return parts.matches()
        ? Optional.of(
            new ListLine(
                new AuthorityName(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Long.parseLong(parts.group(3))))
        : Optional.empty();
  }
}
