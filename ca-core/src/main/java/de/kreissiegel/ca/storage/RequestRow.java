package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.Appointment;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.KeyOrigin;
import de.kreissiegel.ca.registration.OrderId;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.subject.WindowsAccount;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** A request as rows: one of {@code request}, some of {@code approval}. */
final class RequestRow {
  /** No tenant's id: those are domain names. */
  private static final String EVERYWHERE = "*";

  private static final String APPROVED = "approved";

  private static final String INSERT =
      Rows.insert(
          "request",
          Set.of("appointment", "wishes", "field_values", "subject_tenants", "subject_responsible"),
          """
          id state applicant applicant_name tenant profile appointment public_key public_key_hash
          proof wishes remark submitted_at field_values order_id key_origin
          renews_authority renews_serial grant_id grant_ends_at approvals_needed lease_holder lease_until subject_id
          subject_kind subject_home subject_tenants subject_name subject_title subject_given_name
          subject_surname subject_mail subject_dns_name subject_login subject_principal_name
          subject_sid subject_enabled subject_dn subject_responsible
          """);

  // Joined with rows that were given, PostgreSQL may take it for cheaper to go through all
  // requests, and keep to that as they grow more.
  static final String ISSUE =
      Rows.BY_INDEX
          + """
      update request r set state = 'issued', authority = given.authority, serial = given.serial,
          lease_until = null, lease_holder = null
      from %s
      where r.id = given.id and r.state = given.state
      returning given.n
      """
              .formatted(Rows.given("authority serial id state"));

  private RequestRow() {}

  /** Stores them by one statement. */
  static void insert(Handle handle, List<RequestBook.Opening> openings) {
    Rows.change(
        handle,
        INSERT,
        rows -> {
          bindContents(rows, openings.stream().map(RequestBook.Opening::request).toList());
          rows.texts(openings, one -> one.hold().map(RequestBook.Hold::holder).orElse(null))
              .times(openings, one -> one.hold().map(RequestBook.Hold::until).orElse(null));
          bindSubjects(
              rows, openings.stream().map(one -> one.request().content().subject()).toList());
        });
  }

  private static void bindContents(Rows rows, List<CertificateRequest> requests)
      throws SQLException {
    List<CertificateRequest.Content> contents =
        requests.stream().map(CertificateRequest::content).toList();
    rows.uuids(contents, content -> content.id().value())
        .texts(requests, RequestRow::state)
        .texts(contents, CertificateRequest.Content::applicant)
        .texts(contents, CertificateRequest.Content::applicantName)
        .texts(contents, content -> content.tenant().value())
        .texts(contents, content -> content.profile().value())
        .lists(contents, content -> content.appointment().map(RequestRow::texts).orElse(null))
        .octets(contents, CertificateRequest.Content::publicKey)
        .octets(contents, content -> SubjectKey.hash(content.publicKey()))
        .octets(contents, content -> content.proof().orElse(null))
        .lists(contents, content -> content.wishes().toArray(String[]::new))
        .texts(contents, CertificateRequest.Content::remark)
        .times(contents, CertificateRequest.Content::submittedAt)
        .lists(contents, content -> StoredFields.texts(content.values()))
        .uuids(contents, content -> content.order().map(OrderId::value).orElse(null))
        .texts(contents, content -> content.keyOrigin().map(KeyOrigin::name).orElse(null))
        .texts(contents, content -> content.renews().map(it -> it.authority().value()).orElse(null))
        .texts(contents, content -> content.renews().map(it -> it.serial().toHex()).orElse(null))
        .uuids(contents, content -> standIn(content).map(it -> it.grant().value()).orElse(null))
        .times(contents, content -> standIn(content).map(Appointment.StandIn::until).orElse(null))
        .numbers(
            requests,
            request ->
                request instanceof CertificateRequest.AwaitingApproval waiting
                    ? (long) waiting.needed()
                    : 0L);
  }

  private static Optional<Appointment.StandIn> standIn(CertificateRequest.Content content) {
    return content.appointment().orElse(null) instanceof Appointment.StandIn standIn
        ? Optional.of(standIn)
        : Optional.empty();
  }

