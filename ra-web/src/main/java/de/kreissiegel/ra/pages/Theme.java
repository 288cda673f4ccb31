package de.kreissiegel.ra.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
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

  /** The parameter of an address that chooses, and the cookie that keeps it. */
  static final String NAME = "theme";

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
    var cookie = WebUtils.getCookie(request, NAME);
    return cookie == null ? DEVICE : of(cookie.getValue()).orElse(DEVICE);
  }

  /** The cookie that keeps it; where the device decides none is left. */
  ResponseCookie cookie() {
    return ResponseCookie.from(NAME, this == DEVICE ? "" : word())
        .path("/")
        .maxAge(this == DEVICE ? Duration.ZERO : KEPT)
        .secure(true)
        .httpOnly(true)
        .sameSite("Lax")
        .build();
  }
}
