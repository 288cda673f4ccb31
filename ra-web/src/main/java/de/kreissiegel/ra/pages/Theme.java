package de.kreissiegel.ra.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** How pages look: as the device wants it, or as the person chose, which a cookie keeps. */
enum Theme {
  DEVICE,
  LIGHT,
  DARK;

  /** The parameter of an address that chooses. */
  static final String NAME = "theme";

  /**
   * The cookie that keeps it. With this prefix browsers insist on Secure, this host and the whole
   * path (RFC 6265bis); before there was one it was called {@link #NAME}.
   */
  static final String COOKIE = "__Host-theme";

  private static final Duration KEPT = Duration.ofDays(365);

  /** As in addresses, cookies and message keys. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The attribute {@code data-kern-theme}; null where the device decides. */
  @Nullable String attribute() {
    return this == DEVICE ? null : word();
  }

  static Optional<Theme> of(@Nullable String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /** What the browser keeps; anything unknown is nothing. */
  static Theme chosenIn(HttpServletRequest request) {
    return kept(request, COOKIE).or(() -> kept(request, NAME)).orElse(DEVICE);
  }

  private static Optional<Theme> kept(HttpServletRequest request, String name) {
    return Optional.ofNullable(WebUtils.getCookie(request, name))
        .flatMap(one -> of(one.getValue()));
  }

  /** Cookies that move a choice from its old name to the new one; none if there is none there. */
  static List<ResponseCookie> moved(HttpServletRequest request) {
    if (WebUtils.getCookie(request, NAME) == null) {
      return List.of();
    }
    return List.of(cookie(NAME, "", Duration.ZERO), chosenIn(request).cookie());
  }

  /** The cookie that keeps it; where the device decides none is left. */
  ResponseCookie cookie() {
    return this == DEVICE ? cookie(COOKIE, "", Duration.ZERO) : cookie(COOKIE, word(), KEPT);
  }

  private static ResponseCookie cookie(String name, String value, Duration age) {
    return ResponseCookie.from(name, value)
        .path("/")
        .maxAge(age)
        .secure(true)
        .httpOnly(true)
        .sameSite("Lax")
        .build();
  }
}
