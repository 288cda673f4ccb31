package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.PeriodCheck;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.revision.Finding.StepKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The revisor's door: which reviews there are to be made, and one step of one at a time. Whoever
 * reviews a tenant's affairs may review the house's own, too: its events are shown to every
 * revisor, and are nobody else's affair. Nobody judges a deed of their own.
 */
public final class RevisionDesk {
  private static final int SEED = 32;
  private static final int LONGEST = 2000;
  private static final int MOST_EVENTS = 100;
  private static final String CERTIFICATE = "certificate:";

  private final Records records;
  private final RevisionSettings settings;
  private final RevisionCalendar calendar;
  private final PeriodCheck check;
  private final Clock clock;
  private final SecureRandom random;

  /** What is read, and written in one transaction. */
  public record Records(
      RevisionBook revisions,
      AuditBook events,
      CertificateBook certificates,
      RequestBook requests,
      ReadLog reads,
      Transactions transactions,
      AuditTrail audit) {}

  /**
   * @param auditKey SubjectPublicKeyInfo of the vault's audit key, DER
   * @param random for seeds and ids
   */
  public RevisionDesk(
      Records records,
      RevisionSettings settings,
      Bytes auditKey,
      Clock clock,
      SecureRandom random) {
    this.records = records;
    this.settings = settings;
    this.calendar = new RevisionCalendar(records.revisions(), settings);
    this.check = new PeriodCheck(records.events(), auditKey);
    this.clock = clock;
    this.random = random;
  }

  /**
   * A review as a page shows it.
   *
   * @param items all that was drawn
   * @param findings all that was found
   */
  public record Open(Revision revision, List<SampleItem> items, List<Finding> findings) {
    public Open {
      items = List.copyOf(items);
      findings = List.copyOf(findings);
    }
  }

  /**
   * An item with what the trail tells about it.
   *
   * @param trail events about its object, and about the application of a certificate, the oldest
   *     first; 200 at most
   * @param findings those with it
   */
  public record Item(
      Revision revision, SampleItem item, List<AuditEvent> trail, List<Finding> findings) {
    public Item {
      trail = List.copyOf(trail);
      findings = List.copyOf(findings);
    }
  }

  /**
   * Reviews of the actor's tenants and of the house, of the period that runs and of those before,
   * the latest first.
   *
   * @throws Refused NOT_AUTHORIZED for who is no revisor
   */
  public List<Task> tasks(Actor.Person revisor) throws Refused {
    Set<TenantId> scope = scope(revisor);
    Instant now = clock.instant();
    return calendar.periods(now).stream()
        .flatMap(period -> calendar.tasks(period, now).stream())
        .filter(task -> task.tenant().isEmpty() || scope.contains(task.tenant().get()))
        .toList();
  }

  /**
   * Findings of the actor's tenants and of the house that nobody has closed, of all reviews.
   *
   * @throws Refused NOT_AUTHORIZED
   */
  public List<Finding> openFindings(Actor.Person revisor) throws Refused {
    return records.revisions().openFindings(scope(revisor));
  }

  /**
   * Opens a review of a period that is over, and draws its sample.
   *
   * @param tenant whose affairs; empty for the house's own
   * @param first the first day of the period
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND (not the actor's, no such period, or nothing happened
   *     in it); WRONG_STATE (it isn't over); DUPLICATE (somebody has opened it)
   */
  public Revision open(Actor.Person revisor, Optional<TenantId> tenant, LocalDate first)
      throws Refused {
    Set<TenantId> scope = scope(revisor);
    Instant now = now();
    ReviewPeriod period =
        calendar
            .period(first, now)
            .filter(_ -> tenant.isEmpty() || scope.contains(tenant.get()))
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such period of theirs"));
    Task task =
        calendar.tasks(period, now).stream()
            .filter(one -> one.tenant().equals(tenant))
            .findFirst()
            .orElseThrow(
                () -> new Refused(RefusalReason.NOT_FOUND, "nothing happened in that period"));
    if (task.state() == Task.State.RUNNING) {
      throw new Refused(RefusalReason.WRONG_STATE, "the period isn't over");
    }
    if (task.revision().isPresent()) {
      throw new Refused(RefusalReason.DUPLICATE, "the sample is drawn");
    }
    byte[] seed = new byte[SEED];
    random.nextBytes(seed);
    var fresh =
        new Revision(
            new UUID(random.nextLong(), random.nextLong()),
            tenant,
            period.from(),
            period.until(),
            Said.by(revisor, now),
            Bytes.of(seed),
            settings.sample(),
            List.of(),
            new Revision.Progress(0, 0, 0, 0),
            Optional.empty(),
            Optional.empty());
    records
        .transactions()
        .<Boolean, Refused>inTransaction(
            transaction -> {
              List<Revision.Drawn> drawn =
                  records
                      .revisions()
                      .open(transaction, fresh)
                      .orElseThrow(
                          () -> new Refused(RefusalReason.DUPLICATE, "the sample is drawn"));
              tell(
                  transaction,
                  revisor,
                  "revision.opened",
                  tenant,
                  fresh.auditName(),
                  "period=%s/%s perKind=%d seed=%s drawn=%s"
                      .formatted(
                          period.first(),
                          period.after().minusDays(1),
                          settings.sample(),
                          fresh.seed().toHex(),
                          drawn.stream()
                              .map(one -> one.kind() + ":" + one.number() + "/" + one.population())
                              .collect(Collectors.joining(","))));
              return true;
            });
    return records.revisions().find(fresh.id()).orElseThrow();
  }

