package de.kreissiegel.ca.status;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The vault has signed lists that the database never had: it was put back from an older backup, and
 * what it would publish might make good again what was revoked.
 */
public final class ListsMissing extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param lines of which lists are missing, at least one
   */
  public ListsMissing(List<CrlLine> lines) {
    super(
        "the database is older than what was published. It lacks "
            + lines.stream().map(ListsMissing::named).collect(Collectors.joining(", "))
            + ". Take them in with `kreissiegel revocations replay FILE...`, from a copy of those"
            + " lists or from an export of the facts, and start again");
  }

  private static String named(CrlLine line) {
    return "list %d of %s".formatted(line.missing().orElseThrow(), line.name(false).label());
  }
}
