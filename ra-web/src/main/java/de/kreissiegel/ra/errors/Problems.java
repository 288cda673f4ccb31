package de.kreissiegel.ra.errors;

import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ra.errors.Problem.Violation;
import de.kreissiegel.ra.language.ApiLanguage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/** Makes problems, numbered and logged. */
@Component
class Problems {
  /** What a client should wait before it asks an absent component again, in seconds. */
  static final String RETRY_AFTER_SECONDS = "10";

  private static final List<Integer> KNOWN =
      List.of(400, 401, 403, 404, 405, 406, 413, 415, 429, 500, 503);

  private final Incidents incidents;
  private final RefusalMessages refusals;
  private final MessageSource messages;

  Problems(Incidents incidents, RefusalMessages refusals, MessageSource messages) {
    this.incidents = incidents;
    this.refusals = refusals;
    this.messages = messages;
  }

  Problem of(HttpServletRequest request, Refusal refusal) {
    return new Problem(
        RefusalStatus.type(refusal.reason()),
        refusals.title(refusal.reason(), ApiLanguage.of(request)),
        RefusalStatus.of(refusal.reason()).value(),
        refusal.detail(),
        refusal.reason(),
        incidents.refusal(where(request), refusal.reason() + ": " + refusal.detail()),
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
    var incident = incidents.refusal(where(request), status.value() + " " + detail + violations);
    return generic(request, status.value(), detail, incident, violations);
  }

  /** A bug, or a container's error: the cause goes to the log, and only there. */
  Problem fault(HttpServletRequest request, HttpStatusCode status, @Nullable Throwable cause) {
    var incident = incidents.fault(where(request), cause);
    return generic(
        request,
        status.value(),
        "The cause stands in the log beside the incident.",
        incident,
        List.of());
  }

  private Problem generic(
      HttpServletRequest request,
      int status,
      String detail,
      String incident,
      List<Violation> violations) {
    var known = KNOWN.contains(status) ? status : status < 500 ? 400 : 500;
    return new Problem(
        "urn:kreissiegel:problem:" + known,
        messages.getMessage("http." + known + ".title", null, ApiLanguage.of(request)),
        status,
        detail,
        null,
        incident,
        violations);
  }

  private static String where(HttpServletRequest request) {
    return request.getMethod() + " " + request.getRequestURI();
  }
}
