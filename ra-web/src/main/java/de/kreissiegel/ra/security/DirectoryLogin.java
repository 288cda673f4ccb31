package de.kreissiegel.ra.security;

import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.login.PasswordLogin;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import java.time.InstantSource;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Proves log-in name and password against the directory, behind the throttle. */
final class DirectoryLogin implements AuthenticationProvider {
  private static final System.Logger LOG = System.getLogger(DirectoryLogin.class.getName());
  private static final int LONGEST_LOGIN = 256;
  private static final int LONGEST_PASSWORD = 1024;

  private final PasswordLogin passwords;
  private final Door door;
  private final LoginThrottle throttle;
  private final InstantSource clock;

  DirectoryLogin(PasswordLogin passwords, Door door, LoginThrottle throttle, InstantSource clock) {
    this.passwords = passwords;
    this.door = door;
    this.throttle = throttle;
    this.clock = clock;
  }

  /**
   * @throws BadCredentialsException unknown, wrong or disabled: not told apart
   * @throws LoginThrottled after too many failures
   * @throws AuthenticationServiceException if the directory doesn't answer
   */
  @Override
  public Authentication authenticate(Authentication given) throws AuthenticationException {
    var login = given.getName().strip();
    var password = given.getCredentials() instanceof String text ? text : "";
    if (login.isEmpty() || login.length() > LONGEST_LOGIN || password.length() > LONGEST_PASSWORD) {
      throw wrong();
    }
    var address = addressOf(given);
    throttle
        .enter(login, address)
        .ifPresent(
            wait -> {
              passwords.throttled(login);
              LOG.log(System.Logger.Level.INFO, "A log-in from {0} has to wait.", address);
              throw new LoginThrottled(wait);
            });
    try {
      var person = passwords.logIn(door, login, password);
      if (person.isEmpty()) {
        // Not the name: people type their password there.
        LOG.log(System.Logger.Level.INFO, "A log-in from {0} failed.", address);
        throw wrong();
      }
      throttle.passed(login, address);
      return new StaffPrincipal(person.get(), clock.instant(), new Credential.Password())
          .authentication();
    } catch (DirectoryUnavailable hindrance) {
      throttle.undecided(login, address);
      LOG.log(System.Logger.Level.WARNING, "The directory can''t be asked for a log-in", hindrance);
      throw new AuthenticationServiceException("the directory can't be asked now", hindrance);
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  private static String addressOf(Authentication given) {
    return given.getDetails() instanceof WebAuthenticationDetails details
            && details.getRemoteAddress() != null
        ? details.getRemoteAddress()
        : "unknown";
  }

  private static BadCredentialsException wrong() {
    return new BadCredentialsException("log-in name or password is wrong");
  }
}
