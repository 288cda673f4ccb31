package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Revocation for somebody on the phone who says their code. */
@RestController
@RequestMapping("/api/v1/phone-revocations")
class PhoneRevocationController {
  private final Hotline hotline;
  private final Clock clock;

  PhoneRevocationController(Hotline hotline, Clock clock) {
    this.hotline = hotline;
    this.clock = clock;
  }

  /** What the caller has that can be put on hold or revoked. */
  @PostMapping(consumes = "application/json")
  Listing<CertificateView> certificates(Actor.Person person, @Valid @RequestBody CallerBody body)
      throws Refused {
    var caller = hotline.answer(person, body.caller(), body.code());
    return Listing.all(
        hotline.certificates(person, caller),
        certificate -> CertificateView.of(certificate, clock.instant()));
  }

  /** Puts one of them on hold, or revokes it for the reason keyCompromise. */
  @PostMapping(path = "/{authority}/{serial}", consumes = "application/json")
  CertificateView revoke(
      Actor.Person person,
      @PathVariable AuthorityName authority,
      @PathVariable SerialNumber serial,
      @Valid @RequestBody PhoneRevocationBody body)
      throws Refused {
    var order =
        Revocation.of(reason(body.reason()), body.note() == null ? "" : body.note().strip());
    var caller = hotline.answer(person, body.caller(), body.code());
    return CertificateView.of(
        hotline.revoke(person, caller, authority, serial, order), clock.instant());
  }

  private static RevocationReason reason(@Nullable String name) throws Refused {
    try {
      return name == null ? RevocationReason.CERTIFICATE_HOLD : RevocationReason.ofName(name);
    } catch (IllegalArgumentException _) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "by phone only certificateHold or keyCompromise");
    }
  }

  /**
   * Who calls.
   *
   * @param caller the login or the whole name that they say
   * @param code the code that they say
   */
  record CallerBody(@NotNull @Size(max = 200) String caller, @NotNull @Size(max = 64) String code) {
    /** Doesn't tell the code to a log. */
    @Override
    public String toString() {
      return "a caller with a code";
    }
  }

  /**
   * What they want.
   *
   * @param caller the login or the whole name that they say
   * @param code the code that they say
   * @param reason certificateHold, which is meant if it is missing, or keyCompromise
   * @param note more words, for the audit trail
   */
  record PhoneRevocationBody(
      @NotNull @Size(max = 200) String caller,
      @NotNull @Size(max = 64) String code,
      @Nullable String reason,
      @Nullable @Size(max = 300) String note) {
    /** Doesn't tell the code to a log. */
    @Override
    public String toString() {
      return "a caller with a code, for " + reason;
    }
  }
}
