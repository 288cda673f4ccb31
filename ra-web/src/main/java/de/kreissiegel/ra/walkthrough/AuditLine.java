package de.kreissiegel.ra.walkthrough;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * An event of the audit trail, as the API shows it.
 *
 * @param at when
 * @param who for display
 * @param action what, as {@code request.approved}
 * @param detail how and why
 */
record AuditLine(Instant at, String who, String action, String detail) {
  static AuditLine read(Json json) throws Surprise {
    var at = json.text("at");
    try {
      return new AuditLine(
          Instant.parse(at), json.text("actorName"), json.text("action"), json.text("detail"));
    } catch (DateTimeParseException _) {
      throw new Surprise("a time (RFC 3339) from " + json.source(), at);
    }
  }

  static Optional<AuditLine> find(List<AuditLine> lines, String action) {
    return lines.stream().filter(line -> line.action().equals(action)).findFirst();
  }

  @Override
  public String toString() {
    return action + " by " + who + " at " + Text.time(at);
  }
}
