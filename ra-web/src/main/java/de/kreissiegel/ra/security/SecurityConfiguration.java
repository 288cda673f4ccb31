package de.kreissiegel.ra.security;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.login.CertificateLogin;
import de.kreissiegel.ca.login.FreshProof;
import de.kreissiegel.ca.login.LoginTrail;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.login.PasswordLogin;
import de.kreissiegel.ca.login.ProviderLogin;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Three doors: the management port, the API, the pages. What no rule names needs a log-in. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  static final String OPEN_API = "/api/v1/openapi.json";

  /** One for pages and REST: who guesses at both doors has no more tries. */
  @Bean
  LoginThrottle loginThrottle(Clock clock) {
    return new LoginThrottle(clock);
  }

  @Bean
  AuthenticationManager authenticationManager(
      PasswordLogin passwords, LoginThrottle throttle, Clock clock) {
    return new ProviderManager(new DirectoryLogin(passwords, Door.PAGES, throttle, clock));
  }

  /** Before the limit of bodies and before the sessions. */
  @Bean
  FilterRegistrationBean<HeaderWriterFilter> headersOnAll() {
    var headers = new FilterRegistrationBean<>(Headers.onAll());
    headers.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
    return headers;
  }

  /** Health and metrics. They exist on the management port only, which listens on loopback. */
  @Bean
  @Order(1)
  SecurityFilterChain management(HttpSecurity http) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  /**
   * The API: Basic or a certificate on each request, no session, no cookie, hence no CSRF token.
   */
  @Bean
  @Order(2)
  SecurityFilterChain api(
      HttpSecurity http,
      CertificateLogin certificates,
      PasswordLogin passwords,
      LoginThrottle throttle,
      Clock clock,
      AuthenticationEntryPoint problemEntry,
      AccessDeniedHandler problemDenied)
      throws Exception {
    return http.securityMatcher("/api/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, OPEN_API)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .authenticationManager(
            new ProviderManager(new DirectoryLogin(passwords, Door.REST, throttle, clock)))
        .httpBasic(basic -> basic.authenticationEntryPoint(problemEntry))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(problemEntry).accessDeniedHandler(problemDenied))
        .addFilterBefore(new SameOriginOnly(problemDenied), BasicAuthenticationFilter.class)
        .addFilterBefore(
            new CertificateBearer(certificates, problemEntry, clock),
            BasicAuthenticationFilter.class)
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(Headers::write)
        .build();
  }

  /** The pages: log-in by form, certificate or passkey, session, CSRF token. */
  @Bean
  @Order(3)
  SecurityFilterChain pages(
      HttpSecurity http,
      StaffLogin staff,
      CertificateLogin certificates,
      Passkeys passkeys,
      CertificateDoor door,
      ProviderLogin providerLogin,
      BreakGlass breakGlass,
      LoginTrail trail,
      ObjectProvider<OpenIdSettings> openId,
      Clock clock)
      throws Exception {
    var wanted = new WantedPages(door.pages());
    var entry = new PageEntry();
    var contexts = new HttpSessionSecurityContextRepository();
    new PasskeyDoor(passkeys, door.pages(), clock).open(http, contexts, wanted);
    Optional<OpenIdSettings> provider = Optional.ofNullable(openId.getIfAvailable());
    Optional<OpenIdDoor> byProvider =
        provider.map(one -> new OpenIdDoor(one, providerLogin, door.pages(), clock));
    byProvider.ifPresent(one -> one.open(http, contexts, wanted));
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(
                        PasskeyDoor.LOG_IN, PasskeyDoor.LOG_IN_OPTIONS, EmergencyEntry.PATH)
                    .permitAll()
                    .requestMatchers(
                        "/login", "/info", "/info/**", "/error", "/assets/**", "/favicon.ico")
                    .permitAll()
                    .requestMatchers(WantedPages.PROVING + "*")
                    .access(provenJustNow(clock))
                    .requestMatchers("/inbox", "/inbox/**")
                    .access(whoMay(Action.DECIDE, Action.APPOINT))
                    .requestMatchers("/persons", "/persons/**")
                    .access(whoMay(Action.DECIDE))
                    .requestMatchers("/roles")
                    .access(whoMay(Action.VIEW_ROLES))
                    .requestMatchers("/grants", "/grants/**")
                    .access(whoMay(Action.VIEW_GRANTS, Action.DECIDE))
                    .requestMatchers("/escrow", "/escrow/**")
                    .access(whoMay(Action.VIEW_ESCROW))
                    .requestMatchers("/revoke-by-phone", "/revoke-by-phone/**")
                    .access(whoMay(Action.REVOKE_BY_PHONE))
                    .requestMatchers("/audit", "/audit/**")
                    .access(whoMay(Action.READ_AUDIT))
                    .requestMatchers("/revision", "/revision/**", "/evidence", "/evidence/**")
                    .access(whoMay(Action.REVISE))
                    .requestMatchers("/reads", "/reads/**")
                    .access(whoMay(Action.VIEW_READS))
                    .requestMatchers("/bulk", "/bulk/**")
                    .access(whoMay(Action.APPLY_FOR_OTHERS))
                    .requestMatchers("/refusal-texts", "/refusal-texts/**")
                    .access(whoMay(Action.MANAGE_REFUSAL_TEXTS))
                    .requestMatchers("/campaigns", "/campaigns/**")
                    .access(whoMay(Action.RUN_CAMPAIGNS))
                    .requestMatchers("/equipment", "/equipment/**")
                    .access(whoMay(Action.VIEW_CERTIFICATES))
                    .requestMatchers("/expiry", "/expiry/**")
                    .access(whoMay(Action.VIEW_CERTIFICATES))
                    .requestMatchers("/help-desk", "/help-desk/**")
                    .access(whoMay(Action.HELP))
                    .requestMatchers("/house", "/house/**")
                    .access(whoMay(Action.VIEW_HOUSE))
                    .anyRequest()
                    .authenticated())
        .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/").failureHandler(entry))
        .logout(
            logout -> {
              logout.logoutUrl("/logout").logoutSuccessUrl("/login?loggedOut");
              logout.addLogoutHandler(new HeaderWriterLogoutHandler(Headers.atTheEnd()));
              byProvider.ifPresent(logout::logoutSuccessHandler);
            })
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(entry)
                    .accessDeniedHandler(new StrongerProof(wanted)))
        .securityContext(context -> context.securityContextRepository(contexts))
        .requestCache(cache -> cache.requestCache(wanted))
        .addFilterBefore(
            new SessionRecheck(staff, certificates, passkeys, breakGlass, contexts, clock),
            AnonymousAuthenticationFilter.class)
        .addFilterBefore(
            new EmergencyEntry(breakGlass, trail, contexts, clock),
            UsernamePasswordAuthenticationFilter.class)
        .addFilterBefore(
            new CertificateEntry(certificates, door, contexts, wanted, clock),
            UsernamePasswordAuthenticationFilter.class)
        .addFilterBefore(new CertificateDoorOnly(door), CertificateEntry.class)
        .headers(headers -> Headers.write(headers, provider.map(OpenIdSettings::origin)))
        .build();
  }

  /** Who logged in too long ago is led to the log-in, and comes back. */
  private static AuthorizationManager<RequestAuthorizationContext> provenJustNow(Clock clock) {
    return (authentication, context) -> {
      var known = authentication.get();
      if (known == null || !(known.getPrincipal() instanceof StaffPrincipal principal)) {
        return new AuthorizationDecision(false);
      }
      boolean isFresh = FreshProof.isFresh(principal.since(), clock.instant());
      if (!isFresh) {
        context.getRequest().setAttribute(StrongerProof.STALE, true);
      }
      return new AuthorizationDecision(isFresh);
    };
  }

  /** Whole areas of the pages are for those who may do one of these for at least one tenant. */
  private static AuthorizationManager<RequestAuthorizationContext> whoMay(Action... actions) {
    return (authentication, _) -> {
      var known = authentication.get();
      return new AuthorizationDecision(
          known != null
              && known.getPrincipal() instanceof StaffPrincipal principal
              && Arrays.stream(actions)
                  .anyMatch(one -> !AccessRules.scope(principal.person(), one).isEmpty()));
    };
  }
}
