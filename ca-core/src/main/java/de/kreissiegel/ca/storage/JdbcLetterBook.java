package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.letter.Cue;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Cues and letters in PostgreSQL. */
public final class JdbcLetterBook implements LetterBook {
  private static final JdbcTransaction.Lastly<Cue> NOTING = JdbcLetterBook::noteAll;

  private static final String NOTE =
      """
      insert into letter_cue (key, kind, about, tenant, happened_at, said, next_attempt_at)
      select %s, given.happened_at from %s
      where exists (select from letter_office)
      on conflict do nothing
      """
          .formatted(
              Rows.columns("key kind about tenant happened_at said", Set.of("said")),
              Rows.given("key kind about tenant happened_at said"));

  private final Jdbi jdbi;

  public JdbcLetterBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void open(boolean sending) {
    jdbi.useTransaction(
        handle -> {
          if (sending) {
            handle.execute("insert into letter_office values (true) on conflict do nothing");
          } else {
            handle.execute("delete from letter_office");
            handle.execute("delete from letter_cue");
          }
        });
  }

  @Override
  public void note(Transaction transaction, Cue cue) {
    JdbcTransaction.lastly(transaction, NOTING, cue);
  }

  private static void noteAll(Handle handle, List<Cue> cues) {
    Rows.change(
        handle,
        NOTE,
        rows ->
            rows.texts(cues, Cue::key)
                .texts(cues, cue -> cue.kind().name())
                .texts(cues, Cue::about)
                .texts(cues, cue -> cue.tenant().map(TenantId::value).orElse(null))
                .times(cues, Cue::at)
                .lists(cues, cue -> LetterRow.texts(cue.said())));
  }

