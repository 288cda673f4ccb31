package de.kreissiegel.ra.pages.phone;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.hotline.Caller;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.certificates.CertificateRow;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages of who answers the phone. The session keeps the proof of who calls, not the code; it
 * ends with the call.
 */
@Controller
class CallPages {
  private static final String CALLER = CallPages.class.getName() + ".caller";
  private static final String BEGIN = "redirect:/revoke-by-phone";
  private static final String CALL = "redirect:/revoke-by-phone/caller";
  private static final int LONGEST_NOTE = 300;
  private static final int LONGEST_NAME = 200;

  private final Hotline hotline;
  private final Words words;
  private final InstantSource clock;

  CallPages(Hotline hotline, Words words, InstantSource clock) {
    this.hotline = hotline;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/revoke-by-phone")
  String begin(@RequestParam(required = false) @Nullable String who, Model model) {
    if (who != null) {
      model.addAttribute("who", who.substring(0, Math.min(LONGEST_NAME, who.length())));
    }
    return "revoke-by-phone";
  }

  @PostMapping("/revoke-by-phone")
  String answer(
      Actor.Person person,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String code,
      HttpSession session,
      RedirectAttributes next) {
    session.removeAttribute(CALLER);
    try {
      session.setAttribute(CALLER, hotline.answer(person, who, code).kept());
      return CALL;
    } catch (Refused refused) {
      next.addFlashAttribute(Notice.ATTRIBUTE, refusal(refused));
      next.addFlashAttribute("who", who);
      return BEGIN;
    }
  }

  /** What was typed can't be read: said in the words of this page, not of a broken request. */
  private Notice refusal(Refused refused) {
    var notice = words.refused(refused.refusal());
    return refused.reason() == RefusalReason.BAD_DATA_FORMAT
        ? notice.inWords(words.of("phone.mistyped.title"), words.of("phone.mistyped.text"))
        : notice.inWords(notice.title(), notice.text());
  }

  @GetMapping("/revoke-by-phone/caller")
  String call(Actor.Person person, HttpSession session, Model model, RedirectAttributes next) {
    try {
      var caller = caller(session);
      model.addAttribute("caller", caller.name());
      model.addAttribute(
          "certificates",
          hotline.certificates(person, caller).stream().map(this::certificate).toList());
      return "revoke-by-phone-caller";
    } catch (Refused refused) {
      return over(session, refused, next);
    }
  }

  @PostMapping("/revoke-by-phone/caller/{authority}/{serial}")
  String revoke(
      Actor.Person person,
      @PathVariable String authority,
      @PathVariable String serial,
      @RequestParam(defaultValue = "certificateHold") String reason,
      @RequestParam(defaultValue = "") String note,
      HttpSession session,
      RedirectAttributes next) {
    try {
      var changed =
          hotline.revoke(
              person, caller(session), name(authority), number(serial), order(reason, note));
      var done = changed.status() instanceof CertificateStatus.OnHold ? "held" : "revoked";
      next.addFlashAttribute(
          Notice.ATTRIBUTE, words.done("phone.done." + done, words.profile(changed.profile())));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.CALLER_NOT_PROVEN) {
        return over(session, refused, next);
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return CALL;
  }

  @PostMapping("/revoke-by-phone/end")
  String end(HttpSession session, RedirectAttributes next) {
    session.removeAttribute(CALLER);
    next.addFlashAttribute(Notice.ATTRIBUTE, words.done("phone.ended"));
    return BEGIN;
  }

  private String over(HttpSession session, Refused refused, RedirectAttributes next) {
    session.removeAttribute(CALLER);
    next.addFlashAttribute(Notice.ATTRIBUTE, refusal(refused));
    return BEGIN;
  }

  private static Caller caller(HttpSession session) throws Refused {
    if (session.getAttribute(CALLER) instanceof Caller.Kept kept) {
      return Caller.of(kept);
    }
    throw new Refused(RefusalReason.CALLER_NOT_PROVEN, "there is no call");
  }

  private static Revocation order(String reason, String note) throws Refused {
    if (note.strip().length() > LONGEST_NOTE) {
      throw new Refused(RefusalReason.REASON_MISSING, "a note has at most 300 characters");
    }
    try {
      return Revocation.of(RevocationReason.ofName(reason), note.strip());
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason has to be chosen");
    }
  }

  private static AuthorityName name(String text) throws Refused {
    try {
      return new AuthorityName(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no authority of this name");
    }
  }

  private static SerialNumber number(String text) throws Refused {
    try {
      return SerialNumber.fromHex(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no certificate with this serial number");
    }
  }

  private CallerCertificate certificate(StoredCertificate certificate) {
    return new CallerCertificate(
        CertificateRow.of(certificate, words, clock.instant()),
        "/revoke-by-phone/caller/" + certificate.authority() + "/" + certificate.serial(),
        !(certificate.status() instanceof CertificateStatus.OnHold));
  }

  /**
   * One of the caller's certificates.
   *
   * @param address where its form goes
   * @param canBeHeld whether it isn't on hold already
   */
  record CallerCertificate(CertificateRow row, String address, boolean canBeHeld) {}
}
