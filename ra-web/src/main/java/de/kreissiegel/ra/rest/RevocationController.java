package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Revocation, hold and release. */
@RestController
@RequestMapping("/api/v1/certificates/{authority}/{serial}")
class RevocationController {
  private final RevocationDesk desk;
  private final Clock clock;

  RevocationController(RevocationDesk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  /** Revokes for good, or suspends for the reason certificateHold. */
  @PostMapping(path = "/revoke", consumes = "application/json")
  CertificateView revoke(
      Actor.Person person,
      @PathVariable AuthorityName authority,
      @PathVariable SerialNumber serial,
      @Valid @RequestBody RevokeBody body)
      throws Refused {
    var order =
        new Revocation(
            reason(body.reason()),
            Optional.ofNullable(body.invalidSince())
                .map(date -> date.truncatedTo(ChronoUnit.SECONDS)),
            note(body.note()));
    var revoked = desk.revoke(person, authority, serial, order);
    return CertificateView.of(revoked, clock.instant());
  }

  /** Releases a hold. */
  @PostMapping(path = "/release", consumes = "application/json")
  CertificateView release(
      Actor.Person person,
      @PathVariable AuthorityName authority,
      @PathVariable SerialNumber serial,
      @Valid @RequestBody ReleaseBody body)
      throws Refused {
    return CertificateView.of(
        desk.release(person, authority, serial, note(body.note())), clock.instant());
  }

  private static RevocationReason reason(String name) throws Refused {
    try {
      var reason = RevocationReason.ofName(name);
      if (reason != RevocationReason.REMOVE_FROM_CRL) {
        return reason;
      }
    } catch (IllegalArgumentException _) {
      // answered below
    }
    throw new Refused(
        RefusalReason.BAD_DATA_FORMAT,
        "reason is not a CRLReason (RFC 5280) that can be asked for");
  }

  private static String note(@Nullable String note) {
    return note == null ? "" : note;
  }

  /**
   * A revocation.
   *
   * @param reason by its name in RFC 5280 §5.3.1, as keyCompromise
   * @param invalidSince since when the key or the certificate is thought to have been bad (RFC 5280
   *     §5.3.2)
   * @param note why, in words, for the audit trail
   */
  record RevokeBody(
      @NotNull String reason,
      @Nullable Instant invalidSince,
      @Nullable @Size(max = 500) String note) {}

  /**
   * A release.
   *
   * @param note why, in words, for the audit trail
   */
  record ReleaseBody(@Nullable @Size(max = 500) String note) {}
}