  private static void bindSubjects(Rows rows, List<Subject> subjects) throws SQLException {
    rows.texts(subjects, subject -> subject.id().value())
        .texts(subjects, subject -> subject.kind().name())
        .texts(subjects, subject -> subject.home().value())
        .lists(
            subjects,
            subject -> subject.tenants().stream().map(TenantId::value).toArray(String[]::new))
        .texts(subjects, Subject::commonName)
        .texts(subjects, subject -> subject.title().orElse(null))
        .texts(subjects, subject -> subject.givenName().orElse(null))
        .texts(subjects, subject -> subject.surname().orElse(null))
        .texts(subjects, subject -> subject.mail().orElse(null))
        .texts(subjects, subject -> subject.dnsName().orElse(null))
        .texts(subjects, subject -> subject.login().orElse(null))
        .texts(
            subjects,
            subject -> subject.windowsAccount().map(WindowsAccount::principalName).orElse(null))
        .texts(
            subjects,
            subject ->
                subject.windowsAccount().map(WindowsAccount::securityIdentifier).orElse(null))
        .truths(subjects, Subject::enabled)
        .texts(subjects, Subject::directoryName)
        .lists(
            subjects,
            subject -> subject.responsible().stream().map(SubjectId::value).toArray(String[]::new));
  }

  /** Moves approved ones to their certificates; for each whether it was approved. */
  static List<Boolean> issue(Handle handle, List<CertificateRequest.Issued> issued) {
    Set<Integer> moved =
        Set.copyOf(
            Rows.after(
                1,
                handle,
                ISSUE,
                rows ->
                    rows.texts(issued, one -> one.authority().value())
                        .texts(issued, one -> one.serial().toHex())
                        .uuids(issued, one -> one.id().value())
                        .texts(issued, _ -> APPROVED),
                row -> row.getInt(1)));
    return IntStream.rangeClosed(1, issued.size()).mapToObj(moved::contains).toList();
  }

  static boolean move(Handle handle, CertificateRequest from, CertificateRequest to) {
    Decision decision = Decision.of(to);
    int moved =
        handle
            .createUpdate(
                """
                update request set state = :to, decided_by = :by, decided_reason = :reason,
                    decided_at = :at, authority = :authority, serial = :serial,
                    lease_until = null, lease_holder = null
                where id = :id and state = :from
                """)
            .bind("id", from.id().value())
            .bind("from", state(from))
            .bind("to", state(to))
            .bind("by", decision.by())
            .bind("reason", decision.reason())
            .bind("at", decision.at())
            .bind("authority", decision.authority())
            .bind("serial", decision.serial())
            .execute();
    if (moved == 1) {
      approvalsOf(to).stream()
          .skip(approvalsOf(from).size())
          .forEach(
              approval ->
                  handle.execute(
                      "insert into approval values (?, ?, ?, ?, ?)",
                      to.id().value(),
                      approval.officer().value(),
                      approval.officerName(),
                      approval.at(),
                      approval.signature().map(Bytes::toArray)));
    }
    return moved == 1;
  }

  /** What the end of a request adds to its row. */
  private record Decision(
      Optional<String> by,
      Optional<String> reason,
      Optional<Instant> at,
      Optional<String> authority,
      Optional<String> serial) {
    static Decision of(CertificateRequest request) {
      Optional<String> none = Optional.empty();
      return switch (request) {
        case CertificateRequest.Submitted _,
            CertificateRequest.AwaitingApproval _,
            CertificateRequest.Approved _ ->
            new Decision(none, none, Optional.empty(), none, none);
        case CertificateRequest.Issued issued ->
            new Decision(
                none,
                none,
                Optional.empty(),
                Optional.of(issued.authority().value()),
                Optional.of(issued.serial().toHex()));
        case CertificateRequest.Refused refused ->
            new Decision(
                Optional.of(refused.by()),
                Optional.of(refused.reason()),
                Optional.of(refused.at()),
                none,
                none);
        case CertificateRequest.Withdrawn withdrawn ->
            new Decision(none, none, Optional.of(withdrawn.at()), none, none);
        case CertificateRequest.Expired expired ->
            new Decision(none, none, Optional.of(expired.at()), none, none);
      };
    }
  }

