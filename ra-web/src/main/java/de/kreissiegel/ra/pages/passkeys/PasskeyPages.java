package de.kreissiegel.ra.pages.passkeys;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A person's own passkeys. A new one comes by Spring Security's door, from the page's script. */
@Controller
class PasskeyPages {
  private final Passkeys passkeys;
  private final Words words;

  PasskeyPages(Passkeys passkeys, Words words) {
    this.passkeys = passkeys;
    this.words = words;
  }

  @GetMapping("/passkeys")
  String show(Actor.Person person, @RequestParam Optional<String> added, Model model) {
    model.addAttribute("passkeys", passkeys.of(person).stream().map(Row::of).toList());
    model.addAttribute("mayAdd", passkeys.mayAdd(person));
    model.addAttribute("limited", !person.proof().isStrong());
    model.addAttribute("added", added.isPresent());
    return "passkeys";
  }

  @PostMapping("/passkeys/{passkey}/remove")
  String remove(Actor.Person person, @PathVariable String passkey, RedirectAttributes onward)
      throws Refused {
    passkeys.remove(person, id(passkey));
    onward.addFlashAttribute(
        Notice.ATTRIBUTE,
        new Notice(
            Mark.Tone.SUCCESS,
            words.of("passkeys.removed"),
            words.of("passkeys.removed.text"),
            ""));
    return "redirect:/passkeys";
  }

  private static Bytes id(String text) throws Refused {
    try {
      return Bytes.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException noId) {
      throw new Refused(RefusalReason.NOT_FOUND, "no passkey of theirs");
    }
  }

  /**
   * One in the list.
   *
   * @param id for addresses, base64url
   * @param copied whether its device keeps copies elsewhere
   */
  record Row(String id, String label, Instant created, Instant lastUsed, boolean copied) {
    static Row of(Passkey passkey) {
      return new Row(
          Base64.getUrlEncoder().withoutPadding().encodeToString(passkey.id().toArray()),
          passkey.label(),
          passkey.created(),
          passkey.lastUsed(),
          passkey.backup().state());
    }
  }
}
