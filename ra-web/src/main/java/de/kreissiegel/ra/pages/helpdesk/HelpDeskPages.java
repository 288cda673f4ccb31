package de.kreissiegel.ra.pages.helpdesk;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.helpdesk.HelpDesk;
import de.kreissiegel.ca.helpdesk.PersonFile;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.RequestRow;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.security.StaffPrincipal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Finding a person, seeing how it stands, sending a letter again, putting on hold. */
@Controller
class HelpDeskPages {
  private final HelpDesk desk;
  private final Passkeys passkeys;
  private final Words words;
  private final InstantSource clock;

  HelpDeskPages(HelpDesk desk, Passkeys passkeys, Words words, InstantSource clock) {
    this.desk = desk;
    this.passkeys = passkeys;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/help-desk")
  String search(Actor.Person helper, @RequestParam(defaultValue = "") String text, Model model)
      throws Refused {
    String wanted = text.strip();
    model.addAttribute("text", wanted);
    if (wanted.isEmpty()) {
      return "help-desk";
    }
    try {
      List<FoundPerson> found =
          desk.find(helper, wanted).stream().map(one -> FoundPerson.of(one, words)).toList();
      model.addAttribute("found", found);
      model.addAttribute("more", found.size() == HelpDesk.MOST_FOUND);
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_AUTHORIZED) {
        throw refused;
      }
      var notice = words.refused(refused.refusal());
      model.addAttribute(
          Notice.ATTRIBUTE,
          refused.reason() == RefusalReason.BAD_DATA_FORMAT
              ? notice.inWords(words.of("helpdesk.short.title"), words.of("helpdesk.short.text"))
              : notice);
    }
    return "help-desk";
  }

  /**
   * One who was found.
   *
   * @param tenants for whom they work, in words
   * @param login and mail may be empty
   */
  record FoundPerson(
      String id, String name, String login, String mail, String tenants, boolean enabled) {
    static FoundPerson of(Subject one, Words words) {
      return new FoundPerson(
          one.id().value(),
          one.commonName(),
          one.login().orElse(""),
          one.mail().orElse(""),
          words.joined(one.tenants().stream().map(words::tenant).sorted().toList()),
          one.enabled());
    }
  }

  @GetMapping("/help-desk/people/{person}")
  String person(Actor.Person helper, @PathVariable("person") String id, Model model)
      throws Refused {
    PersonFile file = desk.file(helper, subject(id));
    Instant now = clock.instant();
    model.addAttribute("person", FoundPerson.of(file.person(), words));
    model.addAttribute(
        "certificates",
        file.certificates().stream().map(one -> HoldableCertificate.of(one, words, now)).toList());
    model.addAttribute("requests", RequestRow.all(file.requests(), words));
    model.addAttribute("sending", file.sending());
    model.addAttribute("letters", file.letters().stream().map(one -> line(one, file)).toList());
    model.addAttribute("code", file.code());
    model.addAttribute("passkeys", passkeys(helper, file));
    model.addAttribute("history", file.history());
    return "help-desk-person";
  }

  private LetterLine line(LetterBook.Sent sent, PersonFile file) {
    return LetterLine.of(sent, file.sending(), words.of("helpdesk.letter." + sent.letter().kind()));
  }

  @PostMapping("/help-desk/people/{person}/certificates/{authority}/{serial}/hold")
  String hold(
      Actor.Person helper,
      @PathVariable("person") String id,
      @PathVariable String authority,
      @PathVariable String serial,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next)
      throws Refused {
    return done(
        id,
        next,
        () -> {
          var held =
              desk.hold(
                  helper,
                  subject(id),
                  authority(authority),
                  serial(serial),
                  reason.replace("\r\n", "\n"));
          return words.done("helpdesk.done.held", words.profile(held.profile()));
        });
  }

  /** Of who can't log in now there are none to be seen. */
  private List<LostPasskey> passkeys(Actor.Person helper, PersonFile file) throws Refused {
    return file.person().enabled()
        ? passkeys.of(helper, file.person().id()).stream().map(LostPasskey::of).toList()
        : List.of();
  }

  /**
   * A passkey that somebody may have lost.
   *
   * @param id for addresses, base64url
   */
  record LostPasskey(String id, String label, Instant created, Instant lastUsed) {
    static LostPasskey of(Passkey passkey) {
      return new LostPasskey(
          Base64.getUrlEncoder().withoutPadding().encodeToString(passkey.id().toArray()),
          passkey.label(),
          passkey.created(),
          passkey.lastUsed());
    }
  }

  @PostMapping("/help-desk/people/{person}/passkeys/{passkey}/remove")
  String removePasskey(
      Actor.Person helper,
      @PathVariable("person") String id,
      @PathVariable String passkey,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next)
      throws Refused {
    return done(
        id,
        next,
        () -> {
          passkeys.removeLost(
              helper,
              StaffPrincipal.provenAt(),
              subject(id),
              passkey(passkey),
              reason.replace("\r\n", "\n"));
          return words.done("helpdesk.done.passkey");
        });
  }

  private static Bytes passkey(String text) throws Refused {
    try {
      return Bytes.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no passkey of theirs");
    }
  }

  @PostMapping("/help-desk/people/{person}/letters/{letter}")
  String sendAgain(
      Actor.Person helper,
      @PathVariable("person") String id,
      @PathVariable long letter,
      RedirectAttributes next)
      throws Refused {
    return done(
        id,
        next,
        () -> {
          try {
            Letter sent = desk.sendAgain(helper, subject(id), letter);
            return words.done("helpdesk.done.sent", sent.address());
          } catch (Refused refused) {
            if (refused.reason() != RefusalReason.WRONG_STATE) {
              throw refused;
            }
            return words
                .refused(refused.refusal())
                .inWords(words.of("helpdesk.waits.title"), words.of("helpdesk.waits.text"));
          }
        });
  }

  private String done(String id, RedirectAttributes next, Step step) throws Refused {
    try {
      next.addFlashAttribute(Notice.ATTRIBUTE, step.take());
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    next.addAttribute("person", id);
    return "redirect:/help-desk/people/{person}";
  }

  /** What the helper wants. */
  private interface Step {
    Notice take() throws Refused;
  }

  private static SubjectId subject(String text) throws Refused {
    try {
      return new SubjectId(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "nobody has this id");
    }
  }

  private static AuthorityName authority(String text) throws Refused {
    try {
      return new AuthorityName(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no authority of this name");
    }
  }

  private static SerialNumber serial(String text) throws Refused {
    try {
      return SerialNumber.fromHex(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no certificate with this serial number");
    }
  }
}