  /**
   * A review. That its sample, which tells of people, was looked at is noted.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND (not there, or not the actor's)
   */
  public Open find(Actor.Person revisor, UUID id) throws Refused {
    Revision revision = theirs(revisor, records.revisions().find(id));
    List<SampleItem> items = records.revisions().items(id);
    records.reads().listed(revisor, revision.tenant(), "revision", id, items.size());
    return new Open(revision, items, records.revisions().findings(id));
  }

  /**
   * One item of a sample. That it was looked at is noted with what it is about.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND
   */
  public Item item(Actor.Person revisor, UUID id, int number) throws Refused {
    Revision revision = theirs(revisor, records.revisions().find(id));
    SampleItem item = item(records.revisions().items(id), number);
    // Of pages of lists all readers' looks are about the same object.
    var trail =
        new ArrayList<AuditEvent>(
            item.event().object().startsWith("list:")
                ? List.of()
                : about(revisor, item.event().object()));
    if (!trail.contains(item.event())) {
      trail.add(item.event());
    }
    for (String object : behind(item.event().object())) {
      trail.addAll(about(revisor, object));
    }
    trail.sort(
        Comparator.comparing(AuditEvent::at)
            .thenComparing(AuditEvent::chain)
            .thenComparing(AuditEvent::sequence));
    String object = item.event().object();
    if (object.startsWith(CERTIFICATE)
        || object.startsWith("request:")
        || object.startsWith("person:")) {
      records.reads().viewed(revisor, revision.tenant(), object, "reason=revision");
    } else {
      records.reads().listed(revisor, revision.tenant(), "revision", object, trail.size());
    }
    return new Item(
        revision,
        item,
        trail,
        records.revisions().findings(id).stream()
            .filter(one -> one.item().isPresent() && one.item().getAsInt() == number)
            .toList());
  }

  private List<AuditEvent> about(Actor.Person revisor, String object) {
    return records
        .events()
        .search(
            AccessRules.scope(revisor, Action.REVISE),
            new AuditQuery("", Optional.empty(), Optional.of(object), 0, MOST_EVENTS));
  }

  /** The application of a certificate; of one with a pseudonym it would tell who bears it. */
  private List<String> behind(String object) {
    if (!object.startsWith(CERTIFICATE)) {
      return List.of();
    }
    String name = object.substring(CERTIFICATE.length());
    int slash = name.indexOf('/');
    if (slash < 0) {
      return List.of();
    }
    try {
      return records
          .certificates()
          .find(
              new AuthorityName(name.substring(0, slash)),
              SerialNumber.fromHex(name.substring(slash + 1)))
          .flatMap(StoredCertificate::request)
          .filter(this::isOpenlyNamed)
          .map(request -> List.of("request:" + request))
          .orElse(List.of());
    } catch (IllegalArgumentException noCertificate) {
      return List.of();
    }
  }

  private boolean isOpenlyNamed(RequestId request) {
    return records
        .requests()
        .find(request)
        .filter(one -> !one.content().isPseudonymous())
        .isPresent();
  }

