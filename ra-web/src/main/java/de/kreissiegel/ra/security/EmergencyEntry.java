package de.kreissiegel.ra.security;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.login.LoginTrail;
import de.kreissiegel.ca.refusal.Refused;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Begins a session by sealed codes. It asks neither directory nor certificate. Five tries an
 * address in a quarter of an hour; a code can't be guessed, but nobody shall fill the trail.
 */
final class EmergencyEntry extends AbstractAuthenticationProcessingFilter {
  static final String PATH = "/login/emergency";
  private static final System.Logger LOG = System.getLogger(EmergencyEntry.class.getName());
  private static final int MOST_CODES = 2;

  private final BreakGlass breakGlass;
  private final LoginTrail trail;
  private final LoginThrottle throttle;
  private final InstantSource clock;

  EmergencyEntry(
      BreakGlass breakGlass,
      LoginTrail trail,
      SecurityContextRepository contexts,
      InstantSource clock) {
    super(
        PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, PATH),
        given -> {
          throw new IllegalStateException("this filter asks nobody else");
        });
    this.breakGlass = breakGlass;
    this.trail = trail;
    this.throttle = new LoginThrottle(clock);
    this.clock = clock;
    setSecurityContextRepository(contexts);
    setSessionAuthenticationStrategy(AnotherSession.strategy());
    // The start page asks the directory, which may be what has failed.
    setAuthenticationSuccessHandler(new SimpleUrlAuthenticationSuccessHandler("/certificates"));
    setAuthenticationFailureHandler(
        (_, response, cause) -> response.sendRedirect(PATH + "?error=" + PageEntry.word(cause)));
  }

  @Override
  public Authentication attemptAuthentication(
      HttpServletRequest request, HttpServletResponse response) {
    String[] codes = request.getParameterValues("code");
    List<String> typed = codes == null ? List.of() : Arrays.asList(codes);
    if (typed.size() > MOST_CODES) {
      throw new BadCredentialsException("two codes at most");
    }
    String address = String.valueOf(request.getRemoteAddr());
    String name = "emergency " + address;
    throttle
        .enter(name, address)
        .ifPresent(
            wait -> {
              trail.refused(Optional.empty(), "emergency", "why=THROTTLED");
              throw new LoginThrottled(wait);
            });
    try {
      Actor.Person person = breakGlass.logIn(typed);
      throttle.passed(name, address);
      LOG.log(System.Logger.Level.WARNING, "Emergency access by {0}.", person.login());
      return new StaffPrincipal(
              person, clock.instant(), new Credential.Emergency(BreakGlass.numbers(person)))
          .authentication();
    } catch (Refused refused) {
      throw new BadCredentialsException("these codes open nothing", refused);
    }
  }

  @Override
  protected void unsuccessfulAuthentication(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
      throws IOException, ServletException {
    getFailureHandler().onAuthenticationFailure(request, response, failed);
  }
}
