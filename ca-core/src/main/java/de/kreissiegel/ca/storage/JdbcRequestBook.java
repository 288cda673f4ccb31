package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.OrderId;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The requests in PostgreSQL. */
public final class JdbcRequestBook implements RequestBook {
  static final String OPEN = "state in ('submitted', 'awaiting', 'approved')";

  private static final String IN_SCOPE =
      "(tenant = any(:tenants) or appointment is not null and tenant = any(:appointing))";

  /** It tells whose the pseudonym is. */
  private static final String UNLESS_PSEUDONYM =
      " and (tenant = any(:deciding) or not exists ("
          + "select from unnest(field_values) said where said like 'pseudonym %'))";

  /**
   * The newest in scope. Of each tenant as many are read as the page needs, by an index in the
   * page's order: of all of them together PostgreSQL would read and sort all there ever were.
   */
  private static final String NEWEST =
      """
      where id in (
        select one.id from unnest(:tenants) scope cross join lateral (
          select id from request where tenant = scope %1$s
          order by submitted_at desc, id limit :most) one
        union all
        (select id from request where appointment is not null and tenant = any(:appointing) %1$s
         order by submitted_at desc, id limit :most))
      order by submitted_at desc, id limit :limit offset :offset
      """
          .formatted(UNLESS_PSEUDONYM);

  private final Jdbi jdbi;

  public JdbcRequestBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void insert(Transaction transaction, CertificateRequest request) {
    RequestRow.insert(handleOf(transaction), List.of(new Opening(request, Optional.empty())));
  }

  @Override
  public boolean move(Transaction transaction, CertificateRequest from, CertificateRequest to) {
    return RequestRow.move(handleOf(transaction), from, to);
  }

  @Override
  public void amend(Transaction transaction, CertificateRequest.AwaitingApproval amended) {
    Handle handle = handleOf(transaction);
    handle.execute("delete from approval where request_id = ?", amended.id().value());
    handle.execute(
        "update request set field_values = ? where id = ?",
        StoredFields.texts(amended.content().values()),
        amended.id().value());
  }

  @Override
  public Optional<CertificateRequest> find(RequestId id) {
    return jdbi.withHandle(handle -> one(handle, "where id = :id", Map.of("id", id.value())));
  }

