package de.kreissiegel.ca;

import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditHeads;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.bulk.BulkWorker;
import de.kreissiegel.ca.campaign.CampaignWorker;
import de.kreissiegel.ca.clock.ClockCheck;
import de.kreissiegel.ca.handover.HandoverDesk;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.identity.Checks;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.OfficerShelf;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.issuance.CertificateDrafts;
import de.kreissiegel.ca.issuance.CertificateIntake;
import de.kreissiegel.ca.issuance.CertificateIssuance;
import de.kreissiegel.ca.issuance.JournalRecovery;
import de.kreissiegel.ca.issuance.Organizations;
import de.kreissiegel.ca.issuance.SystemCertificates;
import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lifecycle.OpenRequests;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.lint.Linter;
import de.kreissiegel.ca.lint.WeakKeyLists;
import de.kreissiegel.ca.own.OwnCertificateWatch;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.publication.Backlogs;
import de.kreissiegel.ca.publication.CertificatePublisher;
import de.kreissiegel.ca.publication.Publishing;
import de.kreissiegel.ca.registration.Patience;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestLedger;
import de.kreissiegel.ca.relay.AuditRelay;
import de.kreissiegel.ca.relay.SyslogHost;
import de.kreissiegel.ca.revision.RevisionWatch;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.revocation.RevocationReplay;
import de.kreissiegel.ca.roles.RoleGate;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.status.CrlFile;
import de.kreissiegel.ca.status.CrlIssuer;
import de.kreissiegel.ca.status.CrlLine;
import de.kreissiegel.ca.status.CrlNumbers;
import de.kreissiegel.ca.status.CrlShelf;
import de.kreissiegel.ca.status.CrlWatch;
import de.kreissiegel.ca.status.CrlWork;
import de.kreissiegel.ca.status.ListsMissing;
import de.kreissiegel.ca.status.OcspService;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.superior.FetchSettings;
import de.kreissiegel.ca.superior.SuperiorWatch;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.transaction.GroupCommit;
import de.kreissiegel.ca.witness.CheckpointKeeper;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** All rooms of the authority, built and connected. Whoever runs it gets the doors from here. */
public final class CertificationAuthority implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CertificationAuthority.class.getName());

  /** The key that signs the heads of the audit chains. */
  private static final KeyId AUDIT = new KeyId("audit");

  /**
   * How often this node looks for changes of status: a fraction of the second that one may take.
   */
  private static final Duration STEP = Duration.ofMillis(200);

  private final Surroundings surroundings;
  private final Jobs jobs = new Jobs();
  private final GroupCommit commits;
  private final SecurityKeys securityKeys;
  private final TermsDesk terms;
  private final Confirmations confirmations;
  private final RegistrationDesk registration;
  private final CertificateIssuance issuance;
  private final JournalRecovery recovery;
  private final CertificateInventory inventory;
  private final PseudonymDesk pseudonyms;
  private final RevocationDesk revocation;
  private final EndedGrants endedGrants;
  private final Hotline hotline;
  private final Books books;
  private final HandoverDesk handover;
  private final EscrowRooms escrow;
  private final Entrance entrance;
  private final Counter counter;
  private final SubjectLifecycle lifecycle;
  private final AuditDesk auditDesk;
  private final AuditHeads auditHeads;
  private final Publishing publishing;
  private final CrlIssuer crlIssuer;
  private final CrlShelf crls;
  private final CrlWatch crlWatch;
  private final OwnCertificateWatch ownCertificates;
  private final OcspService ocsp;
  private final SystemCertificates systemCertificates;
  private final List<CheckpointKeeper> witnesses;
  private final ResponderRenewal responders;
  private final ClockCheck clockCheck;
  private final Optional<AuditRelay> relay;

  /**
   * What the authority stands on.
   *
   * @param database PostgreSQL; its schema is up to date ({@link Database})
   * @param signer the vault
   * @param journalKeys the public keys of the vaults' journals, by the vaults' names, as
   *     SubjectPublicKeyInfo; of one that isn't named the first that is seen counts
   * @param directory who exists
   * @param publisher where certificates are published
   * @param authorities the hierarchy
   * @param profiles what may be issued
   * @param terms what holders of certificates agree to
   * @param addresses what stands in certificates
   * @param ocsp how OCSP answers
   * @param told hears how long each change of status took until this node could tell of it by OCSP
   * @param firstOfficers SHA-256 of the SubjectPublicKeyInfo of the first registration officers'
   *     keys
   * @param securityKeys where officers use security keys to approve by, as the vault's policies
   *     say; where they name none, empty
   * @param lists a folder for this node's copies of CRLs, and for those that are being made
   * @param crlAlarm how long before a CRL runs out somebody has to hear of it
   * @param weakKeys lists of keys that are never certified
   * @param brake how many may lose something by the directory before people have to look
   * @param patience for how long officers may let an application wait
   * @param node this node's name, and its audit chain's
   * @param syslog where audit events are passed on, too
   * @param timeServers against whose clocks ours is held, beside the database's
   * @param clock the time
   * @param random for serial numbers and ids
   */
  public record Surroundings(
      DataSource database,
      Signer signer,
      Map<String, Bytes> journalKeys,
      SubjectDirectory directory,
      CertificatePublisher publisher,
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      TermsCatalog terms,
      StatusAddresses addresses,
      OcspSettings ocsp,
      Consumer<Duration> told,
      Set<Bytes> firstOfficers,
      Optional<SecurityKeyPages> securityKeys,
      Path lists,
      CrlWatch.Alarm crlAlarm,
      WeakKeyLists weakKeys,
      Brake brake,
      Patience patience,
      String node,
      Optional<SyslogHost> syslog,
      List<ClockCheck.TimeSource> timeServers,
      Clock clock,
      SecureRandom random) {}

  private CertificationAuthority(Surroundings on) throws IOException {
    this.surroundings = on;
    this.books = Books.of(on.database(), on.node(), on.clock(), on.random());
    this.commits = new GroupCommit(books.transactions());
    var intake =
        new CertificateIntake(
            books.requests(),
            books.certificates(),
            books.audit(),
            books.outbox(),
            on.profiles(),
            books.profiles());
    this.recovery =
        new JournalRecovery(
            on.signer(),
            on.authorities(),
            books::journalPosition,
            intake,
            new CrlNumbers(on.authorities(), books.crls()),
            books.transactions(),
            on.clock());
    this.issuance =
        new CertificateIssuance(
            new CertificateDrafts(
                on.profiles(),
                on.authorities(),
                books.massRuns(),
                new Organizations(on.directory(), District.nameFrom(on.authorities())),
                on.addresses(),
                on.random()),
            new Linter(books.knownKeys(), on.weakKeys()),
            on.signer(),
            recovery,
            intake,
            commits,
            on.clock());
    var ledger =
        new RequestLedger(
            books.requests(),
            books.pseudonyms(),
            books.audit(),
            books.readLog(),
            commits,
            on.clock());
    var officers = new OfficerShelf(on.profiles(), books.certificates());
    this.securityKeys =
        new SecurityKeys(books.ofSecurityKeys(), officers, on.securityKeys(), on.clock());
    this.terms =
        new TermsDesk(on.terms(), books.terms(), books.transactions(), books.audit(), on.clock());
    var checks = new Checks(books.checks(), on.patience().zone());
    this.confirmations =
        new Confirmations(
            books.confirmations(),
            checks,
            on.profiles(),
            books.transactions(),
            books.audit(),
            on.clock());
    this.registration =
        new RegistrationDesk(
            on.profiles(),
            on.directory(),
            ledger,
            issuance,
            new RegistrationDesk.Officers(
                officers, on.firstOfficers(), books.grants(), securityKeys),
            new RegistrationDesk.Beside(terms, checks, confirmations),
            on.random());
    this.systemCertificates =
        new SystemCertificates(on.profiles(), books.certificates(), ledger, issuance, on.random());
    this.responders =
        new ResponderRenewal(
            on.authorities(),
            on.signer(),
            systemCertificates,
            new KnownResponders(on.authorities(), books.certificates(), on.clock()),
            on.clock());
    var ownership = new Ownership(on.directory(), books.pseudonyms()::holdersOf);
    ReadLog reads = books.readLog();
    this.pseudonyms = new PseudonymDesk(books.pseudonyms(), on.directory(), reads);
    this.inventory = new CertificateInventory(books.certificates(), ownership, reads, on.clock());
    RevocationDesk.Books revocationBooks = books.ofRevocation();
    this.revocation = new RevocationDesk(revocationBooks, ownership, on.clock());
    this.endedGrants = new EndedGrants(books.grants(), revocation, on.clock());
    this.hotline =
        new Hotline(books.ofHotline(), on.directory(), revocation, on.clock(), on.random());
    this.handover = new HandoverDesk(books.ofHandover(), inventory, on.clock(), on.random());
    this.escrow = new EscrowRooms(on, books, ownership, inventory, securityKeys);
    this.entrance = new Entrance(on, books);
    this.counter = new Counter(on, books, registration, revocation);
    this.lifecycle =
        new SubjectLifecycle(
            revocation,
            OpenRequests.of(registration),
            on.directory(),
            books.ofLifecycle(),
            new SubjectLifecycle.Settings(on.profiles(), books.subjectKinds(), on.brake()),
            on.clock());
    this.auditDesk = new AuditDesk(books.auditEvents(), reads);
    this.auditHeads = new AuditHeads(books.auditEvents(), on.signer(), AUDIT, on.clock());
    this.crlIssuer =
        new CrlIssuer(
            on.authorities(),
            on.addresses(),
            on.signer(),
            new CrlIssuer.Records(
                books.transactions(), books.crls(), books.audit(), on.lists().resolve("spool")));
    this.crls =
        new CrlShelf(on.authorities(), books.crls(), on.lists().resolve("shelf"), on.clock());
    this.publishing =
        new Publishing(
            books.ofPublishing(),
            new Publishing.Sources(on.profiles(), on.authorities(), crls::all),
            on.publisher(),
            on.clock());
    this.crlWatch =
        new CrlWatch(crls, on.crlAlarm(), books.transactions(), books.audit(), on.clock());
    this.ownCertificates =
        new OwnCertificateWatch(
            on.authorities(),
            on.profiles(),
            new OwnCertificateWatch.Records(
                books.transactions(), books.certificates(), books.audit()),
            on.clock());
    this.witnesses = witnesses(on, books);
    this.relay =
        on.syslog().map(host -> new AuditRelay(books.relay("syslog"), host, on.node(), on.clock()));
    List<ClockCheck.TimeSource> clocks = new ArrayList<>(on.timeServers());
    clocks.addFirst(books.clock());
    this.clockCheck = new ClockCheck(clocks, on.clock());
    this.ocsp =
        new OcspService(
            new OcspService.Surroundings(
                on.authorities(),
                books.certificates(),
                books.answers(),
                books.transactions(),
                responders,
                on.signer(),
                on.ocsp(),
                on.told(),
                on.clock(),
                on.random()));
  }

  /** One for each vault that gives out checkpoints. */
  private static List<CheckpointKeeper> witnesses(Surroundings on, Books books) {
    List<CheckpointKeeper> keepers = new ArrayList<>();
    for (NamedSigner member : on.signer().members()) {
      if (member.signer() instanceof VaultDoor door) {
        keepers.add(
            new CheckpointKeeper(
                member.name(),
                door,
                new CheckpointKeeper.Records(
                    books.checkpoints(), books.transactions(), books.audit()),
                Optional.ofNullable(on.journalKeys().get(member.name())),
                on.clock()));
      }
    }
    return List.copyOf(keepers);
  }

  /**
   * Opens it: what the vault signed and nobody stored is taken in before anything new can be
   * issued.
   *
   * @throws SigningUnavailable if no vault answers
   * @throws ConfigurationFaults if a profile was changed without a new version
   * @throws ListsMissing if the database is older than what was published, and the lists on this
   *     node's disk don't tell what it lacks
   * @throws IOException if the folder for lists can't be used
   */
  public static CertificationAuthority open(Surroundings surroundings)
      throws SigningUnavailable, ConfigurationFaults, ListsMissing, IOException {
    Books kept =
        Books.of(
            surroundings.database(),
            surroundings.node(),
            surroundings.clock(),
            surroundings.random());
    kept.profiles().keep(surroundings.profiles(), surroundings.clock().instant());
    kept.terms().keep(surroundings.terms(), surroundings.clock().instant());
    var authority = new CertificationAuthority(surroundings);
    authority.publishing.open();
    int taken = authority.recovery.catchUpWithThoseThere();
    if (taken > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "took in {0} certificates that the vault had signed and nobody had stored",
          taken);
    }
    authority.takeInMissingLists();
    authority.responders.renew();
    authority.crlIssuer.refresh(surroundings.clock().instant());
    return authority;
  }

  /** What a restored database lacks comes from the lists that this node has published. */
  private void takeInMissingLists() throws ListsMissing, IOException {
    Books books =
        Books.of(
            surroundings.database(),
            surroundings.node(),
            surroundings.clock(),
            surroundings.random());
    if (missing(books).isEmpty()) {
      return;
    }
    var replay =
        new RevocationReplay(books.ofRevocation(), books.crls(), surroundings.authorities());
    List<CrlFile> kept =
        crls.kept().stream()
            .sorted(Comparator.comparing(one -> one.name().delta())) // full ones first
            .toList();
    for (CrlFile file : kept) {
      try {
        replay.list(file.read());
      } catch (IllegalArgumentException none) {
        LOG.log(
            System.Logger.Level.WARNING, "{0} is left out: {1}", file.file(), none.getMessage());
      }
    }
    List<CrlLine> left = missing(books);
    if (!left.isEmpty()) {
      throw new ListsMissing(left);
    }
  }

  private List<CrlLine> missing(Books books) {
    return books.crls().lines().stream()
        .filter(line -> line.missing().isPresent())
        .filter(line -> surroundings.authorities().find(line.authority()).isPresent())
        .toList();
  }

  /** Begins what runs by itself. */
  public void start() {
    jobs.every(Duration.ofSeconds(1), "crl", () -> crlIssuer.refresh(now()));
    jobs.every(STEP, "ocsp-answers", ocsp::look);
    jobs.every(STEP, "ocsp-changes", ocsp::signChanges);
    jobs.every(Duration.ofSeconds(1), "ocsp-slots", this::signSlots);
    jobs.every(Duration.ofMillis(500), "crl-copies", crls::refresh);
    jobs.every(Duration.ofSeconds(5), "inquiries", ocsp::writeInquiries);
    for (Publishing.Desk desk : publishing.desks()) {
      String name = desk.name().value();
      jobs.every(Duration.ofSeconds(1), "publish-" + name, desk.certificates()::work);
      jobs.every(Duration.ofSeconds(1), "post-" + name, desk.authorities()::work);
      jobs.every(Duration.ofMinutes(10), "clean-up-" + name, desk.cleanUp()::sweep);
    }
    jobs.every(Duration.ofSeconds(1), "directory", lifecycle::work);
    jobs.every(Duration.ofMinutes(5), "stragglers", lifecycle::lookForStragglers);
    jobs.every(Duration.ofHours(1), "unused", lifecycle::lookForUnused);
    jobs.every(Duration.ofSeconds(2), "audit-heads", auditHeads::signMoved);
    jobs.every(Duration.ofSeconds(3), "issuance", issuance::resumeApproved);
    jobs.every(Duration.ofSeconds(30), "journal", recovery::catchUp);
    jobs.every(Duration.ofMinutes(1), "crl-watch", crlWatch::look);
    jobs.every(Duration.ofMinutes(10), "own-certificates", ownCertificates::look);
    jobs.every(Duration.ofMinutes(1), "expiry", () -> registration.expireOld(now()));
    jobs.every(
        Duration.ofMinutes(1),
        "passing-on",
        () -> registration.passOnOld(now(), surroundings.patience()));
    jobs.every(Duration.ofHours(1), "confirmations", confirmations::remind);
    jobs.every(Duration.ofSeconds(2), "ended-grants", endedGrants::revoke);
    jobs.every(Duration.ofSeconds(30), "handovers", handover::expireOld);
    escrow.start(jobs);
    for (CheckpointKeeper witness : witnesses) {
      jobs.every(Duration.ofMinutes(1), "witness", witness::look);
    }
    relay.ifPresent(to -> jobs.every(Duration.ofSeconds(1), "syslog", to::work));
    jobs.every(Duration.ofMinutes(10), "responders", responders::renew);
  }

  private void signSlots() throws SigningUnavailable, SigningRefused {
    while (!jobs.areEnding() && ocsp.signSlots()) {
      // As long as there are some, a few in each transaction.
    }
  }

  /** Ends what runs by itself; the last audit events are covered by a signed head. */
  @Override
  public void close() {
    jobs.close();
    commits.close();
    try {
      ocsp.close();
    } catch (IOException unimportant) {
      LOG.log(System.Logger.Level.DEBUG, "the answers on the disk end in the middle", unimportant);
    }
    try {
      auditHeads.signMoved();
    } catch (SigningUnavailable | SigningRefused unsigned) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the last audit events have no signed head: {0}",
          unsigned.getMessage());
    }
  }

  public RegistrationDesk registration() {
    return registration;
  }

  /** Who has to be confirmed again. */
  public Confirmations confirmations() {
    return confirmations;
  }

  /** Terms of use. */
  public TermsDesk terms() {
    return terms;
  }

  /** How people come in, and as whom. */
  public Entrance entrance() {
    return entrance;
  }

  /** What else they do, and look at. */
  public Counter counter() {
    return counter;
  }

  public CertificateInventory inventory() {
    return inventory;
  }

  /** Who is behind pseudonyms. */
  public PseudonymDesk pseudonyms() {
    return pseudonyms;
  }

  public RevocationDesk revocation() {
    return revocation;
  }

  /** Revocation by phone. */
  public Hotline hotline() {
    return hotline;
  }

  /**
   * Begins to look whether offices that excluded each other still do.
   *
   * @param directory knows who there is, and their roles
   */
  public void watchRoles(StaffLogin directory) {
    RoleGate gate = entrance.gate(directory);
    jobs.every(Duration.ofHours(1), "role-conflicts", gate::lookAgain);
  }

  /** Begins to look whether revisors' reviews come. */
  public void start(RevisionWatch watch) {
    jobs.every(Duration.ofHours(1), "revision", watch::look);
  }

  /**
   * Who fetches the CRLs of external superiors.
   *
   * @param folder where the hierarchy lies
   * @throws IllegalArgumentException with a sentence, if the settings name a superior that isn't
   *     there
   */
  public SuperiorWatch superiorWatch(Path folder, FetchSettings settings) {
    return new SuperiorWatch(
        surroundings.authorities(),
        folder,
        settings,
        new SuperiorWatch.Records(books.transactions(), books.audit()),
        surroundings.clock(),
        surroundings.random());
  }

  /** Begins to fetch them. */
  public void start(SuperiorWatch watch) {
    jobs.every(Duration.ofMinutes(1), "superior-crls", watch::look);
  }

  /** Begins to work at lists. */
  public void start(BulkWorker worker) {
    jobs.every(Duration.ofSeconds(1), "bulk", worker::work);
    jobs.every(Duration.ofHours(1), "old-lists", worker::forget);
  }

  /** Begins to write the letters of campaigns. */
  public void start(CampaignWorker worker) {
    jobs.every(Duration.ofMinutes(1), "campaigns", worker::work);
    jobs.every(Duration.ofHours(1), "old-campaigns", worker::forget);
  }

  /** The passkeys by which officers approve. */
  public SecurityKeys securityKeys() {
    return securityKeys;
  }

  /** Files on their way to phones. */
  public HandoverDesk handover() {
    return handover;
  }

  /** What is escrowed, and how it is given out. */
  public EscrowRooms escrow() {
    return escrow;
  }

  public SubjectLifecycle lifecycle() {
    return lifecycle;
  }

  public AuditDesk audit() {
    return auditDesk;
  }

  public OcspService ocsp() {
    return ocsp;
  }

  public CrlShelf crls() {
    return crls;
  }

  /** Whether lists are as fresh as they should be. */
  public CrlWatch crlWatch() {
    return crlWatch;
  }

  /** Whether the certificates on which the house stands are renewed in time. */
  public OwnCertificateWatch ownCertificates() {
    return ownCertificates;
  }

  /** How the making of lists goes on this node. */
  public List<CrlWork> crlWork() {
    return crlIssuer.work();
  }

  public SystemCertificates systemCertificates() {
    return systemCertificates;
  }

  /** What waits to be published, and what was refused. */
  public Backlogs backlogs() {
    return publishing.backlogs();
  }

  /** How the passing on of audit events goes, where there is somebody to pass them on to. */
  public Optional<AuditRelay.State> relayState() {
    return relay.map(AuditRelay::state);
  }

  /** How far our clock is from others'. */
  public ClockCheck clockCheck() {
    return clockCheck;
  }

  /** What is wrong with a vault's journal: it is not the one that we know. */
  public Optional<String> journalFault() {
    return recovery
        .fault()
        .or(
            () ->
                witnesses.stream()
                    .map(CheckpointKeeper::fault)
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private java.time.Instant now() {
    return surroundings.clock().instant();
  }
}
