package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ra.pages.CertificateAddress;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes what the forms on a certificate's page ask for: revoke, hold, release. */
@Controller
class RevocationForm {
  private static final int LONGEST_NOTE = 500;
  static final ZoneId HERE = ZoneId.of("Europe/Berlin");

  private final RevocationDesk desk;
  private final Words words;

  RevocationForm(RevocationDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  @PostMapping("/certificates/{authority}/{serial}/revoke")
  String revoke(
      Actor.Person person,
      @PathVariable String authority,
      @PathVariable String serial,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String since,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(defaultValue = "") List<String> also,
      RedirectAttributes next)
      throws Refused {
    return answer(
        authority,
        serial,
        next,
        () -> {
          for (String other : also) {
            revokeOther(person, other, new Revocation(reason(reason), date(since), checked(note)));
          }
          var address = CertificateAddress.of(authority, serial);
          var revoked =
              desk.revoke(
                  person,
                  address.authority(),
                  address.serial(),
                  new Revocation(reason(reason), date(since), checked(note)));
          return revoked.status() instanceof CertificateStatus.OnHold ? "held" : "revoked";
        });
  }

  /** Another certificate of the same order, which the form names {@code authority/serial}. */
  private void revokeOther(Actor.Person person, String name, Revocation revocation) throws Refused {
    int slash = Math.max(0, name.indexOf('/'));
    var other = CertificateAddress.of(name.substring(0, slash), name.substring(slash + 1));
    desk.revoke(person, other.authority(), other.serial(), revocation);
  }

  @PostMapping("/certificates/{authority}/{serial}/release")
  String release(
      Actor.Person person,
      @PathVariable String authority,
      @PathVariable String serial,
      @RequestParam(defaultValue = "") String note,
      RedirectAttributes next)
      throws Refused {
    return answer(
        authority,
        serial,
        next,
        () -> {
          var address = CertificateAddress.of(authority, serial);
          desk.release(person, address.authority(), address.serial(), checked(note));
          return "released";
        });
  }

  private String answer(String authority, String serial, RedirectAttributes next, Step step)
      throws Refused {
    try {
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("certificate.done." + step.take()));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    next.addAttribute("authority", authority);
    next.addAttribute("serial", serial);
    return "redirect:/certificates/{authority}/{serial}";
  }

  private static RevocationReason reason(String name) throws Refused {
    try {
      return RevocationReason.ofName(name);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason has to be chosen");
    }
  }

  /** The beginning of a day here, in Germany; empty for none. */
  private static Optional<Instant> date(String day) throws Refused {
    try {
      return day.isBlank()
          ? Optional.empty()
          : Optional.of(LocalDate.parse(day).atStartOfDay(HERE).toInstant());
    } catch (DateTimeParseException _) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "not a day");
    }
  }

  private static String checked(String note) throws Refused {
    var text = note.strip();
    if (text.length() > LONGEST_NOTE) {
      throw new Refused(RefusalReason.REASON_MISSING, "a note has at most 500 characters");
    }
    return text;
  }

  /** Does something and says what was done. */
  private interface Step {
    String take() throws Refused;
  }
}
