package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityFiles.Standing;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.RolloverCeremony;
import de.kreissiegel.ca.identity.Checks;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.OfficerShelf;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.TellingTrail;
import de.kreissiegel.ca.lint.Linter;
import de.kreissiegel.ca.lint.WeakKeyLists;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.OfficerSecurityKeys;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.registration.RequestLedger;
import de.kreissiegel.ca.status.CrlIssuer;
import de.kreissiegel.ca.status.CrlNumbers;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.storage.JdbcCheckBook;
import de.kreissiegel.ca.storage.JdbcConfirmationBook;
import de.kreissiegel.ca.storage.JdbcCrlBook;
import de.kreissiegel.ca.storage.JdbcGrantBook;
import de.kreissiegel.ca.storage.JdbcJournalPosition;
import de.kreissiegel.ca.storage.JdbcKnownKeys;
import de.kreissiegel.ca.storage.JdbcLetterBook;
import de.kreissiegel.ca.storage.JdbcMassBook;
import de.kreissiegel.ca.storage.JdbcOutbox;
import de.kreissiegel.ca.storage.JdbcProfileHistory;
import de.kreissiegel.ca.storage.JdbcPseudonymBook;
import de.kreissiegel.ca.storage.JdbcRequestBook;
import de.kreissiegel.ca.storage.JdbcTermsBook;
import de.kreissiegel.ca.storage.JdbcTwinBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.transaction.GroupCommit;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An authority for tests: real database, real desk, a vault and a directory in memory. */
public final class House {
  public static final TenantId DISTRICT = new TenantId("kreis.example");
  public static final TenantId TOWN = new TenantId("stadt-a.example");
  public static final TenantId VILLAGE = new TenantId("gemeinde-b.example");
  public static final ProfileName VPN = new ProfileName("vpn-client");
  public static final ProfileName MACHINE = new ProfileName("machine");

  public final MovableClock clock;
  public final JournalingFake vault;
  public final FakeDirectory directory = new FakeDirectory();
  public final ProfileCatalog profiles;
  public final TestOfficers officers;
  public Signer signer;

  /** SHA-256 of the keys of those who need nobody's approval; heard at the next restart. */
  public final Set<Bytes> firstOfficers = new HashSet<>();

  /** What holders agree to; heard at the next restart. */
  public TermsCatalog terms = TermsCatalog.NONE;

  public final TestDatabase database;
  public AuthorityCatalog authorities;
  public final JdbcRequestBook requests;
  public final CertificateBook certificates;
  private final SecureRandom random = new SecureRandom();
  private CertificateIntake intake;

  // What a restart makes anew.
  public GroupCommit commits;

  /** Transactions of applications and certificates. */
  public final LongAdder commitsMade = new LongAdder();

  /** What happens after such a commit, before anybody hears of it. */
  public volatile Runnable afterCommit = () -> {};

  public JournalRecovery recovery;
  public CertificateIssuance issuance;
  public TermsDesk termsDesk;
  public Confirmations confirmations;
  public TwinDesk twins;
  public RegistrationDesk desk;
  public SystemCertificates system;

  public final Subject anna = person("Anna Amsel", TOWN, "anna.amsel@stadt-a.example");
  public final Subject otto = person("Otto Officer", TOWN, "otto.officer@stadt-a.example");
  public final Subject olga = person("Olga Officer", TOWN, "olga.officer@stadt-a.example");

  /** With a vault in memory. */
  public House(TestDatabase database) throws Exception {
    this(database, null, ProfileCatalog.bundled(), new MovableClock());
  }

