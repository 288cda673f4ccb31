package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.disclosure.DisclosureBook;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.reads.ReadEntry;
import de.kreissiegel.ca.reads.ReaderCount;
import de.kreissiegel.ca.reads.ReadsBook;
import de.kreissiegel.ca.reads.ReadsDesk;
import de.kreissiegel.ca.reads.ReadsQuery;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.revision.Finding;
import de.kreissiegel.ca.revision.ReviewPeriod;
import de.kreissiegel.ca.revision.Revision;
import de.kreissiegel.ca.revision.RevisionBook;
import de.kreissiegel.ca.revision.RevisionDesk;
import de.kreissiegel.ca.revision.RevisionSettings;
import de.kreissiegel.ca.revision.Said;
import de.kreissiegel.ca.revision.SampleItem;
import de.kreissiegel.ca.revision.SampleKind;
import de.kreissiegel.ca.revision.SealedText;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reviews in memory: one under way with a finding, one signed off, one to be opened. The desks
 * before it are the real ones.
 */
final class SampleRevision implements RevisionBook, ReadsBook {
  /** The one that is under way. */
  static final UUID REVISION = UUID.fromString("7c1f3f4e-5f0a-4a4b-9d6e-1f2a3b4c5d6e");

  private static final Transactions NONE =
      new Transactions() {
        @Override
        public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
            throws X {
          return work.in(new Transaction() {});
        }
      };

  private static final AuditTrail SILENT =
      (Transaction _, Actor _, String _, Optional<TenantId> _, String _, String _) -> {};

  private final Map<UUID, Revision> revisions = new LinkedHashMap<>();
  private final Map<UUID, List<SampleItem>> items = new LinkedHashMap<>();
  private final Map<UUID, Finding> findings = new LinkedHashMap<>();
  private final Clock clock;
  private final Bytes key = key();
  private final Instant from;
  private final Instant until;

  SampleRevision(Clock clock) {
    this.clock = clock;
    LocalDate today = LocalDate.ofInstant(clock.instant(), Words.zone());
    LocalDate half = LocalDate.of(today.getYear(), today.getMonthValue() > 6 ? 7 : 1, 1);
    from = half.minusMonths(6).atStartOfDay(Words.zone()).toInstant();
    until = half.atStartOfDay(Words.zone()).toInstant();
    open(new Transaction() {}, fresh(REVISION, Optional.of(SamplePeople.HASSFURT)));
    inOrder(new Transaction() {}, REVISION, 1, said());
    add(
        new Transaction() {},
        new Finding(
            UUID.randomUUID(),
            REVISION,
            Optional.of(SamplePeople.HASSFURT),
            OptionalInt.of(2),
            Finding.Severity.MAJOR,
            Office.RA_OPERATOR,
            text("Die Begründung der Ablehnung fehlt; die Person hat nie erfahren, warum."),
            said(),
            List.of(
                new Finding.Step(
                    Finding.StepKind.NOTED, text("Die Stelle sagt eine Schulung zu."), said()))));
    var signed = fresh(UUID.randomUUID(), Optional.of(SamplePeople.KOENIGSBERG));
    open(new Transaction() {}, signed);
    add(new Transaction() {}, signed.id(), new Revision.Check(said(), 1, 4711, 0, List.of()));
    signOff(
        new Transaction() {},
        signed.id(),
        new Revision.SignOff(said(), text("Alles in Ordnung."), 1, Bytes.of(new byte[32])));
  }

  private Revision fresh(UUID id, Optional<TenantId> tenant) {
    return new Revision(
        id,
        tenant,
        from,
        until,
        said(),
        Bytes.of(new byte[32]),
        5,
        List.of(),
        new Revision.Progress(0, 0, 0, 0),
        Optional.empty(),
        Optional.empty());
  }

  private Said said() {
    return new Said(new SubjectId("p-auditor"), Optional.of("Sabine Schäfer"), clock.instant());
  }

  private static SealedText text(String words) {
    return new SealedText(
        Optional.of(words), Optional.of(Bytes.of(new byte[32])), Bytes.of(new byte[32]));
  }

