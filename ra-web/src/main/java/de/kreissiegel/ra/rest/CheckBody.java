package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an officer checked a person, on the wire: {@code kind} ({@code known}, {@code identity-card},
 * {@code personnel-record}, {@code unchanged}, {@code device-record}) and {@code on}, the day. Any
 * other member is refused, so that no document's number comes in.
 */
final class CheckBody {
  private static final Set<String> MEMBERS = Set.of("kind", "on");

  private CheckBody() {}

  static Optional<IdentityCheck> read(@Nullable Map<String, String> body) throws Refused {
    if (body == null) {
      return Optional.empty();
    }
    if (!body.keySet().equals(MEMBERS)) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          "a check has a kind and a day (on), and nothing else: no number, no copy");
    }
    return Optional.of(
        IdentityCheck.read(String.valueOf(body.get("kind")), String.valueOf(body.get("on"))));
  }

  /**
   * A check that was made.
   *
   * @param at when it was recorded
   * @param request with the decision on which request; empty where the person was confirmed again
   */
  record View(
      String subject,
      String tenant,
      String kind,
      LocalDate on,
      String officer,
      String officerName,
      Instant at,
      Optional<UUID> request) {
    static View of(CheckRecord check) {
      return new View(
          check.subject().value(),
          check.tenant().value(),
          check.check().kind().configName(),
          check.check().on(),
          check.officer().value(),
          check.officerName(),
          check.at(),
          check.request());
    }
  }
}
