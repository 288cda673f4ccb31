package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestLedger;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.storage.JdbcJournalPosition;
import de.kreissiegel.ca.storage.JdbcOutbox;
import de.kreissiegel.ca.storage.JdbcRequestBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** An authority for tests: real database, real desk, a vault and a directory in memory. */
public final class House {
  public static final TenantId TOWN = new TenantId("stadt-a.example");
  public static final TenantId VILLAGE = new TenantId("gemeinde-b.example");
  public static final ProfileName VPN = new ProfileName("vpn-client");

  public final MovableClock clock = new MovableClock();
  public final JournalingFake vault = new JournalingFake(clock);
  public final FakeDirectory directory = new FakeDirectory();
  public final ProfileCatalog profiles = ProfileCatalog.bundled();
  public Signer signer;
  public final TestDatabase database;
  public final AuthorityCatalog authorities;
  public final JdbcRequestBook requests;
  public final CertificateBook certificates;
  private final SecureRandom random = new SecureRandom();
  private CertificateIntake intake;

  // What a restart makes anew.
  public JournalRecovery recovery;
  public CertificateIssuance issuance;
  public RegistrationDesk desk;
  public SystemCertificates system;

  public final Subject anna = person("Anna Amsel", TOWN, "anna.amsel@stadt-a.example");
  public final Subject otto = person("Otto Officer", TOWN, "otto.officer@stadt-a.example");
  public final Subject olga = person("Olga Officer", TOWN, "olga.officer@stadt-a.example");

  /** With a vault in memory. */
  public House(TestDatabase database) throws Exception {
    this(database, null);
  }

  /**
   * @param ceremonyVault holds the keys {@code root}, {@code people}, {@code devices} and theirs
   */
  public House(TestDatabase database, Signer ceremonyVault) throws Exception {
    this.database = database;
    if (ceremonyVault == null) {
      Stream.of("root", "people", "devices", "ocsp-people", "ocsp-devices").forEach(vault::make);
    }
    this.signer = ceremonyVault == null ? vault : ceremonyVault;
    database.clear();
    this.authorities = ceremony();
    this.requests = new JdbcRequestBook(database.database());
    this.certificates = new JdbcCertificateBook(database.database());
    List.of(anna, otto, olga).forEach(directory::put);
    restart(certificates);
  }

  /** A new process over the same database and vault, its certificates kept in this book. */
  public void restart(CertificateBook book) {
    var transactions = database.database();
    var audit = new JdbcAuditTrail("test", clock);
    intake = new CertificateIntake(requests, book, audit, new JdbcOutbox(clock), profiles);
    recovery =
        new JournalRecovery(
            signer,
            authorities,
            name -> new JdbcJournalPosition(transactions, name),
            intake,
            transactions,
            clock);
    var drafts =
        new CertificateDrafts(
            profiles,
            authorities,
            new Organizations(directory, "Landkreis DEMO"),
            new StatusAddresses(URI.create("http://pki.example:8080")),
            random);
    issuance = new CertificateIssuance(drafts, signer, recovery, intake, transactions, clock);
    var ledger = new RequestLedger(requests, audit, transactions, clock);
    desk = new RegistrationDesk(profiles, directory, ledger, issuance, random);
    system = new SystemCertificates(profiles, book, ledger, issuance, random);
  }

  private AuthorityCatalog ceremony() throws Exception {
    Path folder = Files.createTempDirectory("authorities");
    try {
      new HierarchyCeremony(signer, clock, random)
          .perform(
              new HierarchyPlan(
                  "Landkreis DEMO",
                  new HierarchyPlan.RootAuthority(
                      new AuthorityName("root"), "DEMO Root", new KeyId("root")),
                  List.of(issuing("people"), issuing("devices")),
                  Period.ofYears(6),
                  Period.ofYears(5),
                  Period.ofMonths(12),
                  new StatusAddresses(URI.create("http://pki.example:8080"))),
              folder);
      return AuthorityFiles.read(folder);
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static HierarchyPlan.IssuingAuthority issuing(String name) {
    return new HierarchyPlan.IssuingAuthority(
        new AuthorityName(name), "DEMO " + name, new KeyId(name), new KeyId("ocsp-" + name));
  }

  public static Subject person(String name, TenantId tenant, String mail) {
    String[] parts = name.split(" ");
    return new Subject(
        new SubjectId(UUID.randomUUID().toString()),
        SubjectKind.PERSON,
        tenant,
        Set.of(tenant),
        name,
        Optional.empty(),
        Optional.of(parts[0]),
        Optional.of(parts[parts.length - 1]),
        Optional.ofNullable(mail),
        Optional.empty(),
        Optional.of(name.toLowerCase().replace(' ', '.')),
        true,
        "cn=" + name,
        Set.of());
  }

  /** The person, logged in, without a role. */
  public static Actor.Person staff(Subject subject) {
    return new Actor.Person(
        subject.id(),
        subject.commonName(),
        subject.login().orElseThrow(),
        subject.tenants(),
        Set.of(),
        Set.of());
  }

  public static Actor.Person officer(Subject subject, TenantId... tenants) {
    return new Actor.Person(
        subject.id(),
        subject.commonName(),
        subject.login().orElseThrow(),
        subject.tenants(),
        Set.of(tenants),
        Set.of());
  }

  /** An application of a person for themselves, with a new key and no wishes. */
  public static CertificateApplication application(Subject subject, ProfileName profile) {
    return application(subject, profile, SampleRequests.ofNewKey());
  }

  public static CertificateApplication application(
      Subject subject, ProfileName profile, Bytes certificationRequest) {
    return new CertificateApplication(
        subject.id(), subject.home(), profile, certificationRequest, "");
  }

  /** Applied for and approved by Otto. */
  public CertificateRequest approved(Subject subject, ProfileName profile) throws Exception {
    CertificateRequest request = desk.submit(staff(subject), application(subject, profile));
    return desk.approve(officer(otto, TOWN), request.id());
  }

  public StoredCertificate certificateOf(CertificateRequest request) {
    var issued = (CertificateRequest.Issued) request;
    return certificates.find(issued.authority(), issued.serial()).orElseThrow();
  }
}
