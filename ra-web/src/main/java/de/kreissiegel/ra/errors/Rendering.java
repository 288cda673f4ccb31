package de.kreissiegel.ra.errors;

import de.kreissiegel.ra.language.ApiLanguage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * A problem as an answer: JSON under {@code /api/}, else the view {@code error} with {@code
 * status}, {@code told} (in the page's language), {@code detail} (English) and {@code correlation}.
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
        : page(problem);
  }

  private ModelAndView page(Problem problem) {
    var language = LocaleContextHolder.getLocale();
    var told =
        problem.reason() == null
            ? words.explain(problem.status(), language)
            : words.explain(problem.reason(), language);
    var page = new ModelAndView("error", HttpStatusCode.valueOf(problem.status()));
    page.addObject("status", problem.status());
    page.addObject("told", told);
    page.addObject("detail", problem.detail());
    page.addObject("correlation", problem.correlationId());
    return page;
  }

  private static boolean isApi(HttpServletRequest request) {
    return ApiLanguage.isSpokenAt(
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
            ? original
            : request.getRequestURI());
  }
}
