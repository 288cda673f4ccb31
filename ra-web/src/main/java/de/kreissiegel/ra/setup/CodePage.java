package de.kreissiegel.ra.setup;

import de.kreissiegel.ra.setup.OneTimeCode.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks for the one-time code, and gives the wizard to the browser that has it. */
@Controller
class CodePage {
  static final String PATH = "/code";

  private final OneTimeCode code;
  private final SetupConsole console;
  private final HttpSessionSecurityContextRepository contexts;

  CodePage(OneTimeCode code, SetupConsole console, HttpSessionSecurityContextRepository contexts) {
    this.code = code;
    this.console = console;
    this.contexts = contexts;
  }

  @GetMapping(PATH)
  String ask(Model model, @RequestParam(name = "refused", defaultValue = "") String refused) {
    if (isKnown()) {
      return "redirect:/";
    }
    Outcome state = code.state();
    String cause = state == Outcome.OPENED ? refused : word(state);
    model.addAttribute("cause", List.of("wrong", "early").contains(cause) ? cause : "");
    model.addAttribute("over", state == Outcome.OPENED ? "" : word(state));
    return "setup-code";
  }

  @PostMapping(PATH)
  String take(
      @RequestParam(name = "code", defaultValue = "") String typed,
      HttpServletRequest request,
      HttpServletResponse response) {
    Outcome outcome = code.tried(typed);
    if (outcome == Outcome.OPENED) {
      letIn(request, response);
      console.say("The code was used. The wizard belongs to that browser.");
      return "redirect:/";
    }
    if (outcome == Outcome.WRONG || outcome == Outcome.SPENT) {
      console.say(
          outcome == Outcome.WRONG
              ? "A wrong code was typed."
              : "Too many wrong codes. End the wizard and start it anew for another one.");
    }
    return "redirect:" + PATH + "?refused=" + word(outcome);
  }

  private void letIn(HttpServletRequest request, HttpServletResponse response) {
    // What the session was before is worth nothing any more.
    request.getSession(true);
    request.changeSessionId();
    new HttpSessionCsrfTokenRepository().saveToken(null, request, response);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated("operator", null, List.of()));
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
  }

  private static boolean isKnown() {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    return known != null
        && known.isAuthenticated()
        && !(known instanceof AnonymousAuthenticationToken);
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
