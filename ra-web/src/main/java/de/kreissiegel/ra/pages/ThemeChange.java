package de.kreissiegel.ra.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Takes {@code ?theme=dark} off an address: keeps the choice in a cookie and shows the page again,
 * so that it needs no script and the choice is in no bookmark. What is no theme is ignored.
 */
final class ThemeChange implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Theme.moved(request).forEach(one -> response.addHeader(HttpHeaders.SET_COOKIE, one.toString()));
    var theme = Theme.of(request.getParameter(Theme.NAME));
    if (theme.isEmpty() || !request.getMethod().equals("GET")) {
      return true;
    }
    response.addHeader(HttpHeaders.SET_COOKIE, theme.get().cookie().toString());
    var rest =
        ServletUriComponentsBuilder.fromRequest(request).replaceQueryParam(Theme.NAME).build();
    var query = rest.getQuery();
    response.setHeader(HttpHeaders.LOCATION, rest.getPath() + (query == null ? "" : "?" + query));
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    return false;
  }
}
