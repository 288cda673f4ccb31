package de.kreissiegel.ra.errors;

import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ra.errors.Problem.Violation;
import de.kreissiegel.ra.language.ApiLanguage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/** Makes problems, explained and logged. */
@Component
class Problems {
  /** What a client should wait before it asks an absent component again, in seconds. */
  static final String RETRY_AFTER_SECONDS = "10";

  private final RefusalLog log;
  private final RefusalMessages words;

  Problems(RefusalLog log, RefusalMessages words) {
    this.log = log;
    this.words = words;
  }

  Problem of(HttpServletRequest request, Refusal refusal) {
    log.refused(where(request), refusal.reason() + ": " + refusal.detail());
    var told = words.explain(refusal.reason(), ApiLanguage.of(request));
    return new Problem(
        "urn:kreissiegel:refusal:" + told.code(),
        told.title(),
        RefusalStatus.of(refusal.reason()).value(),
        refusal.detail(),
        told.code(),
        told.cause(),
        told.nextStep(),
        refusal.reason(),
        Correlation.current(),
        List.of());
  }

  Problem of(HttpServletRequest request, HttpStatusCode status, String detail) {
    return of(request, status, detail, List.of());
  }

  Problem of(
      HttpServletRequest request,
      HttpStatusCode status,
      String detail,
      List<Violation> violations) {
    log.refused(where(request), status.value() + " " + detail + violations);
    return generic(request, status.value(), detail, violations);
  }

  /** A bug, or a container's error: the cause goes to the log, and only there. */
  Problem fault(HttpServletRequest request, HttpStatusCode status, @Nullable Throwable cause) {
    log.fault(where(request), cause);
    return generic(
        request, status.value(), "The cause stands in the log under this number.", List.of());
  }

  private Problem generic(
      HttpServletRequest request, int status, String detail, List<Violation> violations) {
    var told = words.explain(status, ApiLanguage.of(request));
    return new Problem(
        told.code().replace("http-", "urn:kreissiegel:problem:"),
        told.title(),
        status,
        detail,
        told.code(),
        told.cause(),
        told.nextStep(),
        null,
        Correlation.current(),
        violations);
  }

  /** What was asked for; the container asks for its error's page under another name. */
  private static String where(HttpServletRequest request) {
    return attribute(request, RequestDispatcher.ERROR_METHOD, request.getMethod())
        + " "
        + attribute(request, RequestDispatcher.ERROR_REQUEST_URI, request.getRequestURI());
  }

  private static String attribute(HttpServletRequest request, String name, String otherwise) {
    return request.getAttribute(name) instanceof String text ? text : otherwise;
  }
}
