package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.hotline.Caller;
import de.kreissiegel.ra.session.Keepable;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves scripts, styles and fonts, whose names have a hash, to be kept for a year; and lets people
 * choose between light and dark.
 */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {
  private static final String FOLDER = "classpath:/static/assets/";

  /** What a page says after a redirect. */
  @Bean
  Keepable keptNotice() {
    return new Keepable("notice", Notice.class);
  }

  /** The call that somebody answers. */
  @Bean
  Keepable keptCall() {
    return new Keepable("call", Caller.Kept.class);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new ThemeChange()).excludePathPatterns("/api/**", "/assets/**");
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/*.svg")
        .addResourceLocations(FOLDER)
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic());
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(FOLDER)
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
  }
}
