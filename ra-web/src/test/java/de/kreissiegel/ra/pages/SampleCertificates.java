package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.officer.OfficerFile;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Certificates for log-in that no TLS has to carry: {@code /login/certificate?as=LOGIN} is answered
 * as if a browser had shown LOGIN's.
 */
final class SampleCertificates {
  private final Map<Bytes, String> logins = new ConcurrentHashMap<>();
  final CertificateLogin desk = mock(CertificateLogin.class);

  SampleCertificates() throws DirectoryUnavailable {
    when(desk.logIn(any(), any())).thenAnswer(call -> outcome(call.getArgument(1)));
    when(desk.identify(any())).thenAnswer(call -> outcome(call.getArgument(0)));
  }

  private CertificateLogin.Outcome outcome(Bytes shown) {
    Optional<Actor.Person> person =
        Optional.ofNullable(logins.get(shown)).flatMap(SamplePeople::byLogin);
    return person.isPresent()
        ? new CertificateLogin.Outcome.Known(person.get().provenBy(Proof.CERTIFICATE))
        : new CertificateLogin.Outcome.Turned(CertificateLogin.Why.NOT_OURS);
  }

  Shown shown() {
    return new Shown();
  }

  /** Of a type of its own: Spring Boot takes any other filter for one of those it would make. */
  final class Shown implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      // Not getParameter(): it would read a form before anybody has said in which encoding.
      var query = ((HttpServletRequest) request).getQueryString();
      if (query != null && query.startsWith("as=")) {
        request.setAttribute(
            "jakarta.servlet.request.X509Certificate",
            new X509Certificate[] {certificate(query.substring("as=".length()))});
      }
      chain.doFilter(request, response);
    }
  }

  private X509Certificate certificate(String login) {
    try {
      var fresh = OfficerFile.uncertified(Certificates.newKey(), Instant.now()).certificate();
      logins.put(Bytes.of(fresh.getEncoded()), login);
      return fresh;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
