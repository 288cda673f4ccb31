package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.reads.ReadsDesk;
import de.kreissiegel.ca.revision.RevisionDesk;
import de.kreissiegel.ca.revision.RevisionSettings;
import de.kreissiegel.ca.revision.RevisionWatch;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.Directories;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.health.BoundedHealth;
import de.kreissiegel.ra.health.RevisionHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Revisors' reviews, evidence, and who looked at whose data. */
@Configuration(proxyBeanMethods = false)
public class RevisionWiring {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Bean
  RevisionSettings revisionSettings(Installation installation) {
    Installation.Revision revision = installation.revision();
    return new RevisionSettings(
        revision.period(),
        revision.grace(),
        revision.reminder(),
        revision.sample(),
        installation.registration().zone());
  }

  @Bean
  RevisionDesk revisionDesk(
      Installation installation, CertificationAuthority authority, RevisionSettings settings)
      throws IOException {
    return authority.counter().revision(settings, auditKey(installation));
  }

  @Bean
  EvidenceDesk evidenceDesk(
      Installation installation, CertificationAuthority authority, Directories directories)
      throws IOException {
    return authority.counter().evidence(directories.roleSources(), auditKey(installation));
  }

  private static Bytes auditKey(Installation installation) throws IOException {
    return Pem.publicKey(Files.readString(installation.trust().resolve("audit.pem")));
  }

  @Bean
  ReadsDesk readsDesk(CertificationAuthority authority) {
    return authority.counter().reads();
  }

  @Bean
  RevisionWatch revisionWatch(CertificationAuthority authority, RevisionSettings settings) {
    return authority.counter().revisionWatch(settings);
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> beginRevision(
      CertificationAuthority authority, RevisionWatch watch) {
    return _ -> authority.start(watch);
  }

  @Bean
  HealthIndicator revisionHealthIndicator(RevisionWatch watch) {
    return new BoundedHealth(new RevisionHealth(watch::overdue), PATIENCE);
  }
}
