package de.kreissiegel.ra.language;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** Chooses the language of pages by {@code ?lang=en}, kept in a cookie. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration implements WebMvcConfigurer {
  /** What is no language is ignored. */
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    var change = new LocaleChangeInterceptor();
    change.setParamName("lang");
    change.setIgnoreInvalidLocale(true);
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
    return resolver;
  }

  private static final class ByDoor extends CookieLocaleResolver {
    ByDoor() {
      super("lang");
    }

    @Override
    public LocaleContext resolveLocaleContext(HttpServletRequest request) {
      return ApiLanguage.isSpokenAt(request.getRequestURI())
          ? new SimpleLocaleContext(ApiLanguage.of(request))
          : super.resolveLocaleContext(request);
    }
  }
}
