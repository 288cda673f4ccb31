package de.kreissiegel.ra.errors;

import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ra.security.CertificateTurned;
import de.kreissiegel.ra.security.LoginThrottled;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The API's answers to requests that don't get as far as a controller. */
@Component
class ProblemDoor implements AuthenticationEntryPoint, AccessDeniedHandler {
  private final Problems problems;
  private final JsonMapper json;

  ProblemDoor(Problems problems, JsonMapper json) {
    this.problems = problems;
    this.json = json;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    switch (cause) {
      case LoginThrottled throttled -> {
        response.setHeader("Retry-After", Long.toString(throttled.waitSeconds()));
        write(request, response, HttpStatus.TOO_MANY_REQUESTS, "too many failed log-ins");
      }
      case AuthenticationServiceException _ -> {
        response.setHeader("Retry-After", Problems.RETRY_AFTER_SECONDS);
        var refusal =
            new Refusal(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked now");
        write(response, problems.of(request, refusal));
      }
      case CertificateTurned turned ->
          write(
              request,
              response,
              HttpStatus.UNAUTHORIZED,
              "the certificate opens nothing: " + turned.word());
      default -> {
        response.setHeader("WWW-Authenticate", "Basic realm=\"Kreissiegel\", charset=\"UTF-8\"");
        write(request, response, HttpStatus.UNAUTHORIZED, "log-in name and password are needed");
      }
    }
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException {
    write(request, response, HttpStatus.FORBIDDEN, "this is not allowed");
  }

  void write(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    write(response, problems.of(request, status, detail));
  }

  private void write(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }
}
