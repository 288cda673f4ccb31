package de.kreissiegel.ldap;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.publication.CertificatePublisher;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.publication.Publishing;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The authority's outbox over a real database, and those who carry it out. */
final class PublishingHouse implements AutoCloseable {
  private static final AuthorityName PEOPLE = new AuthorityName("people");
  private final AtomicLong serials = new AtomicLong(1000);
  private final EmbeddedPostgres database;
  private final Books books;

  PublishingHouse() throws Exception {
    database = EmbeddedPostgres.builder().setServerConfig("max_connections", "50").start();
    books =
        Books.open(database.getPostgresDatabase(), "node", Clock.systemUTC(), new SecureRandom());
  }

  Books books() {
    return books;
  }

  /** A process that publishes there, as after a start. */
  Publishing publishing(CertificatePublisher publisher) {
    var publishing =
        new Publishing(
            books.ofPublishing(),
            new Publishing.Sources(
                ProfileCatalog.bundled(), new AuthorityCatalog(List.of(), Map.of()), List::of),
            publisher,
            Clock.systemUTC());
    publishing.open();
    return publishing;
  }

  /** Stores a certificate and has it published. */
  StoredCertificate issue(SubjectId subject, Bytes encoded) throws Exception {
    Instant now = Instant.now();
    long number = serials.incrementAndGet();
    var certificate =
        new StoredCertificate(
            PEOPLE,
            new SerialNumber(BigInteger.valueOf(number)),
            encoded,
            new ProfileName("smime"),
            1,
            Optional.of(new TenantId("stadt-hassfurt.example")),
            Optional.of(subject),
            "CN=Somebody",
            "",
            Optional.empty(),
            now,
            now.plus(Duration.ofDays(1)),
            new CertificateStatus.Good(),
            number);
    Bytes hash =
        Bytes.of(MessageDigest.getInstance("SHA-256").digest(Long.toString(number).getBytes()));
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.certificates().insert(transaction, certificate, hash, hash);
              enqueue(transaction, Outbox.Task.PUBLISH, certificate);
              return true;
            });
    return certificate;
  }

  void withdraw(StoredCertificate certificate) {
    books
        .transactions()
        .inTransaction(
            transaction -> {
              enqueue(transaction, Outbox.Task.WITHDRAW, certificate);
              return true;
            });
  }

  private void enqueue(
      de.kreissiegel.ca.transaction.Transaction transaction,
      Outbox.Task task,
      StoredCertificate certificate) {
    books
        .outbox()
        .enqueue(
            transaction,
            task,
            certificate.subject().orElseThrow(),
            certificate.authority(),
            certificate.serial());
  }

  @Override
  public void close() throws Exception {
    database.close();
  }
}