  private static Bytes key() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return Bytes.of(generator.generateKeyPair().getPublic().getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  RevisionDesk desk(SecureRandom random) {
    return new RevisionDesk(
        new RevisionDesk.Records(
            this,
            events(),
            mock(CertificateBook.class),
            mock(RequestBook.class),
            mock(ReadLog.class),
            NONE,
            SILENT),
        RevisionSettings.USUAL,
        key,
        clock,
        random);
  }

  EvidenceDesk evidence() {
    return new EvidenceDesk(
        new EvidenceDesk.Records(events(), this, mock(DisclosureBook.class), NONE, SILENT),
        SampleConflicts.SOURCES,
        key,
        clock);
  }

  ReadsDesk reads() {
    return new ReadsDesk(this, mock(ReadLog.class));
  }

  private AuditBook events() {
    var book = mock(AuditBook.class);
    when(book.search(any(), any()))
        .thenAnswer(
            call -> {
              AuditQuery query = call.getArgument(1);
              return all(Optional.of(SamplePeople.HASSFURT)).stream()
                  .filter(one -> query.object().filter(one.object()::equals).isPresent())
                  .toList();
            });
    return book;
  }

  private List<AuditEvent> all(Optional<TenantId> tenant) {
    return List.of(
        event(1, "certificate.issued", "certificate:people/0a1b2c", "profile=vpn-client", tenant),
        event(
            2,
            "request.refused",
            "request:5d2b6f1e-1c43-4a53-8a34-93c8c1c0b7aa",
            "reason=nein",
            tenant),
        event(3, "certificate.held", "certificate:people/0a1b2c", "reason=verlegt", tenant),
        event(4, "person.read", "person:p-staff", "", tenant));
  }

  private AuditEvent event(
      long sequence, String action, String object, String detail, Optional<TenantId> tenant) {
    return new AuditEvent(
        "node-1",
        sequence,
        from.plus(Duration.ofDays(20 * sequence)),
        "person:p-officer",
        "Jürgen Müller",
        action,
        tenant,
        object,
        detail,
        Bytes.of(new byte[] {(byte) sequence}));
  }

  @Override
  public Optional<Instant> beginning() {
    return Optional.of(from.plusSeconds(60));
  }

  @Override
  public Set<Optional<TenantId>> areas(Instant begin, Instant end) {
    return Set.of(
        Optional.empty(),
        Optional.of(SamplePeople.HASSFURT),
        Optional.of(SamplePeople.KOENIGSBERG));
  }

  @Override
  public synchronized List<Sketch> sketches(Instant begin, Instant end) {
    return revisions.values().stream()
        .filter(one -> one.from().isBefore(end) && one.until().isAfter(begin))
        .map(one -> new Sketch(one.id(), one.tenant(), one.from(), one.until(), one.isSigned()))
        .toList();
  }

  @Override
  public synchronized Optional<List<Revision.Drawn>> open(Transaction transaction, Revision fresh) {
    var drawn = new ArrayList<SampleItem>();
    List<SampleKind> kinds =
        List.of(SampleKind.ISSUED, SampleKind.REFUSED, SampleKind.REVOKED, SampleKind.READS);
    List<AuditEvent> events = all(fresh.tenant());
    for (int i = 0; i < events.size(); i++) {
      drawn.add(
          new SampleItem(
              i + 1, kinds.get(i), events.get(i), events.get(i).hash(), Optional.empty(), 0));
    }
    items.put(fresh.id(), drawn);
    revisions.put(fresh.id(), fresh);
    return Optional.of(drawn(kinds));
  }

  private static List<Revision.Drawn> drawn(List<SampleKind> kinds) {
    return kinds.stream().map(kind -> new Revision.Drawn(kind, 120, 1)).toList();
  }

  @Override
  public synchronized Optional<Revision> find(UUID id) {
    return Optional.ofNullable(revisions.get(id)).map(this::now);
  }

  private Revision now(Revision one) {
    List<SampleItem> all = items(one.id());
    List<Finding> found = findings(one.id());
    return new Revision(
        one.id(),
        one.tenant(),
        one.from(),
        one.until(),
        one.opened(),
        one.seed(),
        one.perKind(),
        drawn(all.stream().map(SampleItem::kind).toList()),
        new Revision.Progress(
            all.size(),
            (int) all.stream().filter(SampleItem::isJudged).count(),
            found.size(),
            (int) found.stream().filter(Finding::isOpen).count()),
        one.check(),
        one.signOff());
  }

  @Override
  public Optional<Revision> alone(Transaction transaction, UUID id) {
    return find(id);
  }

  @Override
  public synchronized List<SampleItem> items(UUID revision) {
    return items.getOrDefault(revision, List.of()).stream()
        .map(
            one ->
                new SampleItem(
                    one.number(),
                    one.kind(),
                    one.event(),
                    one.hash(),
                    one.inOrder(),
                    (int)
                        findings(revision).stream()
                            .filter(finding -> finding.item().orElse(0) == one.number())
                            .count()))
        .toList();
  }

  @Override
  public List<SampleItem> items(Transaction transaction, UUID revision) {
    return items(revision);
  }

  @Override
  public synchronized void inOrder(Transaction transaction, UUID revision, int item, Said said) {
    items
        .get(revision)
        .replaceAll(
            one ->
                one.number() == item
                    ? new SampleItem(
                        one.number(), one.kind(), one.event(), one.hash(), Optional.of(said), 0)
                    : one);
  }

  @Override
  public synchronized void add(Transaction transaction, Finding finding) {
    findings.put(finding.id(), finding);
  }

  @Override
  public synchronized void add(
      Transaction transaction, UUID finding, int number, Finding.Step step) {
    findings.computeIfPresent(
        finding,
        (_, one) -> {
          var steps = new ArrayList<>(one.steps());
          steps.add(step);
          return new Finding(
              one.id(),
              one.revision(),
              one.tenant(),
              one.item(),
              one.severity(),
              one.office(),
              one.text(),
              one.found(),
              steps);
        });
  }

  @Override
  public synchronized List<Finding> findings(UUID revision) {
    return findings.values().stream().filter(one -> one.revision().equals(revision)).toList();
  }

  @Override
  public List<Finding> findings(Transaction transaction, UUID revision) {
    return findings(revision);
  }

  @Override
  public synchronized List<Finding> openFindings(Set<TenantId> tenants) {
    return findings.values().stream().filter(Finding::isOpen).toList();
  }

  @Override
  public synchronized void add(Transaction transaction, UUID revision, Revision.Check check) {
    revisions.computeIfPresent(revision, (_, one) -> with(one, Optional.of(check), one.signOff()));
  }

  @Override
  public synchronized void signOff(
      Transaction transaction, UUID revision, Revision.SignOff signOff) {
    revisions.computeIfPresent(revision, (_, one) -> with(one, one.check(), Optional.of(signOff)));
  }

  private static Revision with(
      Revision one, Optional<Revision.Check> check, Optional<Revision.SignOff> signOff) {
    return new Revision(
        one.id(),
        one.tenant(),
        one.from(),
        one.until(),
        one.opened(),
        one.seed(),
        one.perKind(),
        one.drawn(),
        one.progress(),
        check,
        signOff);
  }

  @Override
  public boolean notice(Transaction transaction, ReviewPeriod period, boolean overdue, Instant at) {
    return true;
  }

  @Override
  public synchronized void each(
      Set<TenantId> tenants, boolean house, Instant begin, Instant end, Consumer<Revision> each) {
    sketches(begin, end).forEach(one -> find(one.id()).ifPresent(each));
  }

  @Override
  public List<ReadEntry> search(Set<TenantId> tenants, ReadsQuery query, int offset, int limit) {
    return List.of(
        new ReadEntry(
            read("certificate:people/0a1b2c", "", Optional.of(SamplePeople.HASSFURT)),
            SamplePeople.STAFF.commonName()),
        new ReadEntry(
            read("list:audit", "found=50 query=sha256:" + "0f".repeat(32), Optional.empty()), ""));
  }

  private AuditEvent read(String object, String detail, Optional<TenantId> tenant) {
    return new AuditEvent(
        "node-1",
        9,
        clock.instant(),
        "person:p-officer",
        "Jürgen Müller",
        "person.read",
        tenant,
        object,
        detail,
        Bytes.of(new byte[32]));
  }

  @Override
  public List<ReaderCount> counts(Set<TenantId> tenants, ReadsQuery query) {
    return List.of(
        new ReaderCount("person:p-auditor", "Sabine Schäfer", 3, 12, clock.instant()),
        new ReaderCount("person:p-officer", "Jürgen Müller", 120, 4, clock.instant()));
  }
}
