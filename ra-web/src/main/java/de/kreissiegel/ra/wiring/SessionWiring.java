package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ra.session.Keepable;
import de.kreissiegel.ra.session.SessionFilter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sessions in the database, before all else that looks at a request. */
@Configuration(proxyBeanMethods = false)
public class SessionWiring {
  @Bean
  FilterRegistrationBean<SessionFilter> sessionFilter(
      CertificationAuthority authority,
      List<Keepable> keepables,
      Clock clock,
      SecureRandom random) {
    var sessions =
        new FilterRegistrationBean<>(
            new SessionFilter(authority.entrance().sessions(), keepables, clock, random));
    sessions.setOrder(SessionFilter.DEFAULT_ORDER);
    return sessions;
  }
}
