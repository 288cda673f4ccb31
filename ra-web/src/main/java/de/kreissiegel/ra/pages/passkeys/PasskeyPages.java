package de.kreissiegel.ra.pages.passkeys;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.login.FreshProof;
import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.securitykey.SecurityKey;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.OfficerCertificate;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.security.StaffPrincipal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
  private final SecurityKeys securityKeys;
  private final RegistrationDesk desk;
  private final Words words;
  private final InstantSource clock;

  PasskeyPages(
      Passkeys passkeys,
      SecurityKeys securityKeys,
      RegistrationDesk desk,
      Words words,
      InstantSource clock) {
    this.passkeys = passkeys;
    this.securityKeys = securityKeys;
    this.desk = desk;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/passkeys")
  String show(Actor.Person person, @RequestParam Optional<String> added, Model model) {
    List<Passkey> own = passkeys.of(person);
    Set<Bytes> approving =
        securityKeys.of(person).stream().map(SecurityKey::credential).collect(Collectors.toSet());
    model.addAttribute(
        "passkeys", own.stream().map(one -> Row.of(one, approving.contains(one.id()))).toList());
    boolean fresh = FreshProof.isFresh(StaffPrincipal.provenAt(), clock.instant());
    boolean mayAdd = passkeys.mayAdd(person);
    boolean mayRemove = Passkeys.mayRemove(person);
    model.addAttribute("mayAdd", mayAdd);
    model.addAttribute("mayRemove", mayRemove && fresh);
    model.addAttribute("stale", !fresh && (mayAdd || mayRemove && !own.isEmpty()));
    model.addAttribute("limited", !person.proof().isStrong());
    model.addAttribute("added", added.isPresent());
    if (person.isOfficer() && securityKeys.rules().isPresent()) {
      model.addAttribute("relyingParty", securityKeys.rules().get().relyingParty());
      model.addAttribute("now", clock.instant().toString());
      model.addAttribute(
          "officerCertificates", OfficerCertificate.of(desk.officerCertificates(person)));
      List<Passkey> others = own.stream().filter(one -> !approving.contains(one.id())).toList();
      List<Choice> choices = others.stream().flatMap(one -> Choice.of(one).stream()).toList();
      model.addAttribute("choices", choices);
      model.addAttribute("unfit", choices.isEmpty() && approving.isEmpty());
    }
    return "passkeys";
  }

  /** Lets one count when its holder approves; from the page's script. */
  @PostMapping("/passkeys/approve")
  String approve(
      Actor.Person person,
      @RequestParam String passkey,
      @RequestParam(defaultValue = "") String registration,
      RedirectAttributes onward)
      throws Refused {
    Bytes id = id(passkey);
    Optional<Passkey> one =
        passkeys.of(person).stream().filter(known -> known.id().equals(id)).findFirst();
    if (one.isEmpty()) {
      throw new Refused(RefusalReason.NOT_FOUND, "no passkey of theirs");
    }
    try {
      Bytes publicKey =
          PasskeyKey.approving(one.get().publicKey())
              .orElseThrow(
                  () ->
                      new Refused(
                          RefusalReason.APPROVAL_INVALID, "a key of a kind that doesn't approve"));
      securityKeys.register(person, id, publicKey, octets(registration));
      onward.addFlashAttribute(Notice.ATTRIBUTE, done("passkeys.approve.added"));
    } catch (Refused refused) {
      onward.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return "redirect:/passkeys";
  }

  @PostMapping("/passkeys/{passkey}/approve/remove")
  String approveNoMore(Actor.Person person, @PathVariable String passkey, RedirectAttributes onward)
      throws Refused {
    securityKeys.remove(person, id(passkey));
    onward.addFlashAttribute(Notice.ATTRIBUTE, done("passkeys.approve.removed"));
    return "redirect:/passkeys";
  }

  @PostMapping("/passkeys/{passkey}/remove")
  String remove(Actor.Person person, @PathVariable String passkey, RedirectAttributes onward)
      throws Refused {
    passkeys.remove(person, StaffPrincipal.provenAt(), id(passkey));
    onward.addFlashAttribute(Notice.ATTRIBUTE, done("passkeys.removed"));
    return "redirect:/passkeys";
  }

  private Notice done(String what) {
    return new Notice(Mark.Tone.SUCCESS, words.of(what), words.of(what + ".text"), "");
  }

  private static Bytes octets(String base64) throws Refused {
    try {
      return Bytes.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, "the registration is no base64");
    }
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
   * @param approves whether its holder approves by it, too
   */
  record Row(
      String id,
      String label,
      Instant created,
      Instant lastUsed,
      boolean copied,
      boolean approves) {
    static Row of(Passkey passkey, boolean approves) {
      return new Row(
          text(passkey.id()),
          passkey.label(),
          passkey.created(),
          passkey.lastUsed(),
          passkey.backup().state(),
          approves);
    }
  }

  /**
   * One that could be used for approving.
   *
   * @param publicKey base64 of its SubjectPublicKeyInfo
   */
  record Choice(String id, String label, String publicKey) {
    static Optional<Choice> of(Passkey passkey) {
      return PasskeyKey.approving(passkey.publicKey())
          .map(
              key ->
                  new Choice(
                      text(passkey.id()),
                      passkey.label(),
                      Base64.getEncoder().encodeToString(key.toArray())));
    }
  }

  private static String text(Bytes id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id.toArray());
  }
}
