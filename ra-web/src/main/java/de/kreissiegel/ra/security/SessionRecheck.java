package de.kreissiegel.ra.security;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks the directory again, at most every 30 seconds a session, whether the person is still there
 * and which roles they have now, and whether the certificate or passkey still holds by which they
 * logged in. Who is gone or disabled is logged out; a role that was taken away is away. While the
 * directory doesn't answer a session lives on, but for 15 minutes at most; and no session outlives
 * a working day of 10 hours.
 */
final class SessionRecheck extends OncePerRequestFilter {
  /** Set on a request whose session was ended here. */
  static final String ENDED = SessionRecheck.class.getName() + ".ended";

  private static final String LAST = SessionRecheck.class.getName() + ".last";
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration UNCONFIRMED_AT_MOST = Duration.ofMinutes(15);
  static final Duration LONGEST_SESSION = Duration.ofHours(10);

  private final StaffLogin staff;
  private final CertificateLogin certificates;
  private final Passkeys passkeys;
  private final BreakGlass breakGlass;
  private final SecurityContextRepository contexts;
  private final InstantSource clock;

  SessionRecheck(
      StaffLogin staff,
      CertificateLogin certificates,
      Passkeys passkeys,
      BreakGlass breakGlass,
      SecurityContextRepository contexts,
      InstantSource clock) {
    this.staff = staff;
    this.certificates = certificates;
    this.passkeys = passkeys;
    this.breakGlass = breakGlass;
    this.contexts = contexts;
    this.clock = clock;
  }

  /** Scripts and styles are everybody's. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/assets/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    var session = request.getSession(false);
    if (session != null
        && authentication != null
        && authentication.getPrincipal() instanceof StaffPrincipal principal
        && !stillGood(principal, session, request, response)) {
      new SecurityContextLogoutHandler().logout(request, response, authentication);
      request.setAttribute(ENDED, true);
    }
    chain.doFilter(request, response);
  }

  private boolean stillGood(
      StaffPrincipal principal,
      HttpSession session,
      HttpServletRequest request,
      HttpServletResponse response) {
    var now = clock.instant();
    if (principal.since().plus(LONGEST_SESSION).isBefore(now)) {
      return false;
    }
    var last =
        session.getAttribute(LAST) instanceof LastCheck check
            ? check
            : new LastCheck(principal.since(), principal.since());
    if (last.asked().plus(EVERY).isAfter(now)) {
      return true;
    }
    try {
      var person = now(principal);
      if (person.isEmpty()) {
        return false;
      }
      session.setAttribute(LAST, new LastCheck(now, now));
      if (!person.get().equals(principal.person())) {
        replace(
            new StaffPrincipal(person.get(), principal.since(), principal.by()), request, response);
      }
      return true;
    } catch (DirectoryUnavailable _) {
      session.setAttribute(LAST, new LastCheck(now, last.confirmed()));
      return last.confirmed().plus(UNCONFIRMED_AT_MOST).isAfter(now);
    }
  }

  private Optional<Actor.Person> now(StaffPrincipal principal) throws DirectoryUnavailable {
    return switch (principal.by()) {
      case Credential.Password _, Credential.OpenId _ ->
          staff.current(principal.person().id()).map(person -> person.provenBy(Proof.PASSWORD));
      case Credential.Certificate(var encoded) ->
          certificates.identify(encoded) instanceof CertificateLogin.Outcome.Known(var person)
              ? Optional.of(person)
              : Optional.empty();
      case Credential.Passkey(var id) -> passkeys.identify(id);
      case Credential.Emergency(var numbers) -> breakGlass.identify(numbers);
    };
  }

  private void replace(
      StaffPrincipal principal, HttpServletRequest request, HttpServletResponse response) {
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(principal.authentication());
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
  }
}
