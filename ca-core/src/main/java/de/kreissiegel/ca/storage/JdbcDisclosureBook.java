package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.disclosure.DisclosureBook;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.disclosure.PersonReport.Section;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.subject.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What the tables hold about people. A new column that names somebody has to be added here. */
public final class JdbcDisclosureBook implements DisclosureBook {
  private static final String THEIRS =
      """
      with theirs as (
        select 'certificate:' || authority || '/' || serial as object from certificate
        where subject_id = :id or subject_id in (select holder from pseudonym where subject_id = :id)
        union select holder from pseudonym where subject_id = :id
        union select 'request:' || id from request where subject_id = :id or applicant = :actor
        union select :actor)
      select at, actor, actor_name, action, object, detail from audit_event
      where object in (select object from theirs) and (action = 'person.read') = :read
        and actor <> :actor
      order by at
      """;

  private static final Map<Section, String> QUESTIONS =
      Map.ofEntries(
          Map.entry(
              Section.CERTIFICATES,
              """
              select authority, serial, profile, tenant, subject_name, alternative_names, not_before,
                not_after, state, state_since, revocation_reason,
                (select asked_at from certificate_inquiry i
                  where i.authority = certificate.authority and i.serial = certificate.serial)
                  as last_inquiry
              from certificate
              where subject_id = :id
                or subject_id in (select holder from pseudonym where subject_id = :id)
              order by not_before
              """),
          Map.entry(
              Section.TERMS,
              """
              select name, version, encode(digest, 'hex') as digest, accepted_at from terms_acceptance
              where person = :id order by accepted_at
              """),
          Map.entry(
              Section.PSEUDONYMS,
              "select name, tenant, reserved_at from pseudonym where subject_id = :id order by"
                  + " number"),
          Map.entry(
              Section.REQUESTS,
              """
              select id, submitted_at, state, applicant, applicant_name, tenant, profile, subject_name,
                subject_title, subject_given_name, subject_surname, subject_mail, subject_dns_name,
                subject_login, subject_dn, wishes, field_values, remark, key_origin, decided_by,
                decided_reason, decided_at, authority, serial
              from request where subject_id = :id or applicant = :actor order by submitted_at
              """),
          Map.entry(
              Section.PHONE_CODE,
              "select created_at, failures from phone_code where subject_id = :id"),
          Map.entry(
              Section.PASSKEYS,
              """
              select label, created_at, last_used_at, transports, backed_up,
                k.registered_at as approves_since
              from passkey left join security_key k using (credential_id)
              where subject_id = :id order by created_at
              """),
          Map.entry(
              Section.SESSIONS,
              """
              select proof, proven_at, used_at from web_session
              where holder = :id and ends_at > now() order by proven_at
              """),
          Map.entry(
              Section.LISTS,
              """
              select j.made_at, j.kind, j.profile, j.state, j.maker_name, r.number as row, r.who,
                r.name as row_name, r.tenant, r.state as row_state, r.reason, r.request_id
              from bulk_job j left join bulk_row r on r.job = j.id and r.subject_id = :id
              where j.made_by = :id or r.subject_id = :id order by j.made_at, r.number
              """),
          Map.entry(
              Section.EQUIPMENT,
              """
              select kind, serial, tenant, holder_name, note, issuer_name, issued_at, state, mover_name,
                moved_at, move_note
              from equipment where :id in (holder, issued_by, moved_by) order by issued_at
              """),
          Map.entry(
              Section.DECISIONS,
              """
              select request_id, officer_name, at from approval
              where officer in (:id, :actor) order by at
              """),
          Map.entry(
              Section.CHECKS,
              """
              select subject_id, tenant, kind, checked_on, officer_name, at, request_id
              from person_check where :id in (subject_id, officer) order by at
              """),
          Map.entry(
              Section.LINKS,
              "select one, other, same, officer_name, at from person_link where :id in (one, other)"
                  + " order by at"),
          Map.entry(
              Section.ROLE_CONFLICTS,
              "select name, offices, since, ended_at from role_conflict where person = :id order by"
                  + " id"),
          Map.entry(
              Section.REVISIONS,
              """
              select id as revision, tenant, opened_at as at, 'opened' as what, null as severity,
                null as words
              from revision where opened_by = :id
              union all
              select revision, null, judged_at, 'in order, item ' || item, null, null
              from revision_judgement where judged_by = :id
              union all
              select f.revision, null, f.found_at,
                case when f.found_by = :id then 'found' else 'found with what they did' end,
                f.severity, f.words
              from revision_finding f
              left join revision_item i on i.revision = f.revision and i.number = f.item
              left join audit_event e on e.chain = i.chain and e.sequence = i.sequence
              where f.found_by = :id or e.actor = :actor or e.object = :actor
              union all
              select f.revision, null, s.said_at, lower(s.kind), null, s.words
              from revision_step s join revision_finding f on f.id = s.finding where s.said_by = :id
              union all
              select revision, null, checked_at, 'checked', null, null
              from revision_check where checked_by = :id
              union all
              select revision, null, signed_at, 'signed off', null, words
              from revision_sign_off where signed_by = :id
              order by 3
              """),
          Map.entry(
              Section.QUESTIONS,
              """
              select request_id, question, asked_at, answer, answered_at from request_question
              where officer in (:id, :actor)
                or request_id in (select id from request where subject_id = :id or applicant = :actor)
              order by asked_at
              """),
          Map.entry(
              Section.GRANTS,
              """
              select person_name, tenant, gives, across, reason, begins_at, ends_at, proposer_name, proposed_at,
                consenter_name, consented_at, ender_name, ended_at, end_reason
              from office_grant
              where :id in (person, proposed_by, consented_by, ended_by) order by proposed_at
              """),
          Map.entry(
              Section.ESCROW,
              """
              select c.authority, c.serial, e.tenant, e.profile, e.made_by, e.deposited_at, e.keep_years,
                e.erased_at
              from escrow_copy e left join certificate c on c.public_key_hash = e.key_hash
              where c.subject_id = :id or e.depositor = :id order by e.deposited_at
              """),
          Map.entry(
              Section.RECOVERIES,
              """
              select id, tenant, owner_name, requester_name, collector_name, reason, requested_at, state,
                released_at, settled_at
              from recovery where :id in (owner, requester, collector)
                or exists (select from recovery_approval a where a.recovery = id and a.officer = :id)
              order by requested_at
              """),
          Map.entry(
              Section.NOTICES,
              """
              select n.created_at, n.tenant, r.authority, r.kind, r.reason
              from notice n join mass_run r on r.id = n.run where n.holder = :id order by n.number
              """),
          Map.entry(
              Section.CAMPAIGNS,
              """
              select g.title as campaign, g.due, g.maker_name, g.made_at, g.state, i.authority, i.serial,
                i.written_at, i.reminders
              from campaign g left join (campaign_item i join certificate c using (authority, serial))
                on i.campaign = g.id and c.subject_id = any(array(
                  select cast(:id as text)
                  union all select holder from pseudonym where subject_id = :id))
              where :id in (g.made_by, g.started_by) or c.subject_id is not null
              order by g.made_at, i.number
              """),
          Map.entry(
              Section.LETTERS,
              """
              select created_at, kind, tenant, about, address, said, state, settled_at from letter
              where recipient = :id order by id
              """),
          Map.entry(
              Section.DEEDS,
              """
              select at, action, tenant, object, actor_name, detail from audit_event
              where actor = :actor order by at
              """),
          Map.entry(Section.EVENTS, THEIRS),
          Map.entry(Section.READS, THEIRS),
          Map.entry(
              Section.ROSTER,
              """
              select directory, kind, home, tenants, names, addresses, standing from roster
              where subject_id = :id
              """),
          Map.entry(
              Section.CHANGES,
              """
              select i.seen_at, i.directory, i.kind, i.cause, i.tenant, i.state, i.settled_at,
                e.authority, e.serial, e.act, e.due_at
              from plan_item i left join plan_effect e on e.item = i.id
              where i.subject_id = :id order by i.id, e.serial
              """),
          Map.entry(
              Section.OCCASIONS,
              "select tenant, profile, cause, made_at from occasion where subject_id = :id order by"
                  + " made_at"));

