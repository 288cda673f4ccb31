package de.kreissiegel.ca.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.login.OpenSession;
import de.kreissiegel.ca.login.OwnSessions;
import de.kreissiegel.ca.login.StoredSession;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcSessionBookTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration IDLE = Duration.ofMinutes(30);

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final JdbcSessionBook here = new JdbcSessionBook(DATABASE.database());
  private final JdbcSessionBook elsewhere = new JdbcSessionBook(DATABASE.database());

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  @Test
  void showsEachNodeWhatAnotherHasWritten() {
    here.insert(session(1, "first", true), NOW);
    assertThat(elsewhere.find(key(1), NOW)).contains(session(1, "first", true));
    assertThat(elsewhere.change(key(1), NOW, one -> session(1, "second", true))).isTrue();
    assertThat(here.find(key(1), NOW)).contains(session(1, "second", true));
  }

  @Test
  void knowsASessionByItsNewKeyAlone() {
    here.insert(session(1, "before", false), NOW);
    assertThat(here.change(key(1), NOW, one -> session(2, "after", true))).isTrue();
    assertThat(elsewhere.find(key(1), NOW)).isEmpty();
    assertThat(elsewhere.find(key(2), NOW)).contains(session(2, "after", true));
  }

  @Test
  void neverBringsBackWhatWasEnded() {
    here.insert(session(1, "first", true), NOW);
    elsewhere.delete(key(1));
    assertThat(here.change(key(1), NOW, one -> session(1, "late", true))).isFalse();
    assertThat(here.find(key(1), NOW)).isEmpty();
  }

  @Test
  void neitherShowsNorChangesWhatIsOver() {
    here.insert(session(1, "first", true), NOW);
    Instant end = NOW.plus(IDLE);
    assertThat(here.find(key(1), end.minusMillis(1))).isPresent();
    assertThat(here.find(key(1), end)).isEmpty();
    assertThat(here.change(key(1), end, one -> one)).isFalse();
  }

  @Test
  void showsAPersonTheirsAndEndsTheOneThatBeganFirstWhenThereAreTooMany() {
    here.insert(of(100, "otto", NOW), NOW);
    for (int i = 1; i <= OwnSessions.MOST; i++) {
      here.insert(of(i, "anna", NOW.plusSeconds(i)), NOW);
    }
    assertThat(elsewhere.find(key(1), NOW)).isPresent();
    // By whatever way: a session in which somebody logs in counts as well.
    here.insert(session(50, "before", false), NOW);
    assertThat(here.change(key(50), NOW, _ -> of(51, "anna", NOW.plusSeconds(99)))).isTrue();
    assertThat(elsewhere.find(key(1), NOW)).isEmpty();
    List<OpenSession> own = elsewhere.of(new SubjectId("anna"), NOW);
    assertThat(own).hasSize(OwnSessions.MOST);
    assertThat(own.getFirst().key()).isEqualTo(key(51));
    // Use alone ends nothing.
    assertThat(here.change(key(2), NOW, one -> one)).isTrue();
    assertThat(elsewhere.of(new SubjectId("anna"), NOW)).hasSize(OwnSessions.MOST);
    assertThat(elsewhere.of(new SubjectId("otto"), NOW)).hasSize(1);
    assertThat(elsewhere.of(new SubjectId("anna"), NOW.plus(IDLE))).isEmpty();
  }

  @Test
  void endsAPersonsOwnAndNobodyElses() {
    here.insert(of(1, "anna", NOW), NOW);
    here.insert(of(2, "anna", NOW), NOW);
    here.insert(of(3, "otto", NOW), NOW);
    assertThat(here.end(new SubjectId("anna"), key(3))).isFalse();
    assertThat(here.endOthers(new SubjectId("anna"), key(1))).isOne();
    assertThat(here.find(key(2), NOW)).isEmpty();
    assertThat(here.find(key(3), NOW)).isPresent();
    assertThat(here.end(new SubjectId("anna"), key(1))).isTrue();
    assertThat(here.end(new SubjectId("anna"), key(1))).isFalse();
  }

  @Test
  void takesAwayWhatIsOverAsNewOnesCome() {
    IntStream.range(1, 6).forEach(one -> here.insert(session(one, "old", true), NOW));
    Instant later = NOW.plus(IDLE);
    StoredSession fresh = session(9, "new", true);
    here.insert(
        new StoredSession(
            fresh.key(), fresh.content(), fresh.holder(), later, later, later.plus(IDLE)),
        later);
    assertThat(DATABASE.number("select count(*) from web_session")).isOne();
  }

  @Test
  void thinsOutSessionsInWhichNobodyIsLoggedInAndNoOthers() {
    DATABASE.execute(
        """
        insert into web_session (key, content, known, created_at, used_at, ends_at)
        select sha256(n::text::bytea), 'x', n %% 10 = 0, 'epoch', timestamptz '2026-03-02 08:00Z'
          + n * interval '1 ms', 'infinity' from generate_series(1, %d) n
        """
            .formatted(JdbcSessionBook.MOST_UNKNOWN + 4000));
    byte[] key = new byte[32]; // its first octet makes it one of those that count
    StoredSession fresh = session(1, "new", false);
    here.insert(
        new StoredSession(
            Bytes.of(key), fresh.content(), Optional.empty(), NOW, NOW.plus(IDLE), NOW.plus(IDLE)),
        NOW);
    assertThat(DATABASE.number("select count(*) from web_session where not known"))
        .isEqualTo(JdbcSessionBook.MOST_UNKNOWN);
    assertThat(DATABASE.number("select count(*) from web_session where known"))
        .isEqualTo((JdbcSessionBook.MOST_UNKNOWN + 4000) / 10);
    assertThat(here.find(Bytes.of(key), NOW)).isPresent();
  }

  @Test
  void keepsAllOfManyChangesAtTheSameTime() {
    here.insert(session(1, "", true), NOW);
    CompletableFuture.allOf(
            IntStream.range(0, 20)
                .mapToObj(
                    one ->
                        CompletableFuture.runAsync(
                            () ->
                                (one % 2 == 0 ? here : elsewhere)
                                    .change(key(1), NOW, this::longer)))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(here.find(key(1), NOW).orElseThrow().content().length()).isEqualTo(20);
  }

  private StoredSession longer(StoredSession session) {
    return session(1, "x".repeat(session.content().length() + 1), true);
  }

  private static StoredSession session(int key, String content, boolean known) {
    return new StoredSession(
        key(key),
        Bytes.of(content.getBytes(UTF_8)),
        known ? Optional.of(holder("anna", NOW)) : Optional.empty(),
        NOW,
        NOW,
        NOW.plus(IDLE));
  }

  private static StoredSession.Holder holder(String person, Instant provenAt) {
    return new StoredSession.Holder(new SubjectId(person), "password", provenAt);
  }

  private static StoredSession of(int key, String person, Instant provenAt) {
    StoredSession any = session(key, "x", true);
    return new StoredSession(
        any.key(), any.content(), Optional.of(holder(person, provenAt)), NOW, NOW, any.ends());
  }

  private static Bytes key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Bytes.of(key);
  }
}
