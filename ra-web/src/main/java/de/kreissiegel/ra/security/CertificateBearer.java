package de.kreissiegel.ra.security;

import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.hsm.signing.Bytes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * An API call over the certificate door is its certificate's holder's, for this one request. Who
 * sends a name and a password is whom those prove, and no more.
 */
final class CertificateBearer extends OncePerRequestFilter {
  private final CertificateLogin certificates;
  private final AuthenticationEntryPoint entry;
  private final InstantSource clock;

  CertificateBearer(
      CertificateLogin certificates, AuthenticationEntryPoint entry, InstantSource clock) {
    this.certificates = certificates;
    this.entry = entry;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Bytes> certificate = PeerCertificate.of(request);
    if (certificate.isPresent() && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
      try {
        logIn(certificate.get());
      } catch (AuthenticationException turned) {
        entry.commence(request, response, turned);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private void logIn(Bytes certificate) {
    try {
      switch (certificates.logIn(Door.REST, certificate)) {
        case CertificateLogin.Outcome.Known(var person) -> {
          var context = SecurityContextHolder.createEmptyContext();
          context.setAuthentication(
              new StaffPrincipal(person, clock.instant(), new Credential.Certificate(certificate))
                  .authentication());
          SecurityContextHolder.setContext(context);
        }
        case CertificateLogin.Outcome.Turned(var why) ->
            throw new CertificateTurned(Optional.of(why));
      }
    } catch (DirectoryUnavailable hindrance) {
      throw new AuthenticationServiceException("the directory can't be asked now", hindrance);
    }
  }
}