  /**
   * Notes that an item is in order.
   *
   * @return the number of the next item that the actor may judge; empty if there is none
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND; WRONG_STATE (signed off, or judged already);
   *     OWN_DEED
   */
  public OptionalInt inOrder(Actor.Person revisor, UUID id, int number) throws Refused {
    Said said = Said.by(revisor, now());
    return changed(
        revisor,
        id,
        (transaction, revision) -> {
          List<SampleItem> items = records.revisions().items(transaction, id);
          SampleItem item = judgeable(revisor, items, number);
          if (item.isJudged()) {
            throw new Refused(RefusalReason.WRONG_STATE, "the item is judged");
          }
          records.revisions().inOrder(transaction, id, number, said);
          tell(
              transaction,
              revisor,
              "revision.in-order",
              revision.tenant(),
              revision.auditName(),
              "item=" + number + " kind=" + item.kind());
          return next(revisor, items, number);
        });
  }

  /** The first behind it that is open, or else the first that is. */
  private static OptionalInt next(Actor.Person revisor, List<SampleItem> items, int number) {
    List<SampleItem> open =
        items.stream()
            .filter(one -> one.number() != number && !one.isJudged() && !one.isDeedOf(revisor))
            .toList();
    return open.stream()
        .filter(one -> one.number() > number)
        .findFirst()
        .or(() -> open.stream().findFirst())
        .map(one -> OptionalInt.of(one.number()))
        .orElse(OptionalInt.empty());
  }