  /**
   * @param ceremonyVault holds the keys {@code root}, {@code people}, {@code devices} and theirs
   */
  public House(
      TestDatabase database, Signer ceremonyVault, ProfileCatalog profiles, MovableClock clock)
      throws Exception {
    this.database = database;
    this.clock = clock;
    this.vault = new JournalingFake(clock);
    this.profiles = profiles;
    this.officers = new TestOfficers(clock);
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

  /**
   * One more process over a database that is in use, with authorities that are there.
   *
   * @param authorities the ceremony's files
   */
  public House(TestDatabase database, Signer signer, Path authorities, ProfileCatalog profiles)
      throws Exception {
    this.database = database;
    this.clock = new MovableClock();
    this.vault = new JournalingFake(clock);
    this.profiles = profiles;
    this.officers = new TestOfficers(clock);
    this.signer = signer;
    this.authorities = AuthorityFiles.read(authorities);
    this.requests = new JdbcRequestBook(database.database());
    this.certificates = new JdbcCertificateBook(database.database());
    restart(certificates);
  }

  /** A new process over the same database and vault, its certificates kept in this book. */
  public void restart(CertificateBook book) {
    var transactions = database.database();
    var audit =
        new TellingTrail(
            new JdbcAuditTrail("test", clock, new SecureRandom()),
            new JdbcLetterBook(transactions),
            clock);
    intake =
        new CertificateIntake(
            requests,
            book,
            audit,
            new JdbcOutbox(clock),
            profiles,
            new JdbcProfileHistory(transactions));
    recovery =
        new JournalRecovery(
            signer,
            authorities,
            name -> new JdbcJournalPosition(transactions, name),
            intake,
            new CrlNumbers(authorities, new JdbcCrlBook(transactions)),
            transactions,
            clock);
    var drafts =
        new CertificateDrafts(
            profiles,
            authorities,
            new JdbcMassBook(transactions),
            new Organizations(directory, "Landkreis DEMO"),
            new StatusAddresses(URI.create("http://pki.example:8080")),
            random);
    commits = new GroupCommit(counting(transactions));
    issuance =
        new CertificateIssuance(
            drafts,
            new Linter(new JdbcKnownKeys(transactions, clock), WeakKeyLists.none()),
            signer,
            recovery,
            intake,
            commits,
            clock);
    var ledger =
        new RequestLedger(
            requests,
            new JdbcPseudonymBook(transactions, random),
            audit,
            new ReadLog(audit, transactions),
            commits,
            clock);
    termsDesk = new TermsDesk(terms, new JdbcTermsBook(transactions), transactions, audit, clock);
    var checks = new Checks(new JdbcCheckBook(transactions), ZoneId.of("Europe/Berlin"));
    confirmations =
        new Confirmations(
            new JdbcConfirmationBook(transactions), checks, profiles, transactions, audit, clock);
    twins = new TwinDesk(new JdbcTwinBook(transactions), transactions, audit, clock);
    desk =
        new RegistrationDesk(
            profiles,
            directory,
            ledger,
            issuance,
            new RegistrationDesk.Officers(
                (person, now) -> {
                  List<Bytes> certificates = new ArrayList<>(officers.of(person, now));
                  certificates.addAll(new OfficerShelf(profiles, book).of(person, now));
                  return certificates;
                },
                firstOfficers,
                new JdbcGrantBook(transactions),
                OfficerSecurityKeys.none()),
            new RegistrationDesk.Beside(termsDesk, checks, confirmations),
            random);
    system = new SystemCertificates(profiles, book, ledger, issuance, random);
  }

  private Transactions counting(Transactions transactions) {
    return new Transactions() {
      @Override
      public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
          throws X {
        commitsMade.increment();
        T result = transactions.inTransaction(work);
        afterCommit.run();
        return result;
      }
    };
  }

  private AuthorityCatalog ceremony() throws Exception {
    Path folder = Files.createTempDirectory("authorities");
    try {
      new HierarchyCeremony(signer, clock, random).perform(plan(), folder);
      return AuthorityFiles.read(folder);
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /**
   * Gives an authority its second key, {@code NAME-2}, as a ceremony does.
   *
   * @param from when it begins to issue
   * @param folder where the hierarchy's files are put
   */
  public void rollOver(AuthorityName line, Instant from, Path folder) throws Exception {
    HierarchyPlan.IssuingAuthority second =
        plan().issuing().stream()
            .filter(one -> one.name().equals(line))
            .findFirst()
            .orElseThrow()
            .generation(2);
    Stream.of(second.key(), second.ocspKey()).map(KeyId::value).forEach(vault::make);
    Bytes certificate =
        new RolloverCeremony(plan(), signer, clock, random)
            .issuing(second, authorities.get(new AuthorityName("root")), Optional.empty());
    List<Member> members = new ArrayList<>();
    for (Authority one : authorities.all()) {
      members.add(new Member(one.name(), one.key(), one.ocspKey(), one.certificate()));
    }
    members.add(
        new Member(second.name(), second.key(), Optional.of(second.ocspKey()), certificate)
            .with(Standing.later(line, 2, PolicySet.DEFAULT, from)));
    AuthorityFiles.write(folder, members, Map.of());
    authorities = AuthorityFiles.read(folder);
    restart(certificates);
  }

  /** The hierarchy of each such house. */
  public static HierarchyPlan plan() {
    return new HierarchyPlan(
        "Landkreis DEMO",
        new HierarchyPlan.RootAuthority(new AuthorityName("root"), "DEMO Root", new KeyId("root")),
        List.of(issuing("people"), issuing("devices")),
        Period.ofYears(6),
        Period.ofYears(5),
        Period.ofMonths(12),
        new StatusAddresses(URI.create("http://pki.example:8080")));
  }

  /** Has the authorities sign their lists of what is revoked, where one is due. */
  public void signsLists() {
    new CrlIssuer(
            authorities,
            new StatusAddresses(URI.create("http://pki.example:8080")),
            signer,
            new CrlIssuer.Records(
                database.database(),
                new JdbcCrlBook(database.database()),
                new JdbcAuditTrail("lists", clock, new SecureRandom()),
                Path.of(System.getProperty("java.io.tmpdir"), "house-spool")))
        .refresh(clock.instant());
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
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  public static Actor.Person officer(Subject subject, TenantId... tenants) {
    return new Actor.Person(
        subject.id(),
        subject.commonName(),
        subject.login().orElseThrow(),
        subject.tenants(),
        Set.of(tenants),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
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
    return approve(officer(otto, TOWN), request.id());
  }

  /** The officer reads, signs what they read, and says yes. */
  public CertificateRequest approve(Actor.Person officer, RequestId request) throws Refused {
    if (!desk.approvalsAreSigned()) {
      return desk.approve(officer, request, Optional.empty());
    }
    Bytes signature = officers.key(officer.id()).sign(desk.statement(officer, request));
    return desk.approve(officer, request, Optional.of(signature));
  }

  /** The same, having checked the person today where the profile asks for that. */
  CertificateRequest approveChecked(
      Actor.Person officer, RequestId request, CertificateProfile profile) throws Refused {
    if (!profile.registration().demanded()) {
      return approve(officer, request);
    }
    var check =
        new IdentityCheck(
            profile.registration().checks().getFirst(),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    List<Bytes> signatures =
        desk.approvalsAreSigned()
            ? List.of(officers.key(officer.id()).sign(desk.statement(officer, request)))
            : List.of();
    return desk.approveOrder(officer, request, signatures, Optional.of(check)).getFirst();
  }

  /** The bundled profiles without the one that makes officers: nobody's yes is signed. */
  public static ProfileCatalog withoutOfficers(Path folder) throws Exception {
    Files.createDirectories(folder);
    for (String file : ProfileCatalog.bundledFiles()) {
      if (!file.equals("registration-officer.yaml")) {
        Files.writeString(folder.resolve(file), ProfileCatalog.bundledFile(file));
      }
    }
    return ProfileCatalog.load(folder);
  }

  /** The same and a profile for machines, which their protocol proves and nobody approves. */
  public static ProfileCatalog withMachines(Path folder) throws Exception {
    withoutOfficers(folder);
    Path mobile = folder.resolve("mobile-device.yaml");
    String sheet = Files.readString(mobile);
    Files.delete(mobile);
    Files.writeString(
        folder.resolve(MACHINE + ".yaml"),
        sheet.replace("approvals: 1", "approvals: 0").replace("offered: true", "offered: false")
            + "machines: true\n");
    return ProfileCatalog.load(folder);
  }

  public static Subject machine(String host, TenantId tenant) {
    return new Subject(
        new SubjectId(UUID.randomUUID().toString()),
        SubjectKind.DEVICE,
        tenant,
        Set.of(tenant),
        host,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(host),
        Optional.empty(),
        true,
        "cn=" + host,
        Set.of());
  }

  public StoredCertificate certificateOf(CertificateRequest request) {
    var issued = (CertificateRequest.Issued) request;
    return certificates.find(issued.authority(), issued.serial()).orElseThrow();
  }
}
