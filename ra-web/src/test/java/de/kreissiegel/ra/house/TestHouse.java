package de.kreissiegel.ra.house;

import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestLedger;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.storage.JdbcAuditBook;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.storage.JdbcOutbox;
import de.kreissiegel.ca.storage.JdbcRequestBook;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the real desks over a real PostgreSQL. The directory is in memory; the vault is away, so
 * that an approved request stays approved.
 */
@Configuration(proxyBeanMethods = false)
public class TestHouse {
  public static final AuthorityName PEOPLE = new AuthorityName("people");

  @Bean
  Staff staff() {
    return new Staff();
  }

  @Bean
  MovableClock clock() {
    return new MovableClock();
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
  }

  @Bean(destroyMethod = "close")
  EmbeddedPostgres postgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "off")
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }

  @Bean
  Database database(EmbeddedPostgres postgres) {
    return Database.open(postgres.getPostgresDatabase());
  }

  @Bean
  JdbcCertificateBook certificateBook(Database database) {
    return new JdbcCertificateBook(database);
  }

  @Bean
  Ownership ownership(Staff staff) {
    return new Ownership(staff);
  }

  @Bean
  CertificateInventory inventory(JdbcCertificateBook book, Ownership ownership, Clock clock) {
    return new CertificateInventory(book, ownership, clock);
  }

  @Bean
  RevocationDesk revocation(
      Database database, JdbcCertificateBook book, Ownership ownership, Clock clock) {
    var books =
        new RevocationDesk.Books(
            database, book, new JdbcAuditTrail("test", clock), new JdbcOutbox(clock));
    return new RevocationDesk(books, ownership, clock);
  }

  @Bean
  JdbcRequestBook requests(Database database) {
    return new JdbcRequestBook(database);
  }

  /** The vault is away: what is approved stays approved. */
  @Bean
  RegistrationDesk registration(
      Staff staff, Database database, JdbcRequestBook requests, Clock clock, SecureRandom random) {
    var trail = new JdbcAuditTrail("test", clock);
    return new RegistrationDesk(
        ProfileCatalog.bundled(),
        staff,
        new RequestLedger(requests, trail, database, clock),
        approved -> approved,
        random);
  }

  @Bean
  AuditDesk audit(Database database) {
    return new AuditDesk(new JdbcAuditBook(database));
  }

  @Bean
  ProfileCatalog profiles() {
    return ProfileCatalog.bundled();
  }

  @Bean
  StatusAddresses addresses() {
    return new StatusAddresses(URI.create("http://pki.example:8080"));
  }

  @Bean
  AuthorityCatalog authorities(Clock clock) {
    var encoded = Certificates.certificate(BigInteger.TWO, "CN=DEMO People", clock.instant());
    var people =
        new Authority(
            PEOPLE,
            encoded,
            List.of(encoded),
            new KeyId("people"),
            Optional.empty(),
            Bytes.of(new byte[] {0x30, 0}),
            Bytes.of(new byte[20]),
            clock.instant().plus(Duration.ofDays(365)));
    return new AuthorityCatalog(List.of(people), Map.of());
  }

  /** Stores a certificate of this person's, in their first tenant. */
  public static StoredCertificate issue(
      Database database, JdbcCertificateBook book, String login, Staff staff, Clock clock) {
    var person = staff.person(login);
    var serial = new SerialNumber(new BigInteger(120, new SecureRandom()).setBit(120));
    var name = "CN=" + login + ",C=DE";
    var certificate =
        new StoredCertificate(
            PEOPLE,
            serial,
            Certificates.certificate(serial.value(), name, clock.instant()),
            new ProfileName("vpn-client"),
            Optional.of(person.tenants().iterator().next()),
            Optional.of(person.id()),
            name,
            "mail:" + login + "@stadt.example",
            Optional.empty(),
            clock.instant(),
            clock.instant().plus(Duration.ofDays(365)),
            new CertificateStatus.Good(),
            1);
    var hash = Bytes.of(java.util.Arrays.copyOf(serial.value().toByteArray(), 32));
    database.inTransaction(transaction -> book.insert(transaction, certificate, hash, hash));
    return certificate;
  }
}