  /**
   * Records what is wrong.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND; WRONG_STATE (signed off); OWN_DEED; TEXT_MISSING
   *     (empty, or more than 2000 characters); BAD_DATA_FORMAT (the revision itself has nothing to
   *     answer for)
   */
  public Finding record(Actor.Person revisor, UUID id, NewFinding found) throws Refused {
    if (found.office() == Office.REVISOR) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "another office has to answer");
    }
    SealedText text = SealedText.of(words(found.words()), random);
    Said said = Said.by(revisor, now());
    UUID findingId = new UUID(random.nextLong(), random.nextLong());
    return changed(
        revisor,
        id,
        (transaction, revision) -> {
          if (found.item().isPresent()) {
            judgeable(revisor, records.revisions().items(transaction, id), found.item().getAsInt());
          }
          var finding =
              new Finding(
                  findingId,
                  id,
                  revision.tenant(),
                  found.item(),
                  found.severity(),
                  found.office(),
                  text,
                  said,
                  List.of());
          records.revisions().add(transaction, finding);
          tell(
              transaction,
              revisor,
              "revision.finding",
              revision.tenant(),
              revision.auditName(),
              "finding=%s%s severity=%s office=%s"
                  .formatted(
                      findingId,
                      found.item().isPresent() ? " item=" + found.item().getAsInt() : "",
                      found.severity(),
                      found.office()));
          return finding;
        });
  }

  /**
   * Notes what was answered or done, or that it is done with; after the sign-off, too, which it
   * doesn't change.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND; WRONG_STATE (closed); TEXT_MISSING
   */
  public void follow(Actor.Person revisor, UUID id, UUID findingId, StepKind kind, String words)
      throws Refused {
    scope(revisor);
    var step = new Finding.Step(kind, SealedText.of(words(words), random), Said.by(revisor, now()));
    records
        .transactions()
        .<Boolean, Refused>inTransaction(
            transaction -> {
              Revision revision = theirs(revisor, records.revisions().alone(transaction, id));
              Finding finding =
                  records.revisions().findings(transaction, id).stream()
                      .filter(one -> one.id().equals(findingId))
                      .findFirst()
                      .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such finding"));
              if (!finding.isOpen()) {
                throw new Refused(RefusalReason.WRONG_STATE, "the finding is closed");
              }
              records.revisions().add(transaction, findingId, finding.steps().size() + 1, step);
              tell(
                  transaction,
                  revisor,
                  kind == StepKind.CLOSED ? "revision.finding-closed" : "revision.finding-noted",
                  revision.tenant(),
                  revision.auditName(),
                  "finding=" + findingId);
              return true;
            });
  }

  /**
   * Checks the chains of all nodes over the period against the heads that the vault has signed, and
   * records what it saw.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND; WRONG_STATE (signed off)
   */
  public Revision.Check check(Actor.Person revisor, UUID id) throws Refused {
    Revision revision = theirs(revisor, records.revisions().find(id));
    requireOpen(revision);
    PeriodCheck.Result result = check.verify(revision.from(), revision.until());
    var seen =
        new Revision.Check(
            Said.by(revisor, now()),
            result.chains(),
            result.events(),
            result.uncovered(),
            result.faults());
    change(
        revisor,
        id,
        (transaction, now) -> {
          records.revisions().add(transaction, id, seen);
          tell(
              transaction,
              revisor,
              "revision.checked",
              now.tenant(),
              now.auditName(),
              "chains=%d events=%d uncovered=%d faults=%d"
                  .formatted(seen.chains(), seen.events(), seen.uncovered(), seen.faults().size()));
        });
    return seen;
  }

  /**
   * Closes a review for good.
   *
   * @param statement what the revisor says of the whole, 1 to 2000 characters
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND; WRONG_STATE (signed off); REVIEW_UNFINISHED (an item
   *     is not judged that is not the actor's own deed, or the chains weren't checked);
   *     TEXT_MISSING
   */
  public Revision signOff(Actor.Person revisor, UUID id, String statement) throws Refused {
    SealedText text = SealedText.of(words(statement), random);
    Said said = Said.by(revisor, now());
    change(
        revisor,
        id,
        (transaction, revision) -> {
          List<SampleItem> items = records.revisions().items(transaction, id);
          List<Finding> findings = records.revisions().findings(transaction, id);
          List<SampleItem> open = items.stream().filter(item -> !item.isJudged()).toList();
          if (open.stream().anyMatch(item -> !item.isDeedOf(revisor))) {
            throw new Refused(RefusalReason.REVIEW_UNFINISHED, open.size() + " items are open");
          }
          if (revision.check().isEmpty()) {
            throw new Refused(RefusalReason.REVIEW_UNFINISHED, "the chains weren't checked");
          }
          var signOff =
              new Revision.SignOff(
                  said, text, open.size(), SignedContent.digest(revision, items, findings, text));
          records.revisions().signOff(transaction, id, signOff);
          tell(
              transaction,
              revisor,
              "revision.signed-off",
              revision.tenant(),
              revision.auditName(),
              "items=%d leftOut=%d findings=%d faults=%d digest=sha256:%s"
                  .formatted(
                      items.size(),
                      open.size(),
                      findings.size(),
                      revision.check().get().faults().size(),
                      signOff.digest().toHex()));
        });
    return records.revisions().find(id).orElseThrow();
  }

  /** Something that is done to a review that isn't signed off. */
  private interface Change<T> {
    T to(Transaction transaction, Revision revision) throws Refused;
  }

  /** The same without an answer. */
  private interface Addition {
    void to(Transaction transaction, Revision revision) throws Refused;
  }

  private void change(Actor.Person revisor, UUID id, Addition addition) throws Refused {
    changed(
        revisor,
        id,
        (transaction, revision) -> {
          addition.to(transaction, revision);
          return true;
        });
  }

  private <T> T changed(Actor.Person revisor, UUID id, Change<T> change) throws Refused {
    scope(revisor);
    return records
        .transactions()
        .<T, Refused>inTransaction(
            transaction -> {
              Revision revision = theirs(revisor, records.revisions().alone(transaction, id));
              requireOpen(revision);
              return change.to(transaction, revision);
            });
  }

  private static SampleItem judgeable(Actor.Person revisor, List<SampleItem> items, int number)
      throws Refused {
    SampleItem item = item(items, number);
    if (item.isDeedOf(revisor)) {
      throw new Refused(RefusalReason.OWN_DEED, "somebody else judges it");
    }
    return item;
  }

  private static SampleItem item(List<SampleItem> items, int number) throws Refused {
    return items.stream()
        .filter(one -> one.number() == number)
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such item"));
  }

  private static void requireOpen(Revision revision) throws Refused {
    if (revision.isSigned()) {
      throw new Refused(RefusalReason.WRONG_STATE, "it is signed off");
    }
  }

  private static Revision theirs(Actor.Person revisor, Optional<Revision> found) throws Refused {
    Set<TenantId> scope = scope(revisor);
    return found
        .filter(one -> one.tenant().isEmpty() || scope.contains(one.tenant().get()))
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such review"));
  }

  private static Set<TenantId> scope(Actor.Person revisor) throws Refused {
    Set<TenantId> scope = AccessRules.scope(revisor, Action.REVISE);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "for revisors only");
    }
    return scope;
  }

  private static String words(String text) throws Refused {
    String words = text.replace("\0", "").strip();
    if (words.isEmpty() || words.length() > LONGEST) {
      throw new Refused(RefusalReason.TEXT_MISSING, "1 to 2000 characters");
    }
    return words;
  }

  private void tell(
      Transaction transaction,
      Actor actor,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail) {
    records.audit().append(transaction, actor, action, tenant, object, detail);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