  static String state(CertificateRequest request) {
    return switch (request) {
      case CertificateRequest.Submitted _ -> "submitted";
      case CertificateRequest.AwaitingApproval _ -> "awaiting";
      case CertificateRequest.Approved _ -> APPROVED;
      case CertificateRequest.Issued _ -> "issued";
      case CertificateRequest.Refused _ -> "refused";
      case CertificateRequest.Withdrawn _ -> "withdrawn";
      case CertificateRequest.Expired _ -> "expired";
    };
  }

  private static List<Approval> approvalsOf(CertificateRequest request) {
    return switch (request) {
      case CertificateRequest.AwaitingApproval waiting -> waiting.approvals();
      case CertificateRequest.Approved approved -> approved.approvals();
      case CertificateRequest.Issued issued -> issued.approvals();
      default -> List.of();
    };
  }

  /** The requests that a condition chooses, in the order that it says. */
  static List<CertificateRequest> select(Handle handle, String where, Map<String, Object> values) {
    var query = handle.createQuery("select * from request " + where);
    values.forEach(query::bind);
    List<Raw> rows = query.map((row, _) -> Raw.read(row)).list();
    Map<UUID, List<Approval>> approvals = approvals(handle, rows);
    Map<UUID, List<Question>> questions =
        QuestionRow.of(
            handle,
            rows.stream()
                .filter(row -> row.state().equals("awaiting"))
                .map(row -> row.content().id().value())
                .toList());
    return rows.stream()
        .map(
            row -> {
              UUID id = row.content().id().value();
              return row.toRequest(
                  approvals.getOrDefault(id, List.of()), questions.getOrDefault(id, List.of()));
            })
        .toList();
  }

  static List<CertificateRequest.AwaitingApproval> awaiting(List<CertificateRequest> requests) {
    return requests.stream()
        .filter(CertificateRequest.AwaitingApproval.class::isInstance)
        .map(CertificateRequest.AwaitingApproval.class::cast)
        .toList();
  }

  private static Map<UUID, List<Approval>> approvals(Handle handle, List<Raw> rows) {
    if (rows.isEmpty()) {
      return Map.of();
    }
    Map<UUID, List<Approval>> found = new HashMap<>();
    handle
        .createQuery("select * from approval where request_id = any(:ids) order by at, officer")
        .bind("ids", rows.stream().map(row -> row.content().id().value()).toArray(UUID[]::new))
        .map(
            (row, _) ->
                Map.entry(
                    row.getObject("request_id", UUID.class),
                    new Approval(
                        new SubjectId(row.getString("officer")),
                        row.getString("officer_name"),
                        instant(row, "at"),
                        Optional.ofNullable(row.getBytes("signature")).map(Bytes::of))))
        .forEach(
            entry ->
                found
                    .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                    .add(entry.getValue()));
    return found;
  }

  /** A row of {@code request}, its approvals still missing. */
  private record Raw(
      String state,
      CertificateRequest.Content content,
      int needed,
      Optional<Instant> passedOn,
      Decision end) {
    static Raw read(ResultSet row) throws SQLException {
      return new Raw(
          row.getString("state"),
          contentOf(row),
          row.getInt("approvals_needed"),
          Optional.ofNullable(row.getObject("passed_on_at", OffsetDateTime.class))
              .map(OffsetDateTime::toInstant),
          new Decision(
              Optional.ofNullable(row.getString("decided_by")),
              Optional.ofNullable(row.getString("decided_reason")),
              Optional.ofNullable(row.getObject("decided_at", OffsetDateTime.class))
                  .map(OffsetDateTime::toInstant),
              Optional.ofNullable(row.getString("authority")),
              Optional.ofNullable(row.getString("serial"))));
    }

    CertificateRequest toRequest(List<Approval> approvals, List<Question> questions) {
      return switch (state) {
        case "submitted" -> new CertificateRequest.Submitted(content);
        case "awaiting" ->
            new CertificateRequest.AwaitingApproval(
                content, approvals, needed, QuestionRow.waiting(questions, passedOn));
        case APPROVED -> new CertificateRequest.Approved(content, approvals);
        case "issued" ->
            new CertificateRequest.Issued(
                content,
                approvals,
                new AuthorityName(end.authority().orElseThrow()),
                SerialNumber.fromHex(end.serial().orElseThrow()));
        case "refused" ->
            new CertificateRequest.Refused(
                content,
                end.by().orElseThrow(),
                end.reason().orElseThrow(),
                end.at().orElseThrow());
        case "withdrawn" -> new CertificateRequest.Withdrawn(content, end.at().orElseThrow());
        case "expired" -> new CertificateRequest.Expired(content, end.at().orElseThrow());
        default -> throw new IllegalStateException("a request in an unknown state: " + state);
      };
    }
  }

