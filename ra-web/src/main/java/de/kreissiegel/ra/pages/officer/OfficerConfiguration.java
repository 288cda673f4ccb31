package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ra.session.Keepable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What officers' pages keep from one request to the next. */
@Configuration(proxyBeanMethods = false)
class OfficerConfiguration {
  /** What came of several decisions, until the report of it is shown. */
  @Bean
  Keepable keptOutcomes() {
    return new Keepable("outcome", BulkPages.Outcome.class);
  }
}
