package de.kreissiegel.ra.security;

import java.util.List;
import java.util.Optional;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter.Directive;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.PermissionsPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;

/** What every answer tells the browser: nothing from elsewhere, no inline script, no frame. */
public final class Headers {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
          + "form-action 'self'";
  private static final String PERMISSIONS_POLICY =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  private Headers() {}

  /**
   * The same for answers that are given before any of the chains comes to write them: a body that
   * is too large, an address that the firewall refuses, a database that is away. What stands there
   * already stays.
   */
  static HeaderWriterFilter onAll() {
    return new OnAll(
        List.of(
            new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY),
            new HstsHeaderWriter(),
            new XContentTypeOptionsHeaderWriter(),
            new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY),
            new ReferrerPolicyHeaderWriter(ReferrerPolicy.SAME_ORIGIN),
            new PermissionsPolicyHeaderWriter(PERMISSIONS_POLICY),
            new CacheControlHeadersWriter()));
  }

  /**
   * What a browser throws away when a session is over: copies of pages. Not {@code "storage"}: keys
   * that wait for their certificate lie in IndexedDB; nor {@code "cookies"}, which would reach
   * other hosts of the domain.
   */
  static HeaderWriter atTheEnd() {
    return new ClearSiteDataHeaderWriter(Directive.CACHE);
  }

  /** Of a type of its own, for each type writes once in a request. */
  private static final class OnAll extends HeaderWriterFilter {
    OnAll(List<HeaderWriter> writers) {
      super(writers);
    }
  }

  /** HSTS (RFC 6797), nosniff and no-store are Spring Security's defaults and stay. */
  public static void write(HeadersConfigurer<HttpSecurity> headers) {
    write(headers, Optional.empty());
  }

  /**
   * @param formsTo where else a form may lead: browsers hold a redirection after it against this,
   *     and the log-out leads to the OpenID provider
   */
  static void write(HeadersConfigurer<HttpSecurity> headers, Optional<String> formsTo) {
    String policies = CONTENT_SECURITY_POLICY + formsTo.map(origin -> " " + origin).orElse("");
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(policies))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY))
        .frameOptions(frames -> frames.deny());
  }
}
