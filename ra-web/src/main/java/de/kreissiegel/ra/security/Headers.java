package de.kreissiegel.ra.security;

import java.util.Optional;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** What every answer tells the browser: nothing from elsewhere, no inline script, no frame. */
public final class Headers {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
          + "form-action 'self'";
  private static final String PERMISSIONS_POLICY =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  private Headers() {}

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
