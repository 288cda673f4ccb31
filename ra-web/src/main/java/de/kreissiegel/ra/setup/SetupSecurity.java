package de.kreissiegel.ra.setup;

import de.kreissiegel.ra.security.Headers;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Without the code there is nothing but the page that asks for it. */
@Configuration(proxyBeanMethods = false)
class SetupSecurity {
  @Bean
  HttpSessionSecurityContextRepository contexts() {
    return new HttpSessionSecurityContextRepository();
  }

  @Bean
  SecurityFilterChain wizardChain(HttpSecurity http, HttpSessionSecurityContextRepository contexts)
      throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(CodePage.PATH, "/assets/**", "/favicon.ico")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .securityContext(context -> context.securityContextRepository(contexts))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    (_, response, _) -> response.sendRedirect(CodePage.PATH)))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .headers(
            headers -> {
              Headers.write(headers);
              // Where it was seen, browsers let nobody past a certificate that nobody vouches for.
              headers.httpStrictTransportSecurity(hsts -> hsts.disable());
            })
        .build();
  }
}