  @Override
  public List<Cue> cues(int atMost, Instant now, Duration lease) {
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    update letter_cue set next_attempt_at = :until
                    where id in (
                      select id from letter_cue where next_attempt_at <= :now
                      order by id limit :most for update skip locked)
                    returning *
                    """)
                .bind("until", now.plus(lease))
                .bind("now", now)
                .bind("most", atMost)
                .map((row, _) -> LetterRow.numberedCue(row))
                .stream()
                .sorted(Comparator.comparingLong(LetterRow.Numbered::id))
                .map(LetterRow.Numbered::cue)
                .toList());
  }

  @Override
  public void putOff(Cue cue, Instant until) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update letter_cue set next_attempt_at = ? where key = ?", until, cue.key()));
  }

  @Override
  public void write(Cue cue, Collection<Letter> letters) {
    jdbi.useTransaction(
        handle -> {
          if (handle.execute("delete from letter_cue where key = ?", cue.key()) == 1) {
            letters.forEach(letter -> LetterRow.insert(handle, letter));
          }
        });
  }

  @Override
  public List<Lent> claim(int atMost, Instant now, Duration lease) {
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    update letter set attempts = attempts + 1, next_attempt_at = :until
                    where id in (
                      select id from letter where state = 'waiting' and next_attempt_at <= :now
                      order by id limit :most for update skip locked)
                    returning *
                    """)
                .bind("until", now.plus(lease))
                .bind("now", now)
                .bind("most", atMost)
                .map((row, _) -> LetterRow.lent(row))
                .stream()
                .sorted(Comparator.comparingLong(Lent::id))
                .toList());
  }

  @Override
  public void sent(long id, Instant now) {
    settle(id, "sent", now);
  }

  @Override
  public void dropped(long id, Instant now) {
    settle(id, "dropped", now);
  }

  private void settle(long id, String state, Instant now) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update letter set state = ?, settled_at = ?, last_error = null
                where id = ? and state = 'waiting'
                """,
                state,
                now,
                id));
  }

  @Override
  public void giveBack(Collection<Long> ids, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update letter
                    set next_attempt_at = :now, attempts = greatest(attempts - 1, 0)
                    where id = any(:ids) and state = 'waiting'
                    """)
                .bind("now", now)
                .bindArray("ids", Long.class, List.copyOf(ids))
                .execute());
  }

  @Override
  public void putOff(long id, Instant until, String error) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update letter set next_attempt_at = ?, last_error = ?
                where id = ? and state = 'waiting'
                """,
                until,
                JdbcOutboxQueue.shortened(error),
                id));
  }

  @Override
  public boolean failed(Transaction transaction, long id, Instant now, String error) {
    return JdbcTransaction.handleOf(transaction)
            .execute(
                """
                update letter set state = 'failed', settled_at = ?, last_error = ?
                where id = ? and state = 'waiting'
                """,
                now,
                JdbcOutboxQueue.shortened(error),
                id)
        == 1;
  }

  @Override
  public Optional<Letter> bounced(
      Transaction transaction, String token, Instant now, String error) {
    return JdbcTransaction.handleOf(transaction)
        .createQuery(
            """
            update letter set state = 'bounced', settled_at = :now, last_error = :error
            where token = :token and state in ('sent', 'waiting')
            returning *
            """)
        .bind("now", now)
        .bind("error", JdbcOutboxQueue.shortened(error))
        .bind("token", token)
        .map((row, _) -> LetterRow.letter(row))
        .findOne();
  }

  @Override
  public int tryAgain(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                update letter set state = 'waiting', settled_at = null, attempts = 0,
                  created_at = ?, next_attempt_at = ?
                where state = 'failed'
                """,
                now,
                now));
  }

  @Override
  public int forget(Instant endedBefore, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                delete from letter where id in (
                  select id from letter where settled_at < ? order by settled_at limit ?)
                """,
                endedBefore,
                atMost));
  }

  @Override
  public Standing standing() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select from letter_office) as sending,
                      (select count(*) from letter_cue) as cues,
                      (select count(*) from letter where state = 'waiting') as waiting,
                      least(
                        (select min(happened_at) from letter_cue),
                        (select min(created_at) from letter where state = 'waiting')) as oldest,
                      (select count(*) from letter where state = 'failed') as failed,
                      (select count(*) from letter where state = 'bounced') as bounced
                    """)
                .map((row, _) -> LetterRow.standing(row))
                .one());
  }

  @Override
  public List<Sent> to(
      SubjectId recipient, Set<TenantId> tenants, Set<LetterKind> kinds, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from letter
                    where recipient = :recipient and tenant = any(:tenants)
                      and kind = any(:kinds) and about <> :veiled
                    order by created_at desc, id desc limit :most
                    """)
                .bind("recipient", recipient.value())
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .bindArray("kinds", String.class, kinds.stream().map(Enum::name).toList())
                .bind("veiled", Letter.VEILED)
                .bind("most", atMost)
                .map((row, _) -> LetterRow.sent(row))
                .list());
  }

  @Override
  public boolean write(Transaction transaction, Letter letter) {
    return LetterRow.insert(JdbcTransaction.handleOf(transaction), letter);
  }

  @Override
  public List<Entry> troubles(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from letter where state in ('failed', 'bounced')
                    order by settled_at desc, id limit :most
                    """)
                .bind("most", atMost)
                .map((row, _) -> LetterRow.entry(row))
                .list());
  }

  @Override
  public List<Entry> troublesAbout(String about) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from letter where about = :about and state in ('failed', 'bounced')
                    order by settled_at desc, id limit 20
                    """)
                .bind("about", about)
                .map((row, _) -> LetterRow.entry(row))
                .list());
  }

  @Override
  public Set<SubjectId> officers(TenantId tenant, Set<String> officerProfiles, Instant now) {
    return appointed(tenant.value(), officerProfiles, now);
  }

  @Override
  public Set<SubjectId> leads(Set<String> officerProfiles, Instant now) {
    return appointed("*", officerProfiles, now);
  }

  private Set<SubjectId> appointed(String scope, Set<String> officerProfiles, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct c.subject_id from certificate c
                    join request r on r.id = c.request_id
                    where c.profile = any(:profiles) and c.state = 'good' and c.not_after > :now
                      and c.subject_id is not null and :scope = any(r.appointment)
                    union
                    select person from office_grant where tenant = :scope and
                    """
                        + JdbcGrantBook.HOLDS)
                .bindArray("profiles", String.class, List.copyOf(officerProfiles))
                .bind("now", now)
                .bind("scope", scope)
                .mapTo(String.class)
                .map(SubjectId::new)
                .collect(Collectors.toUnmodifiableSet()));
  }
}
