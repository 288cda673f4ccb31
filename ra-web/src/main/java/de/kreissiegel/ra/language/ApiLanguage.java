package de.kreissiegel.ra.language;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;

/** The API's language. */
public final class ApiLanguage {
  private ApiLanguage() {}

  /** English if it is asked for before German, else German. */
  public static Locale of(HttpServletRequest request) {
    if (request.getHeader("Accept-Language") == null) {
      return Locale.GERMAN;
    }
    return Collections.list(request.getLocales()).stream()
        .map(locale -> Locale.of(locale.getLanguage()))
        .filter(locale -> locale.equals(Locale.ENGLISH) || locale.equals(Locale.GERMAN))
        .findFirst()
        .orElse(Locale.GERMAN);
  }

  /** Whether a request goes to the API. */
  public static boolean isSpokenAt(String path) {
    return path.startsWith("/api/");
  }
}