  @Override
  public boolean isFollowable(Predecessor certificate, CertificateRequest.Content by) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select true from certificate
                    where authority = :authority and serial = :serial and state = 'good'
                      and subject_id = :holder and tenant = :tenant and profile = :profile
                    """)
                .bind("authority", certificate.authority().value())
                .bind("serial", certificate.serial().toHex())
                .bind("holder", by.holder().value())
                .bind("tenant", by.tenant().value())
                .bind("profile", by.profile().value())
                .mapTo(Boolean.class)
                .findOne()
                .isPresent());
  }

  @Override
  public Optional<CertificateRequest> lock(Transaction transaction, RequestId id) {
    // In two steps: approvals are read after the lock is held, not as of before it.
    Handle handle = handleOf(transaction);
    boolean there =
        handle
            .createQuery("select id from request where id = :id for update")
            .bind("id", id.value())
            .mapTo(UUID.class)
            .findOne()
            .isPresent();
    return there ? one(handle, "where id = :id", Map.of("id", id.value())) : Optional.empty();
  }

  @Override
  public List<Opened> open(Transaction transaction, List<Opening> openings) {
    return new RequestOpening(handleOf(transaction)).open(openings);
  }

  @Override
  public List<Boolean> issue(Transaction transaction, List<CertificateRequest.Issued> issued) {
    return RequestRow.issue(handleOf(transaction), issued);
  }

  @Override
  public void serialize(Transaction transaction, Bytes publicKeyHash) {
    new RequestOpening(handleOf(transaction)).serialize(publicKeyHash);
  }

  @Override
  public Optional<CertificateRequest> openWithKey(
      Transaction transaction, String applicant, ProfileName profile, Bytes publicKeyHash) {
    return one(
        handleOf(transaction),
        "where applicant = :applicant and profile = :profile and public_key_hash = :hash and "
            + OPEN
            + " limit 1",
        Map.of(
            "applicant", applicant, "profile", profile.value(), "hash", publicKeyHash.toArray()));
  }

  @Override
  public List<CertificateRequest> ofOrder(OrderId order) {
    return jdbi.withHandle(
        handle ->
            RequestRow.select(
                handle, "where order_id = :order order by id", Map.of("order", order.value())));
  }

  @Override
  public List<CertificateRequest> ofApplicant(String applicant, int offset, int limit) {
    return jdbi.withHandle(
        handle ->
            RequestRow.select(
                handle,
                "where applicant = :applicant order by submitted_at desc, id offset :offset limit"
                    + " :limit",
                Map.of("applicant", applicant, "offset", offset, "limit", limit)));
  }

  @Override
  public List<CertificateRequest> ofApplicant(String applicant, SubjectId subject) {
    return jdbi.withHandle(
        handle ->
            RequestRow.select(
                handle,
                "where applicant = :applicant and subject_id = :subject"
                    + " order by submitted_at desc, id limit 100",
                Map.of("applicant", applicant, "subject", subject.value())));
  }

  @Override
  public List<CertificateRequest.AwaitingApproval> awaiting(
      Set<TenantId> tenants, Set<TenantId> appointing) {
    return jdbi.withHandle(
        handle ->
            RequestRow.awaiting(
                RequestRow.select(
                    handle,
                    "where state = 'awaiting' and " + IN_SCOPE + " order by submitted_at, id",
                    Map.of("tenants", texts(tenants), "appointing", texts(appointing)))));
  }

  @Override
  public List<CertificateRequest.AwaitingApproval> awaitingSince(Instant before) {
    return jdbi.withHandle(
        handle ->
            RequestRow.awaiting(
                RequestRow.select(
                    handle,
                    "where state = 'awaiting' and submitted_at < :before order by submitted_at, id",
                    Map.of("before", before))));
  }

  @Override
  public List<CertificateRequest.AwaitingApproval> passedOn(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            RequestRow.awaiting(
                RequestRow.select(
                    handle,
                    """
                    where state = 'awaiting' and passed_on_at is not null
                      and tenant = any(:tenants) order by submitted_at, id
                    """,
                    Map.of("tenants", texts(tenants)))));
  }

  @Override
  public void ask(Transaction transaction, RequestId id, Question question) {
    QuestionRow.insert(handleOf(transaction), id.value(), question);
  }

  @Override
  public void answer(Transaction transaction, RequestId id, Question.Answer answer) {
    QuestionRow.answer(handleOf(transaction), id.value(), answer);
  }

  @Override
  public void passOn(Transaction transaction, RequestId id, Instant at) {
    handleOf(transaction)
        .execute("update request set passed_on_at = ? where id = ?", at, id.value());
  }

  @Override
  public List<Question> questions(RequestId id) {
    return jdbi.withHandle(
        handle -> QuestionRow.of(handle, List.of(id.value())).getOrDefault(id.value(), List.of()));
  }

  @Override
  public List<CertificateRequest> ofTenants(
      Set<TenantId> tenants,
      Set<TenantId> deciding,
      Set<TenantId> appointing,
      int offset,
      int limit) {
    return jdbi.withHandle(
        handle ->
            RequestRow.select(
                handle,
                NEWEST,
                Map.of(
                    "deciding",
                    texts(deciding),
                    "tenants",
                    texts(tenants),
                    "appointing",
                    texts(appointing),
                    "limit",
                    limit,
                    "offset",
                    offset,
                    "most",
                    Math.addExact(offset, limit))));
  }

  @Override
  public List<RequestId> openFor(SubjectId subject) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id from request where subject_id = :subject and " + OPEN)
                .bind("subject", subject.value())
                .mapTo(UUID.class)
                .map(RequestId::new)
                .list());
  }

  @Override
  public Lease lease(RequestId id, String holder, Instant now, Instant until) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with before as (select id, lease_until from request
                                    where id = :id and state = 'approved'
                                      and (lease_until is null or lease_until < :now)
                                    for update)
                    update request set lease_until = :until, lease_holder = :holder
                    from before where request.id = before.id
                    returning before.lease_until is not null
                    """)
                .bind("id", id.value())
                .bind("holder", holder)
                .bind("now", now)
                .bind("until", until)
                .mapTo(Boolean.class)
                .findOne()
                .map(before -> before ? Lease.IN_DOUBT : Lease.NEW)
                .orElse(Lease.TAKEN));
  }

  @Override
  public Optional<CertificateRequest.Approved> leaseNext(
      String holder, Instant now, Instant until, boolean alsoInDoubt) {
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    update request set lease_until = :until, lease_holder = :holder
                    where id = (select id from request
                                where state = 'approved'
                                  and (lease_until is null or lease_until < :now and :doubt)
                                order by submitted_at, id limit 1
                                for update skip locked)
                    returning id
                    """)
                .bind("holder", holder)
                .bind("now", now)
                .bind("until", until)
                .bind("doubt", alsoInDoubt)
                .mapTo(UUID.class)
                .findOne()
                .flatMap(id -> one(handle, "where id = :id", Map.of("id", id)))
                .flatMap(
                    request ->
                        request instanceof CertificateRequest.Approved approved
                            ? Optional.of(approved)
                            : Optional.empty()));
  }

  @Override
  public void leaveInDoubt(RequestId id, String holder, Instant since) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update request set lease_until = ? where id = ? and lease_holder = ?",
                since,
                id.value(),
                holder));
  }

  @Override
  public void release(RequestId id, String holder) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update request set lease_until = null, lease_holder = null
                where id = ? and lease_holder = ?
                """,
                id.value(),
                holder));
  }

  private static Optional<CertificateRequest> one(
      Handle handle, String where, Map<String, Object> values) {
    return RequestRow.select(handle, where, values).stream().findFirst();
  }

  private static String[] texts(Set<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).toArray(String[]::new);
  }
}
