package de.kreissiegel.ra.pages.officer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.wording.RefusalText;
import de.kreissiegel.ca.wording.RefusalTextBook;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.officer.RefusalTemplates.Template;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

/** Which reasons an officer is offered. */
class OfferedReasonsTest {
  private static final TenantId TOWN = new TenantId("stadt-hassfurt.example");
  private static final TenantId OTHER = new TenantId("stadt-ebern.example");

  private final RefusalTextBook book = mock(RefusalTextBook.class);
  private final RefusalText towns = text(TOWN, "Schulung fehlt", "Erst die Schulung.");
  private final RefusalText others = text(OTHER, "Bauhof", "Erst der Bauhof.");
  private OfferedReasons reasons;

  @BeforeEach
  void open() {
    LocaleContextHolder.resetLocaleContext();
    Words words = mock(Words.class);
    when(words.of(anyString())).thenAnswer(call -> call.getArgument(0));
    when(words.tenant(any())).thenAnswer(call -> call.getArgument(0).toString());
    when(book.of(Set.of(TOWN))).thenReturn(List.of(towns));
    when(book.of(Set.of(TOWN, OTHER))).thenReturn(List.of(towns, others));
    reasons =
        new OfferedReasons(
            new RefusalTextDesk(
                new RefusalTextDesk.Records(book, mock(Transactions.class), mock(AuditTrail.class)),
                Clock.systemUTC(),
                new SecureRandom()),
            words);
  }

  @Test
  void offersTheTenantsOwnBeforeThoseOfTheHouse() {
    List<Template> offered = reasons.of(officer(TOWN, OTHER), TOWN);

    assertThat(offered).hasSize(7);
    assertThat(offered.getFirst().title()).isEqualTo("Schulung fehlt");
    assertThat(offered.getFirst().text()).isEqualTo("Erst die Schulung.");
    assertThat(reasons.of(officer(TOWN, OTHER)))
        .extracting(Template::title)
        .startsWith("Schulung fehlt (" + TOWN + ")", "Bauhof (" + OTHER + ")");
  }

  @Test
  void takesWhatWasWrittenBeforeWhatWasChosenAndNothingOfOthers() {
    Actor.Person officer = officer(TOWN);
    String own = reasons.of(officer, TOWN).getFirst().name();

    assertThat(reasons.reason(officer, " eigene\r\nWorte ", own)).isEqualTo("eigene\nWorte");
    assertThat(reasons.reason(officer, "", own)).isEqualTo("Erst die Schulung.");
    assertThat(reasons.reason(officer, "", "own-" + others.id())).isEmpty();
    assertThat(reasons.reason(officer, "", "unclear")).isEqualTo("refuse.unclear.text");
  }

  private static Actor.Person officer(TenantId... tenants) {
    return new Actor.Person(
        new SubjectId("otto"),
        "Otto",
        "otto",
        Set.of(),
        Set.of(tenants),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  private static RefusalText text(TenantId tenant, String title, String text) {
    return new RefusalText(
        UUID.randomUUID(), tenant, new RefusalText.Words(title, text, ""), Instant.EPOCH);
  }
}
