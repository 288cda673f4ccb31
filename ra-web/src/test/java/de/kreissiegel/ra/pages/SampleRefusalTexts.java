package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.wording.RefusalText;
import de.kreissiegel.ca.wording.RefusalTextBook;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Two reasons in the town's own words. */
final class SampleRefusalTexts {
  static final UUID ONE = UUID.fromString("c1d5fcf0-31c5-4bd6-8a3b-7e0f8d1f2a63");

  private SampleRefusalTexts() {}

  static RefusalTextDesk desk(Clock clock, SecureRandom random) {
    var book = mock(RefusalTextBook.class);
    when(book.of(any()))
        .thenReturn(
            List.of(
                text(
                    ONE,
                    "Bauhof: Dienstgerät fehlt",
                    "Am Bauhof gibt es VPN nur auf Dienstgeräten. Bitte holen Sie sich zuerst eines bei der IT.",
                    "At the building yard VPN is for official devices only.",
                    clock),
                text(
                    UUID.fromString("c1d5fcf0-31c5-4bd6-8a3b-7e0f8d1f2a64"),
                    "Schulung fehlt",
                    "Die Datenschutzschulung steht noch aus. Danach beantragen Sie es bitte noch einmal.",
                    "",
                    clock)));
    return new RefusalTextDesk(
        new RefusalTextDesk.Records(book, mock(Transactions.class), mock(AuditTrail.class)),
        clock,
        random);
  }

  private static RefusalText text(UUID id, String title, String de, String en, Clock clock) {
    return new RefusalText(
        id, SamplePeople.HASSFURT, new RefusalText.Words(title, de, en), clock.instant());
  }
}