  private static CertificateRequest.Content contentOf(ResultSet row) throws SQLException {
    return new CertificateRequest.Content(
        new RequestId(row.getObject("id", UUID.class)),
        row.getString("applicant"),
        row.getString("applicant_name"),
        new TenantId(row.getString("tenant")),
        new ProfileName(row.getString("profile")),
        subject(row),
        appointment(row),
        Bytes.of(row.getBytes("public_key")),
        Optional.ofNullable(row.getBytes("proof")).map(Bytes::of),
        texts(row, "wishes"),
        row.getString("remark"),
        instant(row, "submitted_at"),
        StoredFields.read(row.getArray("field_values")),
        Optional.ofNullable(row.getObject("order_id", UUID.class)).map(OrderId::new),
        predecessor(row),
        Optional.ofNullable(row.getString("key_origin")).map(KeyOrigin::valueOf));
  }

  private static Optional<Predecessor> predecessor(ResultSet row) throws SQLException {
    return row.getString("renews_serial") == null
        ? Optional.empty()
        : Optional.of(
            new Predecessor(
                new AuthorityName(row.getString("renews_authority")),
                SerialNumber.fromHex(row.getString("renews_serial"))));
  }

  private static String[] texts(Appointment appointment) {
    return switch (appointment) {
      case Appointment.Everywhere _ -> new String[] {EVERYWHERE};
      case Appointment.Of of -> of.tenants().stream().map(TenantId::value).toArray(String[]::new);
      case Appointment.StandIn standIn -> new String[] {standIn.tenant().value()};
    };
  }

  private static Optional<Appointment> appointment(ResultSet row) throws SQLException {
    if (row.getArray("appointment") == null) {
      return Optional.empty();
    }
    List<String> texts = texts(row, "appointment");
    if (row.getObject("grant_id", UUID.class) != null) {
      return Optional.of(
          new Appointment.StandIn(
              new GrantId(row.getObject("grant_id", UUID.class)),
              new TenantId(texts.getFirst()),
              instant(row, "grant_ends_at")));
    }
    return Optional.of(
        texts.contains(EVERYWHERE)
            ? new Appointment.Everywhere()
            : new Appointment.Of(texts.stream().map(TenantId::new).toList()));
  }

  private static Subject subject(ResultSet row) throws SQLException {
    Set<TenantId> tenants =
        texts(row, "subject_tenants").stream().map(TenantId::new).collect(Collectors.toSet());
    Set<SubjectId> responsible =
        texts(row, "subject_responsible").stream().map(SubjectId::new).collect(Collectors.toSet());
    return new Subject(
        new SubjectId(row.getString("subject_id")),
        SubjectKind.valueOf(row.getString("subject_kind")),
        new TenantId(row.getString("subject_home")),
        tenants,
        row.getString("subject_name"),
        Optional.ofNullable(row.getString("subject_title")),
        Optional.ofNullable(row.getString("subject_given_name")),
        Optional.ofNullable(row.getString("subject_surname")),
        Optional.ofNullable(row.getString("subject_mail")),
        Optional.ofNullable(row.getString("subject_dns_name")),
        Optional.ofNullable(row.getString("subject_login")),
        windowsAccount(row),
        row.getBoolean("subject_enabled"),
        row.getString("subject_dn"),
        responsible);
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Optional<WindowsAccount> windowsAccount(ResultSet row) throws SQLException {
    String name = row.getString("subject_principal_name");
    String sid = row.getString("subject_sid");
    return name == null || sid == null
        ? Optional.empty()
        : Optional.of(new WindowsAccount(name, sid));
  }
}
