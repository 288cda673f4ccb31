package de.kreissiegel.ra.security;

import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.hsm.signing.Bytes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Begins a session by certificate, and leads back to the pages. A session that began by password
 * goes on, under another id, as one that proved more.
 */
final class CertificateEntry extends AbstractAuthenticationProcessingFilter {
  private final CertificateLogin certificates;
  private final InstantSource clock;

  CertificateEntry(
      CertificateLogin certificates,
      CertificateDoor door,
      SecurityContextRepository contexts,
      RequestCache wanted,
      InstantSource clock) {
    super(
        PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, CertificateDoor.PATH),
        nobodyElse());
    this.certificates = certificates;
    this.clock = clock;
    setSecurityContextRepository(contexts);
    setSessionAuthenticationStrategy(AnotherSession.strategy());
    var onward = new SavedRequestAwareAuthenticationSuccessHandler();
    onward.setRequestCache(wanted);
    onward.setDefaultTargetUrl(door.pages().resolve("/").toString());
    setAuthenticationSuccessHandler(onward);
    setAuthenticationFailureHandler(
        (request, response, cause) ->
            response.sendRedirect(
                door.pages()
                    .resolve(
                        "/login?"
                            + (WantedPages.isProving(request) ? "again=yes&" : "")
                            + "error="
                            + PageEntry.word(cause))
                    .toString()));
  }

  @Override
  public Authentication attemptAuthentication(
      HttpServletRequest request, HttpServletResponse response) {
    Bytes certificate =
        PeerCertificate.of(request).orElseThrow(() -> new CertificateTurned(Optional.empty()));
    try {
      return switch (certificates.logIn(Door.PAGES, certificate)) {
        case CertificateLogin.Outcome.Known(var person) ->
            new StaffPrincipal(person, clock.instant(), new Credential.Certificate(certificate))
                .authentication();
        case CertificateLogin.Outcome.Turned(var why) ->
            throw new CertificateTurned(Optional.of(why));
      };
    } catch (DirectoryUnavailable hindrance) {
      throw new AuthenticationServiceException("the directory can't be asked now", hindrance);
    }
  }

  private static AuthenticationManager nobodyElse() {
    return given -> {
      throw new IllegalStateException("this filter asks nobody else");
    };
  }
}
