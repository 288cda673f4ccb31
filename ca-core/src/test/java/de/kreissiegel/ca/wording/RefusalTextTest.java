package de.kreissiegel.ca.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tenant's own reasons for refusing. */
class RefusalTextTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final RefusalText.Words WORDS =
      new RefusalText.Words("Schulung fehlt", "Erst die Schulung.\r\nDanke", "");

  private final Subject otto = House.person("Otto Officer", House.TOWN, "otto@stadt-a.example");
  private final Actor.Person officer = House.officer(otto, House.TOWN);
  private final Actor.Person others = House.officer(otto, House.VILLAGE);
  private Books books;
  private RefusalTextDesk desk;

  @BeforeEach
  void open() {
    DATABASE.clear();
    var clock = new MovableClock();
    books = Books.of(DATABASE.source(), "test", clock, new SecureRandom());
    desk = new RefusalTextDesk(books.ofRefusalTexts(), clock, new SecureRandom());
  }

  @Test
  void keepsChangesAndDeletesWhatOfficersWrite() throws Exception {
    RefusalText text = desk.add(officer, House.TOWN, WORDS);
    assertThat(desk.own(officer)).containsExactly(text);
    assertThat(text.words().in(Locale.ENGLISH)).isEqualTo("Erst die Schulung.\nDanke");

    desk.change(officer, text.id(), new RefusalText.Words("Schulung", "Neu", "New"));
    assertThat(desk.view(officer, text.id()).words().in(Locale.ENGLISH)).isEqualTo("New");
    assertThat(desk.view(officer, text.id()).words().in(Locale.GERMAN)).isEqualTo("Neu");

    desk.remove(officer, text.id());
    assertThat(desk.own(officer)).isEmpty();
    assertThat(
            books
                .auditEvents()
                .search(
                    Set.of(House.TOWN),
                    new AuditQuery("refusal-text", Optional.empty(), Optional.empty(), 0, 10)))
        .extracting(AuditEvent::action)
        .containsExactlyInAnyOrder(
            "refusal-text.added", "refusal-text.changed", "refusal-text.removed");
  }

  @Test
  void isForTheTenantsOwnOfficers() throws Exception {
    RefusalText text = desk.add(officer, House.TOWN, WORDS);
    for (Actor.Person nobody :
        List.of(
            others,
            House.staff(otto),
            House.staff(otto).standingInFor(Set.of(House.TOWN)),
            House.staff(otto).helping(Set.of(House.TOWN)),
            officer.provenBy(Proof.PASSWORD),
            officer.provenBy(Proof.EMERGENCY))) {
      assertThat(desk.own(nobody)).isEmpty();
      refuses(RefusalReason.NOT_FOUND, () -> desk.view(nobody, text.id()));
      refuses(RefusalReason.NOT_FOUND, () -> desk.add(nobody, House.TOWN, WORDS));
      refuses(RefusalReason.NOT_FOUND, () -> desk.change(nobody, text.id(), WORDS));
      refuses(RefusalReason.NOT_FOUND, () -> desk.remove(nobody, text.id()));
    }
    assertThat(desk.own(officer)).containsExactly(text);
    assertThat(desk.usable(others)).isEmpty();
    assertThat(desk.usable(House.staff(otto))).isEmpty();
    assertThat(desk.usable(House.staff(otto).standingInFor(Set.of(House.TOWN))))
        .containsExactly(text);
  }

  @Test
  void takesPlainWordsOfABoundedLengthAndNumber() throws Exception {
    for (RefusalText.Words unsound :
        List.of(
            new RefusalText.Words(" ", "Text", ""),
            new RefusalText.Words("x".repeat(81), "Text", ""),
            new RefusalText.Words("a\nb", "Text", ""),
            new RefusalText.Words("Titel", " ", "Text"),
            new RefusalText.Words("Titel", "x".repeat(501), ""),
            new RefusalText.Words("Titel", "Text", "x".repeat(501)),
            new RefusalText.Words("Titel", "\u001b[31m", ""))) {
      refuses(RefusalReason.BAD_DATA_FORMAT, () -> desk.add(officer, House.TOWN, unsound));
    }
    for (int i = 0; i < RefusalTextDesk.MOST; i++) {
      desk.add(officer, House.TOWN, WORDS);
    }
    refuses(RefusalReason.DUPLICATE, () -> desk.add(officer, House.TOWN, WORDS));
    assertThat(desk.own(officer)).hasSize(RefusalTextDesk.MOST);
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
