package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.revocation.RevocationBook;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** All books over one test database, and the people who come to the desks. */
public final class Bookroom implements AfterAllCallback {
  public static final String MAILBOX_OF_ERIKA = "mailbox";
  public static final Clock CLOCK = Clock.fixed(SampleCertificate.NOW, ZoneOffset.UTC);

  private final TestDatabase database = TestDatabase.fresh();
  private final JdbcCertificateBook certificates = new JdbcCertificateBook(database.database());
  private final JdbcAuditBook audit = new JdbcAuditBook(database.database());
  private volatile boolean directoryDown;

  public TestDatabase database() {
    return database;
  }

  public JdbcCertificateBook certificates() {
    return certificates;
  }

  public RevocationBook revocations() {
    return new JdbcRevocationBook(database.database());
  }

  public JdbcAuditBook audit() {
    return audit;
  }

  public JdbcAuditTrail trail() {
    return new JdbcAuditTrail("node-1", CLOCK, new SecureRandom());
  }

  public RevocationDesk.Books books() {
    return new RevocationDesk.Books(
        database.database(), certificates, trail(), new JdbcOutbox(CLOCK));
  }

  public ReadLog reads() {
    return new ReadLog(trail(), database.database());
  }

  public Ownership ownership() {
    return new Ownership(new CareOfErika());
  }

  public RevocationDesk revocationDesk() {
    return new RevocationDesk(books(), ownership(), CLOCK);
  }

  /** All events, newest first. */
  public List<AuditEvent> events() {
    return audit.search(
        Set.of(SampleCertificate.HASSFURT, SampleCertificate.EBERN),
        new AuditQuery("", Optional.empty(), Optional.empty(), 0, 500));
  }

  public void directoryDown(boolean down) {
    directoryDown = down;
  }

  public void clear() {
    database.clear();
    directoryDown = false;
  }

  public static Actor.Person staff(String id, TenantId... tenants) {
    return new Actor.Person(
        new SubjectId(id),
        id,
        id,
        Set.of(tenants),
        Set.of(),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  public static Actor.Person officer(TenantId... tenants) {
    return new Actor.Person(
        new SubjectId("officer"),
        "Olaf",
        "olaf",
        Set.of(tenants),
        Set.of(tenants),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  public static Actor.Person auditor(TenantId... tenants) {
    return new Actor.Person(
        new SubjectId("auditor"),
        "Anke",
        "anke",
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(tenants),
        Proof.CERTIFICATE);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database.close();
  }

  /** A directory that knows one thing: Erika answers for a mailbox. */
  private final class CareOfErika implements SubjectDirectory {
    @Override
    public List<Subject> inCareOf(SubjectId person) throws DirectoryUnavailable {
      if (directoryDown) {
        throw new DirectoryUnavailable("down", new java.io.IOException());
      }
      return person.value().equals("erika") ? List.of(mailbox()) : List.of();
    }

    private Subject mailbox() {
      TenantId home = SampleCertificate.HASSFURT;
      return new Subject(
          new SubjectId(MAILBOX_OF_ERIKA),
          SubjectKind.FUNCTION,
          home,
          Set.of(home),
          "GRP: Poststelle",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("poststelle@stadt-hassfurt.example"),
          Optional.empty(),
          Optional.empty(),
          true,
          "cn=Poststelle",
          Set.of(new SubjectId("erika")));
    }

    @Override
    public Optional<Subject> find(SubjectId id) {
      return Optional.empty();
    }

    @Override
    public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost) {
      return List.of();
    }

    @Override
    public List<Tenant> tenants() {
      return List.of();
    }
  }
}
