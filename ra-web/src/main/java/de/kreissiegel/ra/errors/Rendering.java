package de.kreissiegel.ra.errors;

import de.kreissiegel.ra.language.ApiLanguage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * A problem as an answer: JSON under {@code /api/}, else the view {@code error} with {@code
 * status}, {@code title}, {@code text} (cause and next step, in the page's language), {@code
 * detail} (English) and {@code incident}.
 */
@Component
class Rendering {
  private final RefusalMessages refusals;
  private final MessageSource messages;

  Rendering(RefusalMessages refusals, MessageSource messages) {
    this.refusals = refusals;
    this.messages = messages;
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
    var page = new ModelAndView("error", HttpStatusCode.valueOf(problem.status()));
    page.addObject("status", problem.status());
    page.addObject("title", title(problem, language));
    page.addObject("text", text(problem, language));
    page.addObject("detail", problem.detail());
    page.addObject("incident", problem.incident());
    return page;
  }

  private String title(Problem problem, Locale language) {
    return problem.reason() == null
        ? messages.getMessage(key(problem) + ".title", null, language)
        : refusals.title(problem.reason(), language);
  }

  private String text(Problem problem, Locale language) {
    return problem.reason() == null
        ? messages.getMessage(key(problem) + ".text", null, language)
        : refusals.text(problem.reason(), language);
  }

  private static String key(Problem problem) {
    return "http." + problem.type().substring(problem.type().lastIndexOf(':') + 1);
  }

  private static boolean isApi(HttpServletRequest request) {
    return ApiLanguage.isSpokenAt(
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
            ? original
            : request.getRequestURI());
  }
}
