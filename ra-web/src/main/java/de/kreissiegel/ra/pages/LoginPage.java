package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.access.Actor;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people log in. The form goes to Spring Security. */
@Controller
class LoginPage {
  private static final Set<String> CAUSES =
      Set.of("credentials", "directory", "throttled", "ended");

  @GetMapping("/login")
  String login(
      Optional<Actor.Person> person,
      @RequestParam Optional<String> error,
      @RequestParam Optional<String> loggedOut,
      Model model) {
    if (person.isPresent()) {
      return "redirect:/";
    }
    error.ifPresent(
        cause -> model.addAttribute("cause", CAUSES.contains(cause) ? cause : "credentials"));
    model.addAttribute("loggedOut", loggedOut.isPresent());
    return "login";
  }
}
