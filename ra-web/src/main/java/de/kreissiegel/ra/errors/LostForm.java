package de.kreissiegel.ra.errors;

import de.kreissiegel.ra.security.StaffPrincipal;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;

/** A form that somebody sent when their session had ended meanwhile: its token no longer counts. */
final class LostForm {
  /** The fields in which people write whole sentences. */
  private static final List<String> TEXTS =
      List.of("remark", "reason", "note", "question", "answer", "words", "textDe", "textEn");

  private LostForm() {}

  static boolean is(HttpServletRequest request, int status) {
    return status == 403
        && "POST".equals(request.getAttribute(RequestDispatcher.ERROR_METHOD))
        && StaffPrincipal.current().isEmpty();
  }

  /**
   * What they wrote, so that it isn't lost. Only if a page of ours sent it: nobody else puts words
   * on our pages.
   */
  static List<String> texts(HttpServletRequest request) {
    return "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
        ? TEXTS.stream()
            .flatMap(name -> Stream.ofNullable(request.getParameter(name)))
            .filter(text -> !text.isBlank())
            .toList()
        : List.of();
  }
}
