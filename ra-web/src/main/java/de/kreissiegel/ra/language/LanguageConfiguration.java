package de.kreissiegel.ra.language;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.WebUtils;

/** Chooses the language of pages by {@code ?lang=en}, kept in a cookie. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration implements WebMvcConfigurer {
  /** With this prefix browsers insist on Secure, this host and the whole path (RFC 6265bis). */
  static final String COOKIE = "__Host-lang";

  /** Its name before there was a prefix, and the parameter that chooses. */
  static final String NAME = "lang";

  /** What is no language is ignored. */
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    var change = new LocaleChangeInterceptor();
    change.setParamName(NAME);
    change.setIgnoreInvalidLocale(true);
    registry.addInterceptor(new Moving()).excludePathPatterns("/api/**");
    registry.addInterceptor(change).excludePathPatterns("/api/**");
  }

  @Bean
  LocaleResolver localeResolver() {
    var resolver = new ByDoor();
    resolver.setDefaultLocale(Locale.GERMAN);
    resolver.setCookieMaxAge(Duration.ofDays(365));
    resolver.setCookieHttpOnly(true);
    resolver.setCookieSecure(true);
    resolver.setCookieSameSite("Lax");
    resolver.setRejectInvalidCookies(false);
    return resolver;
  }

  private static final class ByDoor extends CookieLocaleResolver {
    ByDoor() {
      super(COOKIE);
    }

    @Override
    public LocaleContext resolveLocaleContext(HttpServletRequest request) {
      return ApiLanguage.isSpokenAt(request.getRequestURI())
          ? new SimpleLocaleContext(ApiLanguage.of(request))
          : super.resolveLocaleContext(new UnderNewName(request));
    }
  }

  /** Shows the cookie of the old name as the one of the new, where there is none. */
  private static final class UnderNewName extends HttpServletRequestWrapper {
    UnderNewName(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Cookie @Nullable [] getCookies() {
      HttpServletRequest request = (HttpServletRequest) getRequest();
      Cookie old = WebUtils.getCookie(request, NAME);
      return old == null || WebUtils.getCookie(request, COOKIE) != null
          ? request.getCookies()
          : new Cookie[] {new Cookie(COOKIE, old.getValue())};
    }
  }

  /** Keeps a choice of the old name under the new one. */
  private static final class Moving implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      if (WebUtils.getCookie(request, NAME) != null) {
        response.addHeader(
            HttpHeaders.SET_COOKIE,
            ResponseCookie.from(NAME, "")
                .path("/")
                .maxAge(Duration.ZERO)
                .secure(true)
                .build()
                .toString());
        LocaleResolver resolver = RequestContextUtils.getLocaleResolver(request);
        if (resolver != null) {
          resolver.setLocale(request, response, resolver.resolveLocale(request));
        }
      }
      return true;
    }
  }
}