  private final Jdbi jdbi;

  public JdbcDisclosureBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Set<SubjectId> subjectsOf(String mail) {
    String words =
        NameWords.lookedFor(mail).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" & "));
    if (words.isEmpty()) {
      return Set.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select subject_id from certificate
                    where terms @@ cast(:words as tsquery) and subject_id is not null
                      and 'mail:' || lower(:mail) = any(string_to_array(lower(alternative_names), ' '))
                    union select subject_id from request where lower(subject_mail) = lower(:mail)
                    """)
                .bind("words", words)
                .bind("mail", Patterns.storable(mail).strip())
                .mapTo(String.class)
                .map(SubjectId::new)
                .set());
  }

  @Override
  public PersonReport about(SubjectId person) {
    return jdbi.withHandle(
        handle -> {
          var sections = new EnumMap<Section, List<Map<String, String>>>(Section.class);
          for (Section section : Section.values()) {
            sections.put(section, entries(handle, section, person));
          }
          return new PersonReport(person, sections);
        });
  }

  private static List<Map<String, String>> entries(
      Handle handle, Section section, SubjectId person) {
    return handle
        .createQuery(QUESTIONS.get(section))
        .bind("id", person.value())
        .bind("actor", "person:" + person.value())
        .bind("read", section == Section.READS)
        .map((row, _) -> entry(row))
        .list();
  }

  private static Map<String, String> entry(ResultSet row) throws SQLException {
    var entry = new LinkedHashMap<String, String>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      String value = row.getString(column);
      if (value != null && !value.isEmpty() && !value.equals("{}")) {
        entry.put(row.getMetaData().getColumnLabel(column), value);
      }
    }
    return entry;
  }

  @Override
  public List<Count> counts() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(tenant, '-') as tenant, profile, state,
                      to_char(not_before at time zone 'UTC', 'YYYY-MM') as month, count(*) as number
                    from certificate group by 1, 2, 3, 4 order by 1, 2, 3, 4
                    """)
                .map(
                    (row, _) ->
                        new Count(
                            row.getString("tenant"),
                            row.getString("profile"),
                            row.getString("state"),
                            row.getString("month"),
                            row.getLong("number")))
                .list());
  }
}
