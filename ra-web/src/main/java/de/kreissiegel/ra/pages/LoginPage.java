package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ra.errors.Correlation;
import de.kreissiegel.ra.errors.RefusalMessages;
import de.kreissiegel.ra.security.CertificateDoor;
import de.kreissiegel.ra.security.OpenIdSettings;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people log in, or prove more than they have. The form goes to Spring Security. */
@Controller
class LoginPage {
  private static final Set<String> CAUSES =
      Set.of(
          "credentials",
          "directory",
          "throttled",
          "ended",
          "certificate-none",
          "certificate-not-ours",
          "certificate-not-for-log-in",
          "certificate-expired",
          "certificate-revoked",
          "certificate-person-gone",
          "openid-away",
          "openid-stale",
          "openid-denied",
          "openid-unproven",
          "openid-nobody");

  private final CertificateDoor door;
  private final Optional<OpenIdSettings> provider;
  private final RefusalMessages refusals;

  LoginPage(
      CertificateDoor door, ObjectProvider<OpenIdSettings> provider, RefusalMessages refusals) {
    this.door = door;
    this.provider = Optional.ofNullable(provider.getIfAvailable());
    this.refusals = refusals;
  }

  @GetMapping("/login")
  String login(
      Optional<Actor.Person> person,
      @RequestParam Optional<String> error,
      @RequestParam Optional<String> loggedOut,
      @RequestParam Optional<String> stronger,
      @RequestParam Optional<String> again,
      Model model) {
    boolean asksForMore = person.filter(Actor.Person::lacksStrongProof).isPresent();
    boolean asksAgain = person.isPresent() && again.isPresent();
    if (person.isPresent()
        && !asksAgain
        && !(asksForMore && (stronger.isPresent() || error.isPresent()))) {
      return "redirect:/";
    }
    model.addAttribute("again", asksAgain);
    // Whoever came by more than a password would be less afterwards.
    model.addAttribute(
        "stronger",
        asksAgain ? person.filter(one -> one.proof().isStrong()).isPresent() : asksForMore);
    model.addAttribute("certificateLogin", door.login().toString());
    provider.ifPresent(one -> model.addAttribute("provider", one.title()));
    error.ifPresent(cause -> refuse(CAUSES.contains(cause) ? cause : "credentials", model));
    model.addAttribute("loggedOut", loggedOut.isPresent());
    return "login";
  }

  /** The form for sealed codes. */
  @GetMapping("/login/emergency")
  String emergency(@RequestParam Optional<String> error, Model model) {
    error.ifPresent(
        cause -> refuse(cause.equals("throttled") ? "throttled" : "credentials", model));
    return "login-emergency";
  }

  private void refuse(String cause, Model model) {
    var code = "log-in-" + cause;
    refusals.note(code);
    model.addAttribute("cause", cause);
    model.addAttribute("code", code);
    model.addAttribute("correlation", Correlation.current());
  }
}
