package de.kreissiegel.ra.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * After the log-in people go on where they wanted to, if that was a page. The session keeps its
 * address, and nothing else of the request.
 */
final class WantedPages implements RequestCache {
  /** Where somebody goes who has to prove once more who they are. */
  static final String PROVING = "/prove/";

  private static final String ATTRIBUTE = WantedPages.class.getName();
  private static final int LONGEST = 2000;

  private final URI pages;
  private final MediaTypeRequestMatcher html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);

  /**
   * @param pages the address of the pages
   */
  WantedPages(URI pages) {
    this.pages = pages;
    html.setIgnoredMediaTypes(Set.of(MediaType.ALL));
  }

  @Override
  public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
    String address = address(request);
    if (request.getMethod().equals("GET")
        && request.getHeader("HX-Request") == null
        && html.matches(request)
        && address.length() <= LONGEST
        && address.startsWith("/")
        && !address.startsWith("//")) {
      request.getSession().setAttribute(ATTRIBUTE, address);
    }
  }

  @Override
  public @Nullable SavedRequest getRequest(
      HttpServletRequest request, HttpServletResponse response) {
    String address = wanted(request);
    return address == null ? null : new SimpleSavedRequest(root() + address);
  }

  /** Who has arrived there wants it no more; the request is as good as the first one was. */
  @Override
  public @Nullable HttpServletRequest getMatchingRequest(
      HttpServletRequest request, HttpServletResponse response) {
    if (address(request).equals(wanted(request))) {
      removeRequest(request, response);
    }
    return null;
  }

  @Override
  public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.removeAttribute(ATTRIBUTE);
    }
  }

  /** Whether somebody is about to prove once more who they are. */
  static boolean isProving(HttpServletRequest request) {
    String address = wanted(request);
    return address != null && address.startsWith(PROVING);
  }

  private static @Nullable String wanted(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(ATTRIBUTE) instanceof String address
        ? address
        : null;
  }

  private String root() {
    return pages.getScheme() + "://" + pages.getRawAuthority();
  }

  private static String address(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
