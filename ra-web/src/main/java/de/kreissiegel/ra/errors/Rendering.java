package de.kreissiegel.ra.errors;

import de.kreissiegel.ra.language.ApiLanguage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * A problem as an answer: JSON under {@code /api/}, else the view {@code error} with {@code
 * status}, {@code told} (in the page's language), {@code detail} (English), {@code kept} (what
 * would be lost) and {@code correlation}.
 */
@Component
class Rendering {
  private final RefusalMessages words;

  Rendering(RefusalMessages words) {
    this.words = words;
  }

  Object answer(HttpServletRequest request, Problem problem, HttpHeaders headers) {
    if (problem.status() == 503) {
      headers.set(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
    }
    return isApi(request)
        ? ResponseEntity.status(problem.status())
            .headers(headers)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .body(problem)
        : page(request, problem);
  }

  private ModelAndView page(HttpServletRequest request, Problem problem) {
    boolean ended = LostForm.is(request, problem.status());
    var page = new ModelAndView("error", HttpStatusCode.valueOf(problem.status()));
    page.addObject("status", problem.status());
    page.addObject("told", ended ? words.sessionEnded(language()) : told(problem));
    page.addObject("detail", ended ? "" : problem.detail());
    page.addObject("kept", ended ? LostForm.texts(request) : List.of());
    page.addObject("correlation", problem.correlationId());
    return page;
  }

  private Explanation told(Problem problem) {
    return problem.reason() == null
        ? words.explain(problem.status(), language())
        : words.explain(problem.reason(), language());
  }

  private static Locale language() {
    return LocaleContextHolder.getLocale();
  }

  private static boolean isApi(HttpServletRequest request) {
    return ApiLanguage.isSpokenAt(
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
            ? original
            : request.getRequestURI());
  }
}
